/** In the corner of the stage: which engine runs backward, and what is drawn on wires and nodes. */

import { element, setText } from "../parts/dom.js";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

const ENGINES = [
  ["step 13", "13", "Step 13 overwrites: x.grad = gx", "Step 13: x.grad = gx overwrites, and the Function met last comes next"],
  ["step 14", "14", "Step 14 accumulates, but takes the Function met last", "Step 14: gradients accumulate, and the Function met last comes next"],
  ["step 16", "16", "", "Step 16: gradients accumulate, in order of generation: the correct engine"],
];

export class Doubts {
  /** @param {import("../canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.engines = new Map(ENGINES.map(([name, text, , title]) => {
      const made = element("button", { type: "button", text, title, "aria-label": title, "data-engine": name });
      made.addEventListener("click", () => canvas.command("engine", { engine: name }));
      return [name, made];
    }));
    const engine = element("div", { class: "engines", role: "group", "aria-label": "Engine, by step of the book" }, [
      element("span", { text: "Engine" }), ...this.engines.values(),
    ]);
    this.habit = element("span", { class: "habit" });
    this.toggles = {
      local: this.toggle("local", "× local", "Local derivatives on the wires (L)"),
      bars: this.toggle("bars", "|grad|", "Bars of |grad| on a log scale (G)"),
    };
    this.scale = element("span", { class: "bar-scale", "data-testid": "bar-scale", hidden: true });
    const remarks = element("div", { class: "remarks" }, [this.habit, this.scale]);
    this.bar = element("div", { class: "doubts" }, [remarks, engine, ...Object.values(this.toggles)]);
  }

  toggle(name, text, title) {
    const made = element("button", { type: "button", text, title, "aria-label": title, "aria-pressed": "false", "data-toggle": name });
    made.addEventListener("click", () => this.flip(name));
    return made;
  }

  flip(name) {
    const { panels } = this.canvas;
    panels.change({ [name]: !panels.look[name] });
    this.toggles[name].setAttribute("aria-pressed", String(panels.look[name]));
    return true;
  }

  show(picture, engine) {
    for (const [name, made] of this.engines) {
      made.setAttribute("aria-pressed", String(name === engine));
      made.classList.toggle("wrong-engine", name === engine && name !== "step 16");
    }
    setText(this.habit, ENGINES.find(([name]) => name === engine)?.[2] ?? "");
    this.scale.hidden = !picture.bars;
    if (picture.bars) setText(this.scale, `log scale, ${power(picture.bars.low)} to ${power(picture.bars.high)}`);
  }
}

/** Write a power of ten: 10⁻³. */
function power(exponent) {
  return `10${exponent < 0 ? "⁻" : ""}${[...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[digit]).join("")}`;
}
