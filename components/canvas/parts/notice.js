/** One sentence at a time, where the hand is; it goes by itself and is spoken to screen readers. */

import { element } from "./dom.js";
import { offerButtons } from "./offers.js";

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
   * @param {readonly import("./offers.js").Offer[]} [offers] what may be meant; then it stays until one is taken
   * @param {(text: string) => void} [take]
   */
  tell(text, point, offers = [], take = () => {}) {
    clearTimeout(this.#timer);
    if (this.box.textContent !== text || offers.length) this.box.textContent = text;
    if (offers.length) this.box.append(offerButtons(offers, (meant) => {
      this.clear();
      take(meant);
    }));
    this.box.hidden = false;
    const { clientWidth, clientHeight } = this.stage;
    const left = Math.min(Math.max(point.x + GAP_PX, EDGE_PX), Math.max(clientWidth - WIDTH_PX, EDGE_PX));
    const height = offers.length ? this.box.offsetHeight + EDGE_PX : HEIGHT_PX;
    const top = Math.min(Math.max(point.y + GAP_PX, EDGE_PX), Math.max(clientHeight - height, EDGE_PX));
    this.box.style.left = `${left}px`;
    this.box.style.top = `${top}px`;
    if (offers.length === 0) this.#timer = setTimeout(() => this.clear(), SHOWN_MS);
  }

  clear() {
    clearTimeout(this.#timer);
    this.box.hidden = true;
    this.box.textContent = "";
  }
}
