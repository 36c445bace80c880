/**
 * The palette: search, a button for Input, Square and Add, then the families of ops, each a menu.
 *
 * @typedef {import("../model/types/picture_types.js").CatalogueEntry} CatalogueEntry
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
  /** The family whose menu is open. @type {HTMLElement | null} */
  #open = null;

  /**
   * @param {import("./edits.js").Edits} edits
   * @param {() => void} search
   */
  constructor(edits, search) {
    this.edits = edits;
    this.search = button({ class: "search-field", text: "", title: say("Search for an op (/)") }, search);
    this.search.append(element("span", { text: say("Search ops") }));
    this.first = element("div", { class: "first" });
    this.families = element("div", { class: "families" });
    this.all = button({ class: "all", "aria-expanded": "false", text: say("All") }, () => this.#showAll());
    this.bar = element("div", { class: "palette", role: "toolbar", "aria-label": say("Palette") }, [
      this.search, this.first, this.families, this.all,
    ]);
    this.bar.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#open) this.#turn(this.#open);
    });
    document.addEventListener("pointerdown", (event) => {
      if (this.#open && !event.composedPath().includes(this.#open)) this.#turn(this.#open);
    }, { capture: true });
    new ResizeObserver(() => this.#offerAll()).observe(this.bar);
  }

  #showAll() {
    const whole = this.bar.classList.toggle("whole");
    this.all.setAttribute("aria-expanded", String(whole));
    if (this.#open) this.#turn(this.#open);
  }

  /** Where all families are in sight anyway, there is nothing to ask for. */
  #offerAll() {
    const { bar, families, all } = this;
    all.hidden = !bar.classList.contains("whole") && families.scrollHeight <= families.clientHeight + 1;
  }

  /** @param {readonly {group: string, ops: CatalogueEntry[]}[]} catalogue */
  show(catalogue) {
    if (catalogue === this.#shown) return;
    this.#shown = catalogue;
    this.first.replaceChildren();
    this.families.replaceChildren();
    for (const { group, ops } of catalogue) {
      const buttons = ops.map((entry) => this.#button(entry));
      if (group === "") this.first.append(...buttons);
      else this.families.append(this.#family(group, buttons));
    }
    this.#offerAll();
  }

  /**
   * A family is a button that opens the menu of its ops.
   * @param {string} title
   * @param {readonly HTMLElement[]} ops
   */
  #family(title, ops) {
    const made = element("div", { class: "family", role: "group", "aria-label": title, "data-family": title });
    const turn = button({ class: "family-title", text: title, "aria-expanded": "false" }, () => this.#turn(made));
    made.append(turn, element("div", { class: "menu" }, ops));
    return made;
  }

  /**
   * Open a family's menu, or close it where it is open.
   * @param {HTMLElement} family
   */
  #turn(family) {
    const opens = family !== this.#open;
    this.#open?.classList.remove("open");
    this.#open?.firstElementChild?.setAttribute("aria-expanded", "false");
    this.#open = opens ? family : null;
    if (!opens) return;
    family.classList.add("open");
    const [title, menu] = [...family.children].map((part) => /** @type {HTMLElement} */ (part));
    title.setAttribute("aria-expanded", "true");
    const { left, bottom } = title.getBoundingClientRect();
    const page = this.#pageFrame();
    menu.style.top = `${bottom - page.top + 4}px`;
    menu.style.left = `${Math.max(0, Math.min(left - page.left, page.width - menu.offsetWidth))}px`;
  }

  /** Where the page stands that menus and what is dragged are placed in. */
  #pageFrame() {
    return (this.bar.offsetParent ?? this.bar).getBoundingClientRect();
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
    made.addEventListener("click", (event) => {
      // A click may follow a drag that ended; one by a key counts no presses.
      if (!this.#dragged || event.detail === 0) this.edits.addInView(op);
      this.#dragged = false;
      if (this.#open) this.#turn(this.#open);
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
      if (event.buttons === 0) { // let go where the page was not told
        end(null);
        return;
      }
      const distance = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY);
      if (ghost === null && distance < DRAG_THRESHOLD_PX) return;
      if (ghost === null) {
        ghost = element("div", { class: "ghost", text: op });
        this.bar.append(ghost);
        this.#dragged = true;
        this.bar.classList.add("dragging"); // its menu is out of the way, and yet in the page: it holds the pointer
      }
      const page = this.#pageFrame();
      ghost.style.left = `${event.clientX - page.left}px`;
      ghost.style.top = `${event.clientY - page.top}px`;
      this.edits.hoverNode(op, event);
    };
    /** @param {PointerEvent | null} dropped */
    const end = (dropped) => {
      ended.abort();
      this.bar.classList.remove("dragging");
      if (ghost === null) return;
      if (this.#open) this.#turn(this.#open);
      if (dropped && this.edits.dropNode(op, dropped)) ghost.remove();
      else flyBack(ghost, made, this.#pageFrame());
    };
    const { signal } = ended;
    made.addEventListener("pointermove", move, { signal });
    made.addEventListener("pointerup", end, { signal });
    for (const kind of ["pointercancel", "lostpointercapture"]) made.addEventListener(kind, () => end(null), { signal });
    globalThis.addEventListener("keydown", (event) => {
      if (event.key === "Escape") end(null);
    }, { capture: true, signal });
  }
}

/**
 * @param {HTMLElement} ghost
 * @param {HTMLElement} home
 * @param {DOMRect} page
 */
function flyBack(ghost, home, page) {
  const box = home.getBoundingClientRect();
  ghost.style.transition = `left ${FLY_BACK_MS}ms, top ${FLY_BACK_MS}ms, opacity ${FLY_BACK_MS}ms`;
  ghost.style.left = `${box.left - page.left + box.width / 2}px`;
  ghost.style.top = `${box.top - page.top + box.height / 2}px`;
  ghost.style.opacity = "0";
  setTimeout(() => ghost.remove(), FLY_BACK_MS);
}
