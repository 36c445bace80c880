/** The edge of the panels: dragged, or moved with the arrow keys, it makes them wider or narrower. */

import { element } from "../parts/dom.js";
import { say } from "../parts/messages.js";

const STEP_PX = 32;
const LEAST_PX = 240;
/** Of the page, so that the graph stays in sight. */
const MOST_SHARE = 0.7;

export class SideSize {
  /** @param {HTMLElement} side */
  constructor(side) {
    this.side = side;
    this.edge = element("div", {
      class: "side-edge", role: "separator", tabindex: "0", "aria-orientation": "vertical",
      "aria-label": say("Width of the panel"), "aria-valuemin": LEAST_PX, "aria-valuenow": LEAST_PX,
    });
    side.prepend(this.edge);
    new ResizeObserver(() => this.edge.setAttribute("aria-valuenow", String(side.offsetWidth))).observe(side);
    this.edge.addEventListener("pointerdown", (event) => this.#begin(event));
    this.edge.addEventListener("keydown", (event) => this.#press(event));
  }

  /** @param {PointerEvent} start */
  #begin(start) {
    const width = this.side.offsetWidth;
    const ended = new AbortController();
    this.edge.setPointerCapture(start.pointerId);
    start.preventDefault();
    this.edge.addEventListener("pointermove", (event) => {
      if (event.buttons === 0) ended.abort();
      else this.#setWidth(width + start.clientX - event.clientX);
    }, { signal: ended.signal });
    for (const kind of ["pointerup", "pointercancel"]) {
      this.edge.addEventListener(kind, () => ended.abort(), { signal: ended.signal });
    }
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const direction = { ArrowLeft: 1, ArrowRight: -1 }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#setWidth(this.side.offsetWidth + direction * STEP_PX);
  }

  /** @param {number} width */
  #setWidth(width) {
    const most = MOST_SHARE * (this.side.parentElement?.clientWidth ?? globalThis.innerWidth);
    this.side.style.flexBasis = `${Math.round(Math.min(Math.max(width, LEAST_PX), most))}px`;
  }
}
