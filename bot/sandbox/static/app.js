// Puts the page together: the store fed by one long poll, the list, the panes, the address.

import { call, el, pause } from "./dom.js";
import { askStranger } from "./composer.js";
import { ClockBar } from "./clock.js";
import { Pane } from "./pane.js";
import { PeopleList } from "./people.js";

const MOST_PANES = 3;
const SEEN = "sandbox-seen";
const wide = window.matchMedia("(min-width: 820px)");

class Store {
  constructor() {
    this.chats = new Map();
    this.bot = {};
    this.event = 0;
    this.seen = JSON.parse(localStorage.getItem(SEEN) ?? "{}");
  }

  // Takes in what changed; says which messages and toasts are new, by person.
  merge({ event, bot, chats }) {
    this.bot = bot;
    this.event = event;
    for (const view of Object.values(chats)) {
      const messages = this.chats.get(view.person.id)?.messages ?? new Map();
      for (const message of view.messages) messages.set(message.message_id, message);
      this.chats.set(view.person.id, { ...view, messages });
    }
  }

  unread(personId) {
    const { messages, person } = this.chats.get(personId);
    const seen = this.seen[personId] > person.last_message_id ? 0 : (this.seen[personId] ?? 0);
    return [...messages.values()].filter((m) => m.from === "bot" && !m.deleted && m.message_id > seen).length;
  }

  see(personId) {
    this.seen[personId] = this.chats.get(personId).person.last_message_id;
    localStorage.setItem(SEEN, JSON.stringify(this.seen));
  }
}

class Page {
  constructor() {
    this.store = new Store();
    this.panes = [];
    this.active = null;
    this.area = document.getElementById("panes");
    this.people = new PeopleList(this.store, (id) => this.choose(id));
    this.clock = new ClockBar();
    document.getElementById("add-stranger").addEventListener("click", () => this.addStranger());
    document.getElementById("add-pane").addEventListener("click", () => this.addPane());
    addEventListener("hashchange", () => this.fromAddress());
    wide.addEventListener("change", () => this.fromAddress());
    this.follow();
  }

  async follow() {
    for (let first = true; ; first = false) {
      try {
        const wait = first ? "" : "&timeout=20";
        const news = await call(`/events?after=${this.store.event}${wait}`);
        if (news.event < this.store.event) return location.reload(); // the sandbox began anew
        const toasts = !first;
        this.store.merge(news);
        if (first) this.fromAddress();
        else this.show(news, toasts);
        this.showBot(news.bot.online ? "on" : "off");
      } catch {
        this.showBot("lost");
        await pause(1500);
      }
    }
  }

  show(news, toasts) {
    for (const pane of this.panes) {
      const view = news.chats[pane.personId];
      if (view) pane.change(view.messages, toasts ? view.toasts : []);
    }
    this.drawList();
  }

  showBot(state) {
    const words = { on: "Bot đang chạy", off: "Bot chưa chạy, tin nhắn sẽ chờ", lost: "Mất kết nối, đang thử lại…" };
    const node = document.getElementById("bot-state");
    node.textContent = words[state];
    node.className = state;
  }

  // The address holds the open people: #5,7,9. On a phone only the first is shown.
  fromAddress() {
    const ids = location.hash.slice(1).split(",").map(Number).filter((id) => this.store.chats.has(id));
    const shown = [...new Set(ids)].slice(0, wide.matches ? MOST_PANES : 1);
    this.panes = shown.map((id) => this.panes.find((pane) => pane.personId === id) ?? this.newPane(id));
    if (!this.panes.includes(this.active)) this.active = this.panes[0] ?? null;
    this.area.replaceChildren(...(this.panes.length ? this.panes.map((pane) => pane.element) : [welcome()]));
    this.panes.forEach((pane) => pane.scrollDown());
    document.body.classList.toggle("in-chat", this.panes.length > 0);
    document.getElementById("add-pane").hidden = !this.panes.length || this.panes.length >= MOST_PANES;
    this.drawList();
  }

  newPane(id) {
    return new Pane(this.store, id, {
      close: (pane) => this.open(this.ids().filter((other) => other !== pane.personId)),
      back: () => this.open([]),
      activate: (pane) => this.activate(pane),
    });
  }

  activate(pane) {
    this.active = pane;
    this.panes.forEach((other) => other.element.classList.toggle("active", other === pane && this.panes.length > 1));
  }

  drawList() {
    if (document.visibilityState === "visible") this.panes.forEach((pane) => this.store.see(pane.personId));
    this.people.draw(this.ids());
  }

  ids() {
    return this.panes.map((pane) => pane.personId);
  }

  open(ids) {
    location.hash = ids.join(",");
  }

  // In the active pane; someone already open is only brought forward.
  choose(id) {
    const ids = this.ids();
    if (!ids.includes(id)) {
      const place = Math.max(this.panes.indexOf(this.active), 0);
      ids[place] = id;
      this.open(ids);
    }
    setTimeout(() => this.enter(id), 50);
  }

  enter(id) {
    const pane = this.panes.find((other) => other.personId === id);
    if (!pane) return;
    this.activate(pane);
    (pane.foot.querySelector("textarea") ?? pane.foot.querySelector("button")).focus();
  }

  addPane() {
    const next = [...this.store.chats.keys()].find((id) => !this.ids().includes(id));
    if (next === undefined) return;
    this.open([...this.ids(), next]);
    setTimeout(() => this.enter(next), 50);
  }

  async addStranger() {
    const person = await askStranger();
    if (!person) return;
    while (!this.store.chats.has(person.id)) await pause(50);
    this.choose(person.id);
  }
}

function welcome() {
  return el(
    "section",
    { class: "welcome" },
    el("h1", {}, "Dùng thử trên máy này"),
    el("p", {}, "Mọi người ở đây đều do máy đặt ra. Không có tin nhắn nào ra ngoài."),
    el(
      "ol",
      {},
      el("li", {}, "Chọn một người trong danh sách, ví dụ một cán bộ."),
      el("li", {}, "Tua đồng hồ tới Thứ Hai 07:00 để xem phân công, tới Thứ Sáu 16:30 để xem tổng hợp."),
      el("li", {}, "Trả lời bằng nút bấm hoặc tin nhắn; gõ / để chọn một lệnh. Ai chưa vào thì bấm Bắt đầu."),
      el("li", { class: "wide" }, "Bấm “+ Thêm khung” để xem nhiều người cạnh nhau."),
    ),
  );
}

new Page();
