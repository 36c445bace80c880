/** The panel of descent: inputs, learning rate and steps; the map with the way down; its points as sentence and table. */

import { bandColours } from "./contour.js";
import { drawCourse } from "./output_chart.js";
import { element, setText } from "../parts/dom.js";
import { Pace } from "./rate_fields.js";
import { Plot, short } from "./plot.js";

/** What is looked at to begin with, as Python is told; it finds a learning rate as long as nobody has set one. */
export const DESCENT = { across: "", up: "", steps: 50, hold: false, frame: [], kind: 0 };

const NO_AXIS = "none";

export class DescentPanel {
  /** @param {import("../canvas.js").Canvas} canvas @param {import("../panels/panels.js").Panels} panels */
  constructor(canvas, panels) {
    this.canvas = canvas;
    this.panels = panels;
    this.title = "Descent";
    this.step = 1;
    this.revealed = false;
    this.plot = new Plot({
      pick: (place) => this.pick(place), point: (step) => this.pointAt(step), say: (text) => canvas.announce(text),
    });
    this.box = element("div", { class: "descent-panel" }, [...this.makeControls(), ...this.makeResults()]);
    this.box.addEventListener("keydown", (event) => {
      if (event.target.closest("input, select")) event.stopPropagation();
    });
  }

  makeControls() {
    this.across = choice("Across", "across", () => this.chooseAxes(this.across.value, this.up.value));
    this.up = choice("Up", "up", () => this.chooseAxes(this.across.value, this.up.value));
    this.hold = element("input", { type: "checkbox", "data-testid": "hold" });
    this.hold.addEventListener("change", () => this.look({ hold: this.hold.checked }));
    this.holding = element("label", { hidden: true }, [this.hold, "Hold the other inputs"]);
    this.pace = new Pace((part) => this.setPace(part));
    const axes = [element("label", {}, ["across", this.across]), element("label", {}, ["up", this.up]), this.holding];
    this.axes = element("div", { class: "row" }, axes);
    return [this.axes, ...this.pace.parts];
  }

  makeResults() {
    this.one = button("One step", "one-step", () => this.goOn());
    this.all = button("To the end", "to-the-end", () => this.goToEnd());
    this.predict = button("Predict", "predict", () => this.setPredicting(!this.predicting));
    this.predict.setAttribute("aria-pressed", "false");
    this.predict.title = "Hide the way, and predict its first point";
    this.reveal = button("Reveal", "reveal", () => this.setRevealed());
    this.fit = button("Fit", "fit-window", () => this.look({ kind: 0 }));
    this.fit.title = "Fit the window to the way";
    this.rule = element("p", { class: "rule", "data-testid": "descent-rule" });
    this.told = element("p", { class: "point-told", role: "status", "data-testid": "point-told" });
    this.trouble = element("p", { class: "differs", "data-testid": "descent-trouble", role: "status" });
    this.remark = element("p", { class: "remark", "data-testid": "descent-remark" });
    this.summary = element("p", { class: "spoken", id: "descent-summary", "data-testid": "descent-summary" });
    this.at = element("input", { type: "range", min: 0, "aria-label": "Step pointed at", "data-testid": "descent-step" });
    this.at.addEventListener("input", () => this.pointAt(Number(this.at.value)));
    this.legend = element("p", { class: "legend", "data-testid": "legend" });
    this.course = element("div", { class: "course" });
    this.way = element("p", { "data-testid": "way" });
    this.head = element("tr");
    this.rows = element("tbody");
    const table = element("table", { "data-testid": "descent-points" }, [element("thead", {}, [this.head]), this.rows]);
    this.table = element("div", { class: "points", tabindex: "0", role: "region", "aria-label": "Points of the descent" }, [table]);
    this.map = element("div", { class: "map" }, [this.plot.box, this.fit]);
    this.rest = [this.summary, this.rule, this.told, this.at, this.map, this.legend, this.course, this.way, this.table];
    const buttons = [this.one, this.all, this.predict, this.reveal];
    return [this.buttons = element("div", { class: "row" }, buttons), this.trouble, this.remark, ...this.rest];
  }

  // What somebody asks for ------------------------------------------------------------------------------------

  /** Look at it in another way; Python answers. */
  look(part) {
    this.panels.change({ descent: { ...this.panels.look.descent, ...part } });
  }

  setPace(part) {
    if ("rate" in part) this.kept = undefined;
    this.look(part);
  }

  chooseAxes(across, up) {
    const [before, other] = this.descent.axes;
    const swapped = across === up;
    if (swapped && across !== before) this.look({ across, up: before });
    else this.look({ across: swapped ? (other ?? across) : across, up });
  }

  /** One step; while somebody predicts, the next point is another question. */
  goOn() {
    if (this.predicting) this.hideAgain();
    this.descend(1);
    this.draw();
  }

  /** All of the steps; then there is nothing left to predict. */
  goToEnd() {
    if (this.predicting) this.setPredicting(false);
    this.descend(this.last);
  }

  descend(steps) {
    const { descent } = this.panels.look;
    const { rate, hold } = { rate: this.descent.rate, ...descent };
    if (!("rate" in descent)) {
      // Nobody has set it, but from here on the way goes by it, until there is another function.
      this.kept = { kind: this.descent.kind };
      this.panels.note({ descent: { ...descent, rate } });
    }
    const inputs = hold && this.descent.axes.length ? { inputs: this.descent.axes } : {};
    this.canvas.edit({ type: "descend", rate, steps, ...inputs });
  }

  /** A place in the plot: the inputs go there, or while the next point is hidden it is somebody's prediction. */
  pick(place) {
    if (this.isHidden) {
      this.guess = place;
      this.draw();
      return;
    }
    this.canvas.edits.send(place.map((value, axis) => ({ type: "set value", node: this.descent.axes[axis], value })));
  }

  pointAt(step) {
    this.step = step;
    this.draw();
  }

  setPredicting(predicting) {
    this.predicting = predicting;
    this.predict.setAttribute("aria-pressed", String(predicting));
    this.hideAgain();
    this.draw();
  }

  hideAgain() {
    this.revealed = false;
    this.guess = undefined;
  }

  setRevealed() {
    this.revealed = true;
    this.step = 1;
    this.draw();
    this.one.focus();
  }

  get isHidden() {
    return Boolean(this.predicting) && !this.revealed && this.last > 0;
  }

  get last() {
    return Math.max(0, (this.descent?.rows ?? []).length - 1);
  }

  // What is shown ---------------------------------------------------------------------------------------------

  show({ descent }) {
    const { theme } = this.canvas.root.dataset;
    if (!descent || (descent === this.descent && theme === this.theme)) return;
    const before = asked(this.descent);
    this.theme = theme;
    this.descent = descent;
    if (before !== asked(descent)) this.guess = undefined;
    if (this.kept && this.kept.kind !== descent.kind) this.forgetRate();
    if (descent.frame) this.panels.note({ descent: { ...this.panels.look.descent, frame: descent.frame, kind: descent.kind } });
    this.showControls();
    this.showTable();
    this.draw();
  }

  /** A rate that was found for another function does not count for this one. */
  forgetRate() {
    this.kept = undefined;
    const { rate: _, ...others } = this.panels.look.descent;
    this.panels.change({ descent: others });
  }

  showControls() {
    const { inputs = [], axes = [], others = 0 } = this.descent;
    const { rate, steps, hold } = { rate: this.descent.rate, ...this.panels.look.descent };
    fillChoice(this.across, inputs, axes[0]);
    fillChoice(this.up, [...inputs, [NO_AXIS, "none: a curve"]], axes[1] ?? NO_AXIS);
    this.up.disabled = inputs.length < 2;
    this.axes.hidden = inputs.length === 0;
    this.holding.hidden = others === 0;
    this.hold.checked = hold;
    this.pace.show({ rate, steps }, this.canvas.root.getRootNode().activeElement);
  }

  showTable() {
    const { columns = [], output = "", rows = [] } = this.descent;
    this.head.replaceChildren(...["step", ...columns, output].map((text) => element("th", { scope: "col", text })));
    this.rows.replaceChildren(...rows.map(({ values, output: height }, step) => {
      const cells = [...values, height].map((text) => element("td", { text }));
      const row = element("tr", { "data-step": step }, [element("th", { scope: "row", text: step || "now" }), ...cells]);
      row.addEventListener("pointerenter", () => this.pointAt(step));
      return row;
    }));
  }

  draw() {
    const { descent, isHidden, last } = this;
    if (!descent) return;
    const step = isHidden ? 0 : Math.min(this.step, last);
    const isThere = Boolean(descent.rows?.length);
    setText(this.trouble, isHidden ? "" : descent.trouble);
    setText(this.remark, descent.remark ?? "");
    for (const part of [this.buttons, ...this.rest]) part.hidden = !isThere;
    if (!isThere) return;
    this.reveal.hidden = !isHidden;
    this.one.disabled = this.all.disabled = last === 0;
    this.at.hidden = this.way.hidden = isHidden;
    this.at.max = String(last);
    this.at.value = String(step);
    const told = `${descent.rows[step].told}${isOutside(descent, step) ? " It lies outside the plot." : ""}`;
    setText(this.told, told);
    this.at.setAttribute("aria-valuetext", told);
    setText(this.way, descent.way ?? "");
    this.showRule(isHidden);
    for (const row of this.rows.children) {
      row.hidden = isHidden && row.dataset.step !== "0";
      row.classList.toggle("selected", Number(row.dataset.step) === step);
    }
    this.drawPlot(isHidden, step);
    this.course.hidden = isHidden || last === 0;
    if (last > 0) this.course.replaceChildren(drawCourse(descent, step));
  }

  showRule(isHidden) {
    const { rule, names = [] } = this.descent;
    const lines = rule.map(([worked, result]) => element("span", { text: `${worked} = ${isHidden ? "?" : result}` }));
    const guessed = this.guess && `You predict${isHidden ? "" : "ed"} ${names.map((name, axis) => `${name} = ${short(this.guess[axis])}`).join(" and ")}.`;
    const asked = isHidden && !this.guess ? "Where does step 1 lead? Click there, then reveal." : guessed;
    this.rule.replaceChildren(...lines, ...(asked ? [element("span", { class: "asked", text: asked })] : []));
  }

  drawPlot(isHidden, step) {
    const { descent } = this;
    const hasPlot = Boolean(descent.frame);
    for (const part of [this.summary, this.map, this.legend]) part.hidden = !hasPlot;
    if (!hasPlot) return;
    this.plot.show(descent, { hidden: isHidden, step, guess: this.guess, theme: this.theme });
    setText(this.summary, isHidden ? descent.summary : `${descent.summary} ${descent.way}`);
    const { levels, output } = descent;
    this.legend.hidden = levels.length < 2;
    if (levels.length < 2) return;
    const swatches = bandColours(levels.length - 1, this.theme).map((colour, band) => {
      const made = element("i", { title: `${output} from ${levels[band]} to ${levels[band + 1]}` });
      made.style.background = `rgb(${colour.map(Math.round).join(" ")})`;
      return made;
    });
    const scale = element("span", { class: "swatches" }, swatches);
    const blanks = descent.cells.some((cell) => cell < 0) ? [element("span", { text: "hatched: not finite" })] : [];
    this.legend.replaceChildren(`${output} `, levels[0], scale, levels.at(-1), ...blanks);
  }
}

/** What a prediction is made from; with anything else there is another point to predict. */
function asked(descent) {
  return [descent?.rows?.[0]?.told, ...(descent?.rule ?? []).map(([worked]) => worked)].join("; ");
}

function isOutside({ frame, points }, step) {
  return Boolean(frame) && points[step].some((value, axis) => value < frame[axis][0] || value > frame[axis][1]);
}

function button(text, name, act) {
  const made = element("button", { type: "button", text, "data-descent": name });
  made.addEventListener("click", act);
  return made;
}

function choice(label, name, act) {
  const made = element("select", { "aria-label": label, "data-testid": `axis-${name}` });
  made.addEventListener("change", act);
  return made;
}

function fillChoice(select, options, chosen) {
  const made = options.map(([value, text]) => element("option", { value, text }));
  select.replaceChildren(...made);
  select.value = chosen;
}
