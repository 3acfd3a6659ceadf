// The text box with its attachments, the bot's commands and its reply keyboard.

import { ask, call, el, field, icon } from "./dom.js";
import { Suggestions } from "./suggestions.js";

const KINDS = [
  ["photo", "Ảnh", "image/png,image/jpeg", true],
  ["document", "Tệp", "", true],
  ["voice", "Tin thoại", "audio/*", false],
];

export class Composer {
  constructor(pane) {
    this.pane = pane;
    this.editing = null;
    this.box = el("textarea", { rows: "1", placeholder: "Nhắn tin", "aria-label": "Nhắn tin", maxlength: "20000" });
    this.box.addEventListener("keydown", (event) => this.onKey(event));
    this.box.addEventListener("input", () => this.grow());
    this.note = el("div", { class: "editing", hidden: true });
    this.menu = el("div", { class: "menu", hidden: true });
    this.replies = el("div", { class: "reply-keyboard", role: "group", "aria-label": "Bàn phím của bot" });
    this.suggestions = new Suggestions(this.box, `commands-${pane.personId}`, (command) => this.pane.say(`/${command}`));
    this.commandButton = this.button("/", "Lệnh của bot", () => this.suggestions.showAll());
    this.attachButton = this.button(icon("attach"), "Đính kèm", () => this.toggleMenu());
    this.attachButton.setAttribute("aria-expanded", "false");
    const send = el("button", { type: "button", class: "primary send", "aria-label": "Gửi", onclick: () => this.send() }, icon("send"));
    const line = el("div", { class: "line" }, this.attachButton, this.box, this.commandButton, send);
    this.element = el("div", { class: "composer" }, this.menu, this.suggestions.element, this.note, line, this.replies);
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.close(true));
  }

  update(commands, keyboard) {
    const key = JSON.stringify([commands, keyboard]);
    if (key === this.key) return;
    this.key = key;
    this.suggestions.commands = commands;
    this.commandButton.hidden = commands.length === 0;
    const rows = (keyboard?.rows ?? []).map((row) => el("div", { class: "button-row" }, ...row.map((b) => this.replyButton(b))));
    this.replies.replaceChildren(...rows);
  }

  replyButton(button) {
    const press = () => {
      if (button.request_contact) this.pane.act("send", { contact: true });
      else if (button.request_location) this.askLocation();
      else this.pane.say(button.text);
    };
    return el("button", { type: "button", class: "reply-button", onclick: press }, button.text);
  }

  onKey(event) {
    if (this.suggestions.onKey(event)) return;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  async send() {
    const text = this.box.value.trim();
    if (!text) return;
    const edited = this.editing;
    const sent = edited
      ? await this.pane.act("send", { edit: edited.message_id, text })
      : await this.pane.say(text);
    if (!sent) return;
    this.box.value = "";
    this.stopEditing();
    this.grow();
  }

  edit(message) {
    this.editing = message;
    this.box.value = message.text;
    this.note.hidden = false;
    this.note.replaceChildren(
      el("span", {}, "Đang sửa tin đã gửi"),
      el("button", { type: "button", class: "as-link", onclick: () => this.cancel() }, "Thôi sửa"),
    );
    this.grow();
    this.box.focus();
  }

  cancel() {
    this.box.value = "";
    this.stopEditing();
    this.box.focus();
  }

  stopEditing() {
    this.editing = null;
    this.note.hidden = true;
  }

  grow() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight + 2, 140)}px`;
  }

  button(face, label, press) {
    return el("button", { type: "button", class: "plain", "aria-label": label, title: label, onclick: press }, face);
  }

  // The small menu above the text box.
  toggleMenu() {
    if (!this.menu.hidden) return this.close(false);
    this.attachButton.setAttribute("aria-expanded", "true");
    this.menu.replaceChildren(...this.attachItems());
    this.menu.hidden = false;
    this.menu.querySelector("button").focus();
  }

  close(refocus) {
    if (this.menu.hidden) return;
    this.menu.hidden = true;
    this.attachButton.setAttribute("aria-expanded", "false");
    if (refocus) this.attachButton.focus();
  }

  item(action, label) {
    const press = () => {
      this.close(true);
      action();
    };
    return el("button", { type: "button", class: "menu-item", onclick: press }, label);
  }

  attachItems() {
    const files = KINDS.map(([kind, label, accept, several]) => this.item(() => this.pick(kind, accept, several), label));
    return [
      ...files,
      this.item(() => this.askLocation(), "Vị trí"),
      this.item(() => this.pane.act("send", { contact: true }), "Số điện thoại của tôi"),
    ];
  }

  pick(kind, accept, several) {
    const input = el("input", { type: "file", accept: accept || null, multiple: several });
    input.addEventListener("change", () => this.sendFiles(kind, [...input.files]));
    input.click();
  }

  sendFiles(kind, files) {
    const form = new FormData();
    files.slice(0, 10).forEach((file) => form.append(kind, file));
    if (!this.editing && this.box.value.trim()) {
      form.append("caption", this.box.value.trim());
      this.box.value = "";
    }
    return this.pane.act("send", form);
  }

  async askLocation() {
    const number = { type: "number", step: "any", required: true };
    const given = await ask(
      "Gửi vị trí",
      [field("Vĩ độ", "latitude", { ...number, value: "10.3860" }), field("Kinh độ", "longitude", { ...number, value: "105.4350" })],
      "Gửi",
    );
    if (!given) return;
    const location = { latitude: Number(given.get("latitude")), longitude: Number(given.get("longitude")) };
    await this.pane.act("send", { location });
  }
}

// The name of a new group that the bot is let into; null: not now.
export async function askGroup() {
  const given = await ask("Nhóm nào?", [field("Tên nhóm", "title", { required: true, maxlength: "100", autocomplete: "off" })], "Đưa bot vào nhóm");
  return given ? given.get("title").trim() : null;
}

// A new invented person whom the bot does not know.
export async function askStranger() {
  const given = await ask(
    "Thêm người lạ",
    [
      field("Tên", "first_name", { required: true, maxlength: "64", autocomplete: "off" }),
      field("Họ và tên đệm", "last_name", { maxlength: "64", autocomplete: "off" }),
    ],
    "Thêm",
  );
  if (!given) return null;
  return call("/people", { first_name: given.get("first_name").trim(), last_name: given.get("last_name").trim(), role: "stranger" });
}
