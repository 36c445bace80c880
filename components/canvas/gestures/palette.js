/**
 * The palette: a button an op, Input, Square and Add first, the rest below in groups.
 *
 * @typedef {import("../model/types.js").CatalogueEntry} CatalogueEntry
 */

import { button, element } from "../parts/dom.js";
import { say } from "../parts/messages.js";

const DRAG_THRESHOLD_PX = 5;
const FLY_BACK_MS = 180;

export class Palette {
  /** @type {unknown} */
  #shown = null;
  /** Whether the pointer that went down has dragged: then its click means nothing. */
  #dragged = false;

  /**
   * @param {HTMLElement} parent
   * @param {import("./edits.js").Edits} edits
   */
  constructor(parent, edits) {
    this.edits = edits;
    this.bar = element("div", { class: "palette", role: "toolbar", "aria-label": say("Palette") });
    parent.append(this.bar);
    this.all = button({ class: "all", "aria-expanded": "false", text: say("All ops") }, () => {
      const whole = this.bar.classList.toggle("whole");
      this.all.setAttribute("aria-expanded", String(whole));
      this.bar.scrollTop = 0;
    });
    new ResizeObserver(() => this.#offerAll()).observe(this.bar);
  }

  /** Where all entries are in sight anyway, there is nothing to ask for. */
  #offerAll() {
    const { bar, all } = this;
    all.hidden = !bar.classList.contains("whole") && bar.scrollHeight <= bar.clientHeight + 1;
  }

  /** @param {readonly {group: string, ops: CatalogueEntry[]}[]} catalogue */
  show(catalogue) {
    if (catalogue === this.#shown) return;
    this.#shown = catalogue;
    this.bar.replaceChildren();
    const rest = element("div", { class: "rest" });
    for (const { group, ops } of catalogue) {
      const buttons = ops.map((entry) => this.#button(entry));
      if (group === "") {
        this.bar.append(element("div", { class: "first" }, [...buttons, this.all]));
      } else {
        const attributes = { class: "group", role: "group", "aria-label": group };
        rest.append(element("div", attributes, [element("span", { class: "title", text: group }), ...buttons]));
      }
    }
    this.bar.append(rest);
    this.#offerAll();
  }

  /** @param {CatalogueEntry} entry */
  #button({ op, symbol, description }) {
    // "tanh x" beside "Tanh" would say nothing new.
    const tells = symbol && !symbol.toLowerCase().startsWith(op.toLowerCase());
    const face = tells ? [element("span", { class: "symbol", "aria-hidden": "true", text: symbol })] : [];
    const made = element("button", { type: "button", "data-op": op, title: description }, [
      ...face, element("span", { text: op }),
    ]);
    made.addEventListener("pointerdown", (event) => {
      if (event.button === 0) this.#beginDrag(made, op, event);
    });
    made.addEventListener("click", () => {
      if (!this.#dragged) this.edits.addInView(op);
      this.#dragged = false;
    });
    return made;
  }

  /**
   * @param {HTMLElement} made the button
   * @param {string} op
   * @param {PointerEvent} start
   */
  #beginDrag(made, op, start) {
    this.#dragged = false;
    made.setPointerCapture(start.pointerId);
    /** @type {HTMLElement | null} */
    let ghost = null;
    const ended = new AbortController();
    /** @param {PointerEvent} event */
    const move = (event) => {
      const distance = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY);
      if (ghost === null && distance < DRAG_THRESHOLD_PX) return;
      if (ghost === null) {
        ghost = element("div", { class: "ghost", text: op });
        this.bar.append(ghost);
        this.#dragged = true;
      }
      ghost.style.left = `${event.clientX}px`;
      ghost.style.top = `${event.clientY}px`;
      this.edits.hoverNode(op, event);
    };
    /** @param {PointerEvent | null} dropped */
    const end = (dropped) => {
      ended.abort();
      if (ghost === null) return;
      if (dropped && this.edits.dropNode(op, dropped)) ghost.remove();
      else flyBack(ghost, made);
      // A click follows a drag that ends over its own button; it must not add a second node.
      setTimeout(() => (this.#dragged = false));
    };
    const { signal } = ended;
    made.addEventListener("pointermove", move, { signal });
    made.addEventListener("pointerup", end, { signal });
    made.addEventListener("pointercancel", () => end(null), { signal });
    globalThis.addEventListener("keydown", (event) => {
      if (event.key === "Escape") end(null);
    }, { capture: true, signal });
  }
}

/**
 * @param {HTMLElement} ghost
 * @param {HTMLElement} home
 */
function flyBack(ghost, home) {
  const box = home.getBoundingClientRect();
  ghost.style.transition = `left ${FLY_BACK_MS}ms, top ${FLY_BACK_MS}ms, opacity ${FLY_BACK_MS}ms`;
  ghost.style.left = `${box.left + box.width / 2}px`;
  ghost.style.top = `${box.top + box.height / 2}px`;
  ghost.style.opacity = "0";
  setTimeout(() => ghost.remove(), FLY_BACK_MS);
}
