/** One sentence at a time, where the hand is; it goes by itself and is spoken to screen readers. */

import { element } from "./dom.js";

const SHOWN_MS = 6000;
const WIDTH_PX = 280;
const HEIGHT_PX = 64;
const GAP_PX = 14;
const EDGE_PX = 8;

export class Notice {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLElement} stage */
  constructor(stage) {
    this.stage = stage;
    this.box = element("div", { class: "notice", role: "alert", hidden: true, "data-testid": "notice" });
    stage.append(this.box);
  }

  /**
   * @param {string} text
   * @param {{x: number, y: number}} point on the stage
   */
  tell(text, point) {
    clearTimeout(this.#timer);
    if (this.box.textContent !== text) this.box.textContent = text;
    this.box.hidden = false;
    const { clientWidth, clientHeight } = this.stage;
    const left = Math.min(Math.max(point.x + GAP_PX, EDGE_PX), Math.max(clientWidth - WIDTH_PX, EDGE_PX));
    const top = Math.min(Math.max(point.y + GAP_PX, EDGE_PX), Math.max(clientHeight - HEIGHT_PX, EDGE_PX));
    this.box.style.left = `${left}px`;
    this.box.style.top = `${top}px`;
    this.#timer = setTimeout(() => this.clear(), SHOWN_MS);
  }

  clear() {
    clearTimeout(this.#timer);
    this.box.hidden = true;
    this.box.textContent = "";
  }
}
