/** Numbers that travel along the wires of a step: forward on solid lines, backward on dashed ones. */

import { element, setAttribute } from "../parts/dom.js";

const SVG = "http://www.w3.org/2000/svg";
const TRAVEL_MS = 700;
const RESTING_PLACE = 0.5; // where on the wire a number comes to rest

export class Flow {
  /** @param {HTMLElement} layer in graph coordinates @param {import("./drawing.js").Drawing} drawing */
  constructor(layer, drawing) {
    this.drawing = drawing;
    this.svg = document.createElementNS(SVG, "svg");
    this.svg.setAttribute("class", "flow");
    this.chips = element("div", { class: "chips" });
    layer.append(this.svg, this.chips);
    this.wires = [];
  }

  /** Show a step's numbers on its wires; with `travels` they move there, unless less motion is asked for. */
  show(step, travels, speed) {
    if (step === this.step) return;
    this.step = step;
    this.wires = (step?.flow ?? []).map(([edge, text], index) => {
      const line = document.createElementNS(SVG, "path");
      line.setAttribute("class", step.kind);
      // Below its wire in a Function's lower half: wires that run close together must not hide each other's numbers.
      const side = index > 0 && index >= step.flow.length / 2 ? "below" : "above";
      const chip = element("span", { class: `chip ${step.kind} ${side} ${text.startsWith("[") ? "array" : ""}`, text, "data-flow": edge });
      return { edge, line, chip };
    });
    this.svg.replaceChildren(...this.wires.map(({ line }) => line));
    this.chips.replaceChildren(...this.wires.map(({ chip }) => chip));
    const still = globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.duration = travels && !still ? TRAVEL_MS / Math.max(speed, 1) : 0;
    this.began = performance.now();
    this.place();
    if (this.duration > 0) this.run(step);
  }

  run(step) {
    requestAnimationFrame(() => {
      if (step !== this.step) return;
      this.place();
      if (this.share < 1) this.run(step);
    });
  }

  get share() {
    return this.duration === 0 ? 1 : Math.min((performance.now() - this.began) / this.duration, 1);
  }

  /** Put lines and numbers where the wires are now. */
  place() {
    const eased = 1 - (1 - this.share) ** 3;
    for (const { edge, line, chip } of this.wires) {
      const points = this.drawing.wirePoints(edge);
      chip.hidden = points.length === 0;
      if (points.length === 0) continue;
      if (this.step.kind === "backward") points.reverse();
      setAttribute(line, "d", points.map(({ x, y }, index) => `${index ? "L" : "M"}${x} ${y}`).join(""));
      const { x, y } = points[Math.round(eased * RESTING_PLACE * (points.length - 1))];
      chip.style.translate = `${x}px ${y}px`; // left and top would have the page laid out anew at every frame
    }
  }
}
