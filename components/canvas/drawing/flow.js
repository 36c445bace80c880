/**
 * Numbers that travel along the wires of a step: forward on solid lines, backward on dashed ones.
 *
 * The browser moves them by itself: the page is neither laid out nor drawn anew for the frames of a travel.
 *
 * @typedef {import("../model/types/panel_types.js").Step} Step
 * @typedef {import("../model/types/picture_types.js").Point} Point
 * @typedef {{edge: string, line: SVGPathElement, chip: HTMLElement, way?: string}} Wire `way`: where it was put last
 */

import { element, prefersStillness, setAttribute, svgElement } from "../parts/dom.js";

const TRAVEL_MS = 700;
const RESTING_PLACE = 0.5; // where on the wire a number comes to rest
/** As `eased`: x runs evenly, y is 1 − (1 − x)³. */
const EASING = "cubic-bezier(0.33333, 1, 0.66667, 1)";

export class Flow {
  /** @type {Wire[]} */
  #wires = [];
  /** @type {Step | undefined} */
  #step;
  /** Until when numbers travel. */
  #arrival = -Infinity;
  /** @type {Animation[]} */
  #travels = [];

  /**
   * @param {HTMLElement} layer in graph coordinates
   * @param {(edge: string) => Point[]} wirePoints points along a wire as it is drawn
   */
  constructor(layer, wirePoints) {
    this.wirePoints = wirePoints;
    this.svg = svgElement("svg", { class: "flow" });
    this.chips = element("div", { class: "chips" });
    layer.append(this.svg, this.chips);
  }

  /**
   * Show a step's numbers on its wires; with `travels` they move there, unless less motion is asked for. Who goes on
   * before they have arrived does not wait for them: they stand in their places at once.
   * @param {Step | undefined} step
   * @param {boolean} travels
   * @param {number} speed
   */
  show(step, travels, speed) {
    if (step === this.#step) return;
    this.#step = step;
    this.#wires = step ? step.flow.map(([edge, text], index) => {
      // Below its wire in a Function's lower half: wires that run close together must not hide each other's numbers.
      const side = index > 0 && index >= step.flow.length / 2 ? "below" : "above";
      const kind = `chip ${step.kind} ${side} ${text.startsWith("[") ? "array" : ""}`;
      const chip = element("span", { class: kind, text, "data-flow": edge });
      return { edge, line: svgElement("path", { class: step.kind }), chip };
    }) : [];
    this.svg.replaceChildren(...this.#wires.map(({ line }) => line));
    this.chips.replaceChildren(...this.#wires.map(({ chip }) => chip));
    this.#travels = [];
    this.place();
    const now = performance.now();
    const isAwaited = now >= this.#arrival;
    const duration = travels ? TRAVEL_MS / Math.max(speed, 1) : 0;
    this.#arrival = now + duration;
    if (travels && isAwaited && !prefersStillness()) this.#travel(duration);
  }

  /** @param {number} duration in milliseconds */
  #travel(duration) {
    this.#travels = this.#wires.map(({ edge, chip }) =>
      chip.animate({ translate: travelled(this.#way(edge)) }, { duration, easing: EASING }));
  }

  /**
   * Points along a wire, in the direction in which its number goes.
   * @param {string} edge
   */
  #way(edge) {
    const points = this.wirePoints(edge);
    return this.#step?.kind === "backward" ? points.reverse() : points;
  }

  /** Put lines and numbers where the wires are now. */
  place() {
    this.#wires.forEach((wire, index) => {
      const { edge, line, chip } = wire;
      const points = this.#way(edge);
      const way = points.map(({ x, y }, place) => `${place ? "L" : "M"}${x} ${y}`).join("");
      if (way === wire.way) return;
      wire.way = way;
      chip.hidden = points.length === 0;
      if (points.length === 0) return;
      setAttribute(line, "d", way);
      const places = travelled(points);
      chip.style.translate = places[places.length - 1]; // left and top would have the page laid out anew
      const effect = this.#travels[index]?.effect;
      if (effect instanceof KeyframeEffect) effect.setKeyframes({ translate: places });
    });
  }
}

/**
 * The part of a way that a number travels, as CSS has it.
 * @param {readonly Point[]} points
 */
function travelled(points) {
  return points.slice(0, Math.round(RESTING_PLACE * (points.length - 1)) + 1).map(({ x, y }) => `${x}px ${y}px`);
}
