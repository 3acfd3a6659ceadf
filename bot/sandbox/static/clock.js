// The clock bar: shows the sandbox's time and moves it forward.

import { call, dayText, inWords, pause, showAlert, timeText } from "./dom.js";

const byId = (id) => document.getElementById(id);

export class ClockBar {
  constructor() {
    this.version = 0;
    this.moveFrom = 0;
    for (const button of byId("clock-jumps").querySelectorAll("[data-to],[data-by]")) {
      button.addEventListener("click", () => this.move({ ...button.dataset }));
    }
    byId("clock-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.move({ to: byId("clock-free").value });
    });
    byId("clock-toggle").addEventListener("click", () => this.toggle());
    setInterval(() => this.tick(), 1000);
    this.follow();
  }

  toggle(open = !document.body.classList.contains("jumps-open")) {
    document.body.classList.toggle("jumps-open", open);
    byId("clock-toggle").setAttribute("aria-expanded", String(open));
  }

  async move(body) {
    try {
      this.moveFrom = this.now().getTime();
      this.show(await call("/clock", body));
    } catch (error) {
      showAlert(inWords(error), "Đồng hồ");
    }
  }

  now() {
    const elapsed = this.view.moving || this.view.frozen ? 0 : performance.now() - this.at;
    return new Date(Date.parse(this.view.now) + elapsed);
  }

  show(view) {
    this.view = view;
    this.at = performance.now();
    this.version = view.version;
    byId("clock-progress").hidden = !view.moving;
    if (view.moving) this.showProgress(view);
    this.tick();
  }

  showProgress(view) {
    const target = Date.parse(view.target);
    this.moveFrom = Math.min(this.moveFrom || Infinity, Date.parse(view.now));
    byId("clock-bar").value = (Date.parse(view.now) - this.moveFrom) / Math.max(target - this.moveFrom, 1);
    byId("clock-moving").textContent = `Đang tua tới ${dayText(new Date(target))} ${timeText(new Date(target))}`;
  }

  tick() {
    if (!this.view) return;
    const now = this.now();
    byId("clock-time").textContent = `${dayText(now)} ${timeText(now)}`;
    byId("clock-time").dateTime = now.toISOString();
  }

  // Waits for the next version; while the bot leads the clock, looks often.
  async follow() {
    for (;;) {
      try {
        const moving = this.view?.moving;
        if (moving) await pause(250);
        const first = this.view === undefined;
        this.show(await call(moving || first ? "/clock" : `/clock?after=${this.version}&timeout=25&observer=1`));
      } catch {
        await pause(2000);
      }
    }
  }
}
