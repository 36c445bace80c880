/**
 * Numbers that travel along the wires of a step: forward on solid lines, backward on dashed ones.
 *
 * @typedef {import("../model/types/panel_types.js").Step} Step
 * @typedef {import("../model/types/picture_types.js").Point} Point
 */

import { element, prefersStillness, setAttribute, svgElement } from "../parts/dom.js";
import { eased } from "./geometry.js";

const TRAVEL_MS = 700;
const RESTING_PLACE = 0.5; // where on the wire a number comes to rest

export class Flow {
  /** @type {{edge: string, line: SVGPathElement, chip: HTMLElement}[]} */
  #wires = [];
  /** @type {Step | undefined} */
  #step;
  #duration = 0;
  #began = 0;

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
   * Show a step's numbers on its wires; with `travels` they move there, unless less motion is asked for.
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
    this.#duration = travels && !prefersStillness() ? TRAVEL_MS / Math.max(speed, 1) : 0;
    this.#began = performance.now();
    this.place();
    if (this.#duration > 0) this.#run(step);
  }

  /** @param {Step | undefined} step */
  #run(step) {
    requestAnimationFrame(() => {
      if (step !== this.#step) return;
      this.place();
      if (this.#share < 1) this.#run(step);
    });
  }

  get #share() {
    return this.#duration === 0 ? 1 : Math.min((performance.now() - this.#began) / this.#duration, 1);
  }

  /** Put lines and numbers where the wires are now. */
  place() {
    const way = eased(this.#share);
    for (const { edge, line, chip } of this.#wires) {
      const points = this.wirePoints(edge);
      chip.hidden = points.length === 0;
      if (points.length === 0) continue;
      if (this.#step?.kind === "backward") points.reverse();
      setAttribute(line, "d", points.map(({ x, y }, index) => `${index ? "L" : "M"}${x} ${y}`).join(""));
      const { x, y } = points[Math.round(way * RESTING_PLACE * (points.length - 1))];
      chip.style.translate = `${x}px ${y}px`; // left and top would have the page laid out anew at every frame
    }
  }
}
