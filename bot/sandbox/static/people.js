// The list of people: by role, searchable without accents, with unread counts.

import { el, folded } from "./dom.js";

const ROLES = [
  ["group", "Nhóm"],
  ["administrator", "Quản trị"],
  ["supervisor", "Lãnh đạo"],
  ["officer", "Cán bộ"],
  ["representative", "Ban chấp hành công đoàn cơ sở"],
  ["stranger", "Người lao động, người lạ"],
];

export const roleName = (role) => ROLES.find(([key]) => key === role)?.[1] ?? "";

export function avatar(person) {
  const words = person.name.split(/\s+/);
  const initials = words.length > 1 ? words.at(-2)[0] + words.at(-1)[0] : words[0].slice(0, 2);
  return el("span", { class: `avatar ${person.role}`, "aria-hidden": "true" }, initials.toUpperCase());
}

export class PeopleList {
  constructor(store, choose) {
    this.store = store;
    this.choose = choose;
    this.list = document.getElementById("people-list");
    this.search = document.getElementById("search");
    this.search.addEventListener("input", () => this.draw());
    this.search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.list.querySelector("button")?.click();
    });
  }

  draw(open = this.open ?? []) {
    this.open = open;
    const focused = document.activeElement?.dataset?.person;
    const wanted = folded(this.search.value.trim());
    const found = [...this.store.chats.values()].map((chat) => chat.person).filter((person) => matches(person, wanted));
    const groups = ROLES.map(([role, name]) => this.group(name, found.filter((person) => person.role === role)));
    this.list.replaceChildren(...groups.filter(Boolean));
    if (!found.length) this.list.append(el("p", { class: "nobody" }, this.store.chats.size ? "Không tìm thấy ai." : "Chưa có ai. Bấm “Thêm người lạ” để bắt đầu."));
    if (focused) this.list.querySelector(`[data-person="${focused}"]`)?.focus();
  }

  group(name, people) {
    if (!people.length) return null;
    return el("section", { "aria-label": name }, el("h2", {}, name), el("ul", {}, ...people.map((person) => el("li", {}, this.row(person)))));
  }

  row(person) {
    const unread = this.store.unread(person.id);
    const open = this.open.includes(person.id);
    return el(
      "button",
      { type: "button", class: "person", "data-person": person.id, "aria-current": open ? "true" : null, onclick: () => this.choose(person.id) },
      avatar(person),
      el("span", { class: "who" }, el("span", { class: "name" }, person.name), el("small", {}, preview(person))),
      unread ? el("span", { class: "unread" }, unread > 99 ? "99+" : String(unread), el("span", { class: "hidden" }, " tin chưa đọc")) : null,
    );
  }
}

function matches(person, wanted) {
  const text = folded([person.name, person.label, roleName(person.role), person.username].join(" "));
  return wanted.split(/\s+/).every((word) => text.includes(word));
}

function preview(person) {
  return person.label || person.last?.text?.slice(0, 60) || (person.started ? "" : "chưa bấm Bắt đầu");
}
