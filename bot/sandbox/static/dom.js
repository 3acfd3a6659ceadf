// Building blocks: elements without innerHTML, requests, icons and dialogs.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const PATHS = {
  back: "M15 5l-7 7 7 7",
  attach: "M20 11.500l-8.3 8.300a5 5 0 0 1-7.1-7.100l8.6-8.600a3.4 3.4 0 0 1 4.8 4.800l-8.5 8.500a1.7 1.7 0 0 1-2.4-2.400l7.7-7.7",
  send: "M5 4.5l15 7.5-15 7.5 2.5-7.5zM7.5 12H20",
  close: "M6 6l12 12M18 6L6 18",
  block: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M5.8 5.800l12.4 12.4",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  pin: "M12 21c4-5 6-8.3 6-11a6 6 0 0 0-12 0c0 2.7 2 6 6 11zM12 12.500a2.3 2.3 0 1 0 0-4.600a2.3 2.3 0 0 0 0 4.6",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

// A request to the sandbox; a refusal is thrown with its reason.
export async function call(path, body, method) {
  const options = { method: method ?? (body === undefined ? "GET" : "POST") };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  const response = await fetch(`/sandbox${path}`, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? response.statusText);
  return answer;
}

export function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}

// Dates are shown in Vietnamese time, whatever the visitor's own.
const VIETNAM = { timeZone: "Asia/Ho_Chi_Minh" };
const DAY = new Intl.DateTimeFormat("vi-VN", { ...VIETNAM, weekday: "long" });
const DATE = new Intl.DateTimeFormat("en-GB", { ...VIETNAM, day: "2-digit", month: "2-digit", year: "numeric" });
const TIME = new Intl.DateTimeFormat("en-GB", { ...VIETNAM, hour: "2-digit", minute: "2-digit" });

export function dayText(date) {
  const day = DAY.format(date);
  return `${day[0].toUpperCase()}${day.slice(1)}, ${DATE.format(date)}`;
}

export const timeText = (date) => TIME.format(date);

export const folded = (text) =>
  text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("đ", "d");

// An alert as Telegram shows it: read, then OK. With several chats open it says whose it is.
export function showAlert(text, whose = "") {
  return ask(whose, [el("p", { class: "alert-text" }, text)], "Đã hiểu", false);
}

// Why the sandbox did not do it, for people; what is for scripts only stays as it is.
const REFUSALS = [
  [/blocked the bot/, "Người này đã chặn bot, cần bỏ chặn trước."],
  [/no such button/, "Nút này không còn."],
  [/text is empty/, "Tin nhắn chưa có chữ nào."],
  [/only one's own text/, "Chỉ sửa được tin nhắn bằng chữ của chính mình, và phải khác nội dung cũ."],
  [/files in the fields/, "Chỉ gửi được từ 1 đến 10 tệp một lần."],
  [/supergroup already/, "Nhóm này đã được nâng lên nhóm lớn."],
  [/not in this group/, "Người này không còn trong nhóm."],
  [/forward only/, "Đồng hồ chỉ tua tới, không quay lại được."],
  [/^not a moment|no such hour/, "Thời điểm này không đọc được."],
  [/Failed to fetch|NetworkError|Load failed/, "Chương trình không trả lời. Nếu đã dừng, chạy lại lệnh make demo."],
];

export function inWords(error) {
  return REFUSALS.find(([pattern]) => pattern.test(error.message))?.[1] ?? error.message;
}

// A small form in a dialog; gives its values, or null when it was left.
export function ask(title, fields, done, leave = "Hủy") {
  const dialog = document.getElementById("dialog");
  const before = document.activeElement;
  const form = el(
    "form",
    { method: "dialog" },
    title ? el("h2", { id: "dialog-title" }, title) : null,
    ...fields,
    el(
      "div",
      { class: "dialog-buttons" },
      leave ? el("button", { value: "", formnovalidate: true }, leave) : null,
      el("button", { value: "ok", class: "primary" }, done),
    ),
  );
  // Enter in a field presses the first submit button of a form: that must not be "leave".
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    if (form.reportValidity()) dialog.close("ok");
  });
  dialog.replaceChildren(form);
  dialog.returnValue = "";
  dialog.showModal();
  (form.querySelector("input") ?? form.querySelector(".primary")).focus();
  return new Promise((finish) => {
    dialog.addEventListener(
      "close",
      () => {
        finish(dialog.returnValue === "ok" ? new FormData(form) : null);
        before?.focus?.();
      },
      { once: true },
    );
  });
}

export function field(label, name, attributes = {}) {
  return el("label", { class: "field" }, label, el("input", { name, ...attributes }));
}
