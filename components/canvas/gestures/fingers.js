/**
 * The fingers that are down: two of them pan and zoom at once.
 *
 * @typedef {import("../model/types/picture_types.js").Point} Point
 */

export class Fingers {
  /** @type {Map<number, Point>} */
  #places = new Map();
  /** @type {{middle: Point, spread: number} | null} */
  #pinch = null;

  /** @param {import("../drawing/view.js").View} view */
  constructor(view) {
    this.view = view;
  }

  get areDown() {
    return this.#places.size > 0;
  }

  get arePinching() {
    return this.#pinch !== null;
  }

  /** @param {number} id of the pointer */
  has(id) {
    return this.#places.has(id);
  }

  /**
   * Take in one more; with the second a pinch begins.
   * @param {PointerEvent} event
   */
  add(event) {
    this.#places.set(event.pointerId, this.view.pointOf(event));
    if (this.#places.size === 2) this.#pinch = this.#grip();
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (!this.has(event.pointerId)) return;
    this.#places.set(event.pointerId, this.view.pointOf(event));
    const now = this.#grip();
    if (now === null || this.#pinch === null) return;
    this.view.pan(now.middle.x - this.#pinch.middle.x, now.middle.y - this.#pinch.middle.y);
    this.view.zoom(now.spread / this.#pinch.spread, now.middle);
    this.#pinch = now;
  }

  /**
   * One is gone: of three the others hold on from here, and a pinch ends with the last.
   * @param {PointerEvent} event
   */
  lift(event) {
    this.#places.delete(event.pointerId);
    this.#pinch = this.areDown && this.#pinch ? (this.#grip() ?? this.#pinch) : null;
  }

  clear() {
    this.#places.clear();
    this.#pinch = null;
  }

  /** Where two fingers are, and how far apart; null where there are fewer. */
  #grip() {
    const [a, b] = this.#places.values();
    if (!a || !b) return null;
    const spread = Math.max(Math.hypot(a.x - b.x, a.y - b.y), 1);
    return { middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, spread };
  }
}
