/** The bar above the stage: the formula, and the tabs that open a panel beside it; one panel at a time. */

import { CheckPanel } from "./check.js";
import { CodePanel } from "./code.js";
import { DESCENT, DescentPanel } from "../descent/panel.js";
import { element } from "../parts/dom.js";
import { FormulaBar } from "./formula_bar.js";
import { PathsPanel } from "./paths.js";
import { StepsPanel } from "./steps_panel.js";

const TABS = [
  ["steps", "Steps", "Go through forward and backward one step at a time (S)"],
  ["paths", "Paths", "See every path from the selected Variable to the output"],
  ["check", "Check", "Nudge the inputs, and check every gradient"],
  ["descent", "Descent", "Gradient descent, on a map of the output"],
  ["code", "Code", "The graph as a Python script"],
];

export class Panels {
  /** @param {import("../canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    /** What this browser looks at, as Python is told. */
    this.look = { panel: "", local: false, bars: false, exponent: -1, descent: DESCENT };
    this.formula = new FormulaBar(canvas);
    this.tabs = new Map(TABS.map(([name, text, title]) => [name, this.tab(name, text, title)]));
    const tabs = element("div", { class: "tabs", role: "group", "aria-label": "Panels" }, [...this.tabs.values()]);
    this.bar = element("div", { class: "bar" }, [this.formula.box, tabs]);
    this.side = element("section", { class: "side", hidden: true, tabindex: "0" });
    this.panels = {
      steps: new StepsPanel(canvas),
      paths: new PathsPanel(canvas),
      check: new CheckPanel(canvas, this),
      descent: new DescentPanel(canvas, this),
      code: new CodePanel(canvas),
    };
  }

  tab(name, text, title) {
    const made = element("button", { type: "button", text, title, "aria-pressed": "false", "data-panel": name });
    made.addEventListener("click", () => this.open(this.look.panel === name ? "" : name));
    return made;
  }

  /** Open a panel, or none with an empty name. */
  open(name) {
    this.change({ panel: name });
    const panel = this.panels[name];
    for (const [other, tab] of this.tabs) tab.setAttribute("aria-pressed", String(other === name));
    this.side.hidden = panel === undefined;
    this.side.setAttribute("aria-label", panel?.title ?? "");
    this.side.replaceChildren(...(panel ? [panel.box] : []));
    this.canvas.stepper.setOpen(name === "steps");
    this.canvas.show();
    return true;
  }

  /** Look at something else; Python answers with what belongs to it. */
  change(part) {
    this.look = { ...this.look, ...part };
    this.canvas.outbox.lookAt(this.look);
  }

  /** Note what is looked at now; Python is told with what comes next. */
  note(part) {
    this.look = { ...this.look, ...part };
    this.canvas.outbox.look = this.look;
  }

  /** Show what a picture says to the formula bar and the open panel. */
  show(picture) {
    this.formula.show(picture.formula ?? "");
    this.panels[this.look.panel]?.show(picture);
  }

  /** The selection has changed. */
  mark(selection) {
    this.panels[this.look.panel]?.mark?.(selection);
  }
}
