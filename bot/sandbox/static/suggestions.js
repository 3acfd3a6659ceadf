// The bot's commands, suggested above the text box while one is being written after "/".

import { el } from "./dom.js";

export class Suggestions {
  constructor(box, name, take) {
    this.box = box;
    this.take = take; // a command was chosen: send it
    this.commands = [];
    this.options = [];
    this.chosen = -1;
    this.element = el("div", { class: "menu", role: "listbox", id: name, "aria-label": "Lệnh của bot", hidden: true });
    this.element.addEventListener("pointerdown", (event) => event.preventDefault()); // focus stays in the box
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", name);
    box.addEventListener("input", () => this.follow());
    box.addEventListener("blur", () => this.close());
  }

  get open() {
    return !this.element.hidden;
  }

  // What fits the beginning of a command; nothing once more than a command stands there.
  follow() {
    const written = /^\/(\S*)$/.exec(this.box.value)?.[1].toLowerCase();
    if (written === undefined) this.close();
    else this.show(this.commands.filter(({ command }) => command.startsWith(written)), 0);
  }

  // All of them, beside a text that is being written: none is chosen, Enter sends the text.
  showAll() {
    if (!this.box.value) this.box.value = "/";
    if (this.box.value.startsWith("/")) this.follow();
    else this.show(this.commands, -1);
    this.box.focus();
  }

  show(commands, chosen) {
    this.options = commands.map(({ command, description }, place) =>
      el(
        "div",
        { class: "menu-item", role: "option", id: `${this.element.id}-${place}`, onclick: () => this.choose(command) },
        el("strong", {}, `/${command}`),
        el("span", {}, description),
      ),
    );
    this.shown = commands;
    this.element.replaceChildren(...this.options);
    this.element.hidden = !commands.length;
    this.mark(commands.length ? chosen : -1);
  }

  mark(place) {
    this.chosen = place;
    this.options.forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
    if (place < 0) this.box.removeAttribute("aria-activedescendant");
    else {
      this.box.setAttribute("aria-activedescendant", this.options[place].id);
      this.options[place].scrollIntoView({ block: "nearest" });
    }
  }

  choose(command) {
    if (this.box.value.startsWith("/")) this.box.value = "";
    this.close();
    this.take(command);
  }

  close() {
    this.element.hidden = true;
    this.mark(-1);
  }

  // Whether the key was meant for the list.
  onKey(event) {
    if (!this.open || event.isComposing) return false;
    const count = this.options.length;
    if (event.key === "ArrowDown") this.mark((this.chosen + 1) % count);
    else if (event.key === "ArrowUp") this.mark((Math.max(this.chosen, 0) + count - 1) % count);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && !event.shiftKey && this.chosen >= 0) this.choose(this.shown[this.chosen].command);
    else if (event.key === "Tab" && !event.shiftKey && this.chosen >= 0) {
      this.box.value = `/${this.shown[this.chosen].command} `;
      this.close();
    } else return false;
    event.preventDefault();
    return true;
  }
}
