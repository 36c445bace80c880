/**
 * The menu of what is done now and then with the graph as a whole. Each entry is a file of its own; to add one, write it
 * and name it in `entries.js`.
 *
 * @typedef {object} MenuTools what an entry may use
 * @property {import("../model/page_model.js").PageModel} model
 * @property {import("../drawing/stage.js").Stage} stage
 * @property {import("../parts/dialog.js").Dialogs} dialogs
 * @property {import("../room/class_room.js").ClassRoom} room
 * @property {HTMLElement} root the element of the whole canvas
 * @property {() => unknown} tidy
 * @property {import("../panels/lessons/first_steps.js").FirstSteps} firstSteps
 * @property {(name: string) => unknown} openPanel
 *
 * @typedef {object} Entry
 * @property {string} name of the entry, for tests: its button has it as `data-entry`
 * @property {string} text
 * @property {() => unknown} press
 * @property {() => boolean} [isOffered] whether it stands in the menu now; without it, always
 */

import { button, element, focusedIn } from "../parts/dom.js";
import { say } from "../parts/messages.js";

/** Where the focus goes by these keys, from the present entry of so many. @type {Record<string, (at: number, count: number) => number>} */
const WAYS = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

export class Menu {
  /** @param {readonly Entry[]} entries */
  constructor(entries) {
    this.entries = entries;
    this.button = button({
      text: "⋯", title: say("More for this graph"), "data-control": "menu", "aria-haspopup": "menu", "aria-expanded": "false",
    }, () => this.setOpen(this.list.hidden === true));
    this.list = element("div", { class: "graph-menu", role: "menu", "aria-label": say("More for this graph"), hidden: true });
    this.box = element("div", { class: "graph-menu-home" }, [this.button, this.list]);
    this.box.addEventListener("keydown", (event) => this.#press(event));
    // Whoever presses elsewhere has done with it.
    globalThis.addEventListener("pointerdown", (event) => {
      if (!event.composedPath().includes(this.box)) this.setOpen(false);
    }, { capture: true });
    this.box.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.box.contains(relatedTarget)) this.setOpen(false);
    });
  }

  /** @param {boolean} isOpen */
  setOpen(isOpen) {
    if (isOpen !== this.list.hidden) return;
    this.list.hidden = !isOpen;
    this.button.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) return;
    this.list.replaceChildren(...this.entries.filter(({ isOffered }) => isOffered?.() ?? true).map((entry) => this.#row(entry)));
    this.#rows()[0]?.focus();
  }

  /** @param {Entry} entry */
  #row({ name, text, press }) {
    return button({ text, role: "menuitem", tabindex: "-1", "data-entry": name }, () => {
      this.setOpen(false);
      this.button.focus();
      press();
    });
  }

  #rows() {
    return [...this.list.querySelectorAll("button")];
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (this.list.hidden) return;
    event.stopPropagation();
    if (event.key === "Escape") {
      this.setOpen(false);
      this.button.focus();
      return;
    }
    const rows = this.#rows();
    const at = rows.findIndex((row) => row === focusedIn(this.box));
    const way = WAYS[event.key];
    if (way === undefined) return;
    event.preventDefault();
    rows[way(Math.max(at, 0), rows.length)]?.focus();
  }
}
