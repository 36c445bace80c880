/** The palette: a button an op, Input, Square and Add first, the rest below in groups. */

import { element } from "../parts/dom.js";

const DRAG_THRESHOLD_PX = 5;
const FLY_BACK_MS = 180;

export class Palette {
  /**
   * @param {HTMLElement} parent
   * @param {import("./edits.js").Edits} edits
   */
  constructor(parent, edits) {
    this.bar = element("div", { class: "palette", role: "toolbar", "aria-label": "Palette" });
    parent.append(this.bar);
    this.edits = edits;
    this.shown = null;
    this.all = element("button", { type: "button", class: "all", "aria-expanded": "false", text: "All ops" });
    this.all.addEventListener("click", () => {
      const whole = this.bar.classList.toggle("whole");
      this.all.setAttribute("aria-expanded", String(whole));
      this.bar.scrollTop = 0;
    });
    new ResizeObserver(() => this.offerAll()).observe(this.bar);
  }

  /** Where all entries are seen anyway, there is nothing to ask for. */
  offerAll() {
    const { bar, all } = this;
    all.hidden = !bar.classList.contains("whole") && bar.scrollHeight <= bar.clientHeight + 1;
  }

  show(catalogue) {
    if (catalogue === this.shown) return;
    this.shown = catalogue;
    this.bar.replaceChildren();
    const rest = element("div", { class: "rest" });
    for (const { group, ops } of catalogue) {
      const buttons = ops.map((entry) => this.button(entry));
      if (group === "") {
        this.bar.append(element("div", { class: "first" }, [...buttons, this.all]));
      } else {
        const attributes = { class: "group", role: "group", "aria-label": group };
        rest.append(element("div", attributes, [element("span", { class: "title", text: group }), ...buttons]));
      }
    }
    this.bar.append(rest);
    this.offerAll();
  }

  button({ op, symbol, description }) {
    // "tanh x" beside "Tanh" would say nothing new.
    const tells = symbol && !symbol.toLowerCase().startsWith(op.toLowerCase());
    const face = tells ? [element("span", { class: "symbol", "aria-hidden": "true", text: symbol })] : [];
    const button = element("button", { type: "button", "data-op": op, title: description }, [
      ...face, element("span", { text: op }),
    ]);
    let dragged = false;
    button.addEventListener("pointerdown", (event) => {
      if (event.button === 0) this.beginDrag(button, op, event, (moved) => (dragged = moved));
    });
    button.addEventListener("click", () => {
      if (!dragged) this.edits.addInView(op);
      dragged = false;
    });
    return button;
  }

  beginDrag(button, op, start, report) {
    report(false);
    button.setPointerCapture(start.pointerId);
    let ghost = null;
    const move = (event) => {
      const distance = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY);
      if (ghost === null && distance < DRAG_THRESHOLD_PX) return;
      if (ghost === null) {
        ghost = element("div", { class: "ghost", text: op });
        this.bar.append(ghost);
        report(true);
      }
      ghost.style.left = `${event.clientX}px`;
      ghost.style.top = `${event.clientY}px`;
      this.edits.hover(op, event);
    };
    const end = (event) => {
      for (const name of ["pointermove", "pointerup", "pointercancel"]) button.removeEventListener(name, handlers[name]);
      globalThis.removeEventListener("keydown", cancel, true);
      if (ghost === null) return;
      const dropped = event.type === "pointerup" && this.edits.drop(op, event);
      if (dropped) ghost.remove();
      else this.flyBack(ghost, button);
      // A click follows a drag that ends over its own button; it must not add a second node.
      setTimeout(() => report(false));
    };
    const cancel = (event) => {
      if (event.key === "Escape") end(event);
    };
    const handlers = { pointermove: move, pointerup: end, pointercancel: end };
    for (const [name, handler] of Object.entries(handlers)) button.addEventListener(name, handler);
    globalThis.addEventListener("keydown", cancel, true);
  }

  flyBack(ghost, button) {
    const box = button.getBoundingClientRect();
    ghost.style.transition = `left ${FLY_BACK_MS}ms, top ${FLY_BACK_MS}ms, opacity ${FLY_BACK_MS}ms`;
    ghost.style.left = `${box.left + box.width / 2}px`;
    ghost.style.top = `${box.top + box.height / 2}px`;
    ghost.style.opacity = "0";
    setTimeout(() => ghost.remove(), FLY_BACK_MS);
  }
}
