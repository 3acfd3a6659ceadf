// One chat: header, log, and below it whatever the person can do now.

import { call, el, icon, inWords, showAlert } from "./dom.js";
import { Composer, askGroup } from "./composer.js";
import { messageNode } from "./message.js";
import { avatar, roleName } from "./people.js";

const SHOWN = 200; // older messages of a long chat are not drawn

export class Pane {
  constructor(store, personId, wishes) {
    this.store = store;
    this.personId = personId;
    this.wishes = wishes; // what only the page can do: close, back, activate
    this.nodes = new Map();
    this.busy = new Map(); // pressed buttons by callback id, until they are answered
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0" });
    this.head = el("header", { class: "pane-head" });
    this.foot = el("div", { class: "pane-foot" });
    this.toasts = el("div", { class: "toasts", role: "status" });
    this.hint = el("p", { class: "hint" }, "Chưa có tin nhắn nào. Tua đồng hồ ở trên, ví dụ tới Thứ Hai 07:00, hoặc gõ / để chọn một lệnh.");
    this.element = el("section", { class: "pane" }, this.head, this.toasts, this.hint, this.log, this.foot);
    this.element.addEventListener("focusin", () => wishes.activate(this));
    this.element.addEventListener("pointerdown", () => wishes.activate(this));
    this.composer = new Composer(this);
    this.low = true;
    this.log.addEventListener("scroll", () => (this.low = this.atBottom()));
    // A picture that arrives late pushes the newest message out of sight.
    this.log.addEventListener("load", () => this.low && this.scrollDown(), true);
    this.draw();
  }

  get isGroup() {
    return this.personId < 0;
  }

  get chat() {
    return this.store.chats.get(this.personId);
  }

  draw() {
    const person = this.chat.person;
    this.element.setAttribute("aria-label", `Trò chuyện: ${person.name}`);
    this.log.setAttribute("aria-label", `Tin nhắn của ${person.name}`);
    this.drawHead(person);
    this.log.replaceChildren();
    this.nodes.clear();
    const messages = [...this.chat.messages.values()].filter((message) => !message.deleted);
    for (const message of messages.slice(-SHOWN)) this.put(message);
    this.showHint();
    this.drawFoot();
    this.scrollDown();
  }

  drawHead(person) {
    const about = [person.label || roleName(person.role), person.blocked && !this.isGroup ? "đã chặn bot" : ""];
    const key = JSON.stringify([person.name, about, person.note]);
    if (this.headKey === key) return;
    this.headKey = key;
    const blockWords = this.isGroup ? "Đưa bot ra khỏi nhóm" : person.blocked ? "Bỏ chặn bot" : "Chặn bot";
    const parts = [
      el("button", { type: "button", class: "plain back", "aria-label": "Chọn người khác", onclick: () => this.wishes.back(this) }, icon("back")),
      avatar(person),
      el("div", { class: "who" }, el("h2", { title: person.note || null }, person.name), el("small", {}, about.filter(Boolean).join(" · "))),
      this.isGroup
        ? el("button", { type: "button", class: "plain", title: "Như khi Telegram nâng nhóm đông người lên nhóm lớn", onclick: () => this.act("upgrade", {}) }, "Nâng nhóm")
        : null,
      el("button", { type: "button", class: "plain", "aria-label": blockWords, title: blockWords, onclick: () => this.toggleBlock() }, icon("block")),
      el("button", { type: "button", class: "plain close", "aria-label": `Đóng khung ${person.name}`, title: "Đóng khung này", onclick: () => this.wishes.close(this) }, icon("close")),
    ];
    this.head.replaceChildren(...parts.filter(Boolean));
  }

  // Only what changed is redrawn: a screen reader hears new messages once, focus stays.
  change(messages, toasts) {
    for (const message of messages) this.put(message);
    this.showHint();
    this.drawHead(this.chat.person);
    this.drawFoot();
    if (this.low) this.scrollDown();
    toasts.forEach((toast) => this.toast(toast));
  }

  put(message) {
    const old = this.nodes.get(message.message_id);
    if (message.deleted) {
      old?.remove();
      this.nodes.delete(message.message_id);
      return;
    }
    const held = old?.contains(document.activeElement);
    const node = messageNode(message, this.actions(), this.startsDay(message));
    if (old) old.replaceWith(node);
    else this.log.append(node);
    this.nodes.set(message.message_id, node);
    if (held) (node.querySelector(".inline-button") ?? this.log).focus();
  }

  // Somebody who is new here sees what could be done; whoever has not pressed Start sees that.
  showHint() {
    this.hint.hidden = this.isGroup || this.nodes.size > 0 || !this.chat.person.started;
  }

  startsDay(message) {
    const day = (stamp) => Math.floor((stamp + 7 * 3600) / 86400);
    const before = [...this.chat.messages.values()].filter((m) => !m.deleted && m.message_id < message.message_id).at(-1);
    return !before || day(before.date) !== day(message.date);
  }

  drawFoot() {
    const { person, commands, keyboard } = this.chat;
    const key = JSON.stringify([person.started, person.blocked, this.store.bot]);
    if (key !== this.footKey) {
      this.footKey = key;
      this.foot.replaceChildren(...this.footParts(person));
    }
    this.composer.update(commands, keyboard);
    this.typing ??= el("div", { class: "typing" }, "Bot đang soạn…");
    this.typing.remove();
    if (this.chat.typing) this.log.append(this.typing);
  }

  footParts(person) {
    if (this.isGroup) return person.blocked ? [el("p", { class: "about-bot" }, person.label)] : [this.composer.element];
    if (person.blocked) return [bigButton("Bỏ chặn bot", () => this.toggleBlock())];
    if (person.started) return [this.composer.element];
    const about = this.store.bot.description || "Người này chưa bấm Bắt đầu, bot chưa thể nhắn tin cho họ.";
    return [el("p", { class: "about-bot" }, about), bigButton("Bắt đầu", () => this.say("/start"))];
  }

  actions() {
    return {
      say: (text) => this.say(text),
      edit: (message) => this.composer.edit(message),
      click: (message, button, node) => this.click(message, button, node),
      startParameter: (url) => startParameter(url, this.store.bot.username),
      groupParameter: (url) => startParameter(url, this.store.bot.username, "startgroup"),
      letIntoGroup: (start) => this.letIntoGroup(start),
    };
  }

  async act(what, body) {
    try {
      // In a group it is its first member who writes.
      if (this.isGroup) return await call(`/groups/${-this.personId}/${what}`, { ...body, person: this.chat.person.writer });
      return await call(`/people/${this.personId}/${what}`, body);
    } catch (error) {
      this.fail(error);
      return null;
    }
  }

  async say(text) {
    const first = !this.chat.person.started;
    const sent = await this.act("send", { text });
    this.scrollDown();
    if (first && sent) setTimeout(() => this.composer.box.focus(), 300);
    return sent;
  }

  async click(message, button, node) {
    node.classList.add("busy");
    const body = { message_id: message.message_id };
    if (button.callback_data) body.data = button.callback_data;
    else body.button = button.text;
    const pressed = await this.act("click", body);
    if (!pressed?.callback_query_id) node.classList.remove("busy");
    else this.busy.set(pressed.callback_query_id, node);
    setTimeout(() => node.classList.remove("busy"), 10000);
  }

  async letIntoGroup(start) {
    const title = await askGroup();
    if (!title) return;
    try {
      await call("/groups", { title, people: [this.personId], start });
    } catch (error) {
      this.fail(error);
    }
  }

  // Says whose: with several chats open, and to who hears the page instead of seeing it.
  fail(error) {
    this.toast({ text: `${this.chat.person.name}: không thực hiện được. ${inWords(error)}` });
  }

  toggleBlock() {
    if (this.isGroup) return this.act("remove", {});
    return this.act(this.chat.person.blocked ? "unblock" : "block", {});
  }

  toast({ text, show_alert, callback_query_id }) {
    this.busy.get(callback_query_id)?.classList.remove("busy");
    this.busy.delete(callback_query_id);
    if (!text) return;
    if (show_alert) {
      showAlert(text, this.chat.person.name);
      return;
    }
    const node = el("div", { class: "toast" }, text);
    this.beside(() => this.toasts.append(node));
    setTimeout(() => this.beside(() => node.remove()), 4500);
  }

  // The log gives room above; what is read or about to be pressed stays where it is.
  beside(change) {
    const height = () => this.log.getBoundingClientRect().height; // not rounded
    const { scrollTop } = this.log;
    const before = height();
    change();
    this.log.scrollTop = scrollTop + before - height();
  }

  atBottom() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
  }

  scrollDown() {
    this.low = true;
    requestAnimationFrame(() => this.log.scrollTo(0, this.log.scrollHeight));
  }
}

function bigButton(label, action) {
  return el("button", { type: "button", class: "primary big", onclick: action }, label);
}

// The start parameter in a t.me link to this bot, "" where there is none; null for every other
// link. `kind`: "startgroup" in links that let the bot into a group.
export function startParameter(url, username, kind = "start") {
  let parsed;
  try {
    parsed = new URL(url);
  } catch {
    return null;
  }
  const inApp = parsed.protocol === "tg:" && parsed.searchParams.get("domain") === username;
  const onWeb = parsed.hostname === "t.me" && parsed.pathname === `/${username}`;
  const group = parsed.searchParams.get("startgroup");
  if (!inApp && !onWeb) return null;
  if (kind === "startgroup") return group;
  return group === null ? (parsed.searchParams.get("start") ?? "") : null;
}
