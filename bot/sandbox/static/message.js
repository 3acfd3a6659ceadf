// One message as a bubble. Text of people only ever becomes text nodes.

import { el, icon, dayText, timeText } from "./dom.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
};

// Puts text with its entities into an element; offsets are UTF-16, as JavaScript counts.
export function fill(parent, text, entities, actions, start = 0, end = text.length) {
  let at = start;
  let rest = entities;
  while (rest.length) {
    const entity = rest[0];
    const stop = Math.min(entity.offset + entity.length, end);
    parent.append(text.slice(at, entity.offset));
    const inner = rest.slice(1).filter((other) => other.offset < stop);
    const node = entityNode(entity, text.slice(entity.offset, stop), actions);
    fill(node, text, inner, actions, entity.offset, stop);
    parent.append(node);
    at = stop;
    rest = rest.filter((other) => other.offset >= stop);
  }
  parent.append(text.slice(at, end));
}

function entityNode(entity, text, actions) {
  if (entity.type in TAGS) return el(TAGS[entity.type]);
  if (entity.type === "spoiler") return el("details", { class: "spoiler" }, el("summary", {}, "Nội dung ẩn"));
  if (entity.type === "text_link") return link(entity.url, actions);
  if (entity.type === "url") return link(/^https?:/.test(text) ? text : `https://${text}`, actions);
  if (entity.type === "bot_command") {
    return el("button", { type: "button", class: "as-link", onclick: () => actions.say(text) });
  }
  return el("span", { class: "mark" });
}

// A link to the bot itself is this person pressing Start with that parameter, or letting the bot
// into a group of theirs.
function link(url, actions) {
  const group = actions.groupParameter(url);
  if (group !== null) {
    const press = (event) => {
      event.preventDefault();
      actions.letIntoGroup(group);
    };
    return el("a", { href: url, onclick: press });
  }
  const start = actions.startParameter(url);
  if (start === null) return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" });
  const press = (event) => {
    event.preventDefault();
    actions.say(`/start ${start}`.trim());
  };
  return el("a", { href: url, onclick: press });
}

export function messageNode(message, actions, newDay) {
  const mine = message.from === "person";
  const bubble = el("div", { class: "bubble" }, el("span", { class: "hidden" }, mine ? "Người này: " : "Bot: "));
  if (message.by && mine) bubble.append(el("strong", { class: "by" }, message.by));
  bubble.append(...mediaNodes(message));
  const text = el("div", { class: "text" });
  fill(text, message.text, message.entities, actions);
  if (message.text) bubble.append(text);
  bubble.append(meta(message, mine, actions));
  return el(
    "div",
    { class: `message ${mine ? "mine" : "bot"}`, "data-id": message.message_id },
    newDay ? el("div", { class: "day" }, dayText(new Date(message.date * 1000))) : null,
    bubble,
    keyboard(message, actions),
  );
}

function meta(message, mine, actions) {
  const date = new Date(message.date * 1000);
  const line = el("div", { class: "meta" });
  if (mine && message.text && !message.media && message.by === undefined) {
    const label = `Sửa tin: ${message.text.slice(0, 40)}`;
    line.append(
      el("button", { type: "button", class: "as-link", "aria-label": label, onclick: () => actions.edit(message) }, "Sửa"),
    );
  }
  if (message.edited) line.append(el("span", {}, "đã sửa"));
  line.append(el("time", { datetime: date.toISOString() }, timeText(date)));
  return line;
}

function mediaNodes(message) {
  const nodes = [];
  if (message.media) nodes.push(mediaNode(message.media));
  if (message.location) {
    const { latitude, longitude } = message.location;
    nodes.push(el("div", { class: "attachment" }, icon("pin"), `Vị trí: ${latitude}, ${longitude}`));
  }
  if (message.contact) {
    const { first_name, last_name, phone_number } = message.contact;
    const name = [last_name, first_name].filter(Boolean).join(" ");
    nodes.push(el("div", { class: "attachment" }, `Liên hệ: ${name}, ${phone_number}`));
  }
  return nodes;
}

function mediaNode({ kind, url, name, size }) {
  if (kind === "photo") return el("img", { class: "photo", src: url, alt: "Ảnh đính kèm", loading: "lazy" });
  if (kind === "voice" || kind === "audio") return el("audio", { controls: true, src: url, preload: "none", "aria-label": "Tin thoại" });
  const weight = size < 1024 ? `${size} B` : `${Math.ceil(size / 1024)} KB`;
  return el("a", { class: "attachment", href: url, download: name || true }, icon("file"), el("span", {}, name || "Tệp", el("small", {}, weight)));
}

function keyboard(message, actions) {
  if (!message.buttons?.length) return null;
  const rows = message.buttons.map((row) =>
    el("div", { class: "button-row" }, ...row.map((button) => inlineButton(message, button, actions))),
  );
  return el("div", { class: "inline-keyboard", role: "group", "aria-label": "Nút dưới tin nhắn" }, ...rows);
}

function inlineButton(message, button, actions) {
  const url = button.url ?? button.web_app?.url;
  if (!url) {
    const press = (event) => actions.click(message, button, event.currentTarget);
    return el("button", { type: "button", class: "inline-button", onclick: press }, button.text);
  }
  const node = link(url, actions);
  node.className = "inline-button";
  node.append(button.text, el("span", { "aria-hidden": "true" }, " ↗"));
  return node;
}
