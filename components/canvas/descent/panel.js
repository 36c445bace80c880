/**
 * The panel of descent: inputs, learning rate and steps; the map with the way down; its points as sentence and table.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../model/types/panel_types.js").DescentFacts} DescentFacts
 * @typedef {import("../model/types/exchange_types.js").DescentLook} DescentLook
 * @typedef {import("../parts/theme.js").Theme} Theme
 * @typedef {import("./plot_area.js").Place} Place
 *
 * @typedef {object} DescentTools
 * @property {import("../model/page_model.js").PageModel} model
 * @property {import("../drawing/stage.js").Stage} stage
 * @property {import("../gestures/edits.js").Edits} edits
 * @property {() => Theme} theme
 */

import { button, around, element, focusedIn, setText } from "../parts/dom.js";
import { listed, say } from "../parts/messages.js";
import { short } from "../parts/numbers.js";
import { AxisChoices } from "./axis_choices.js";
import { legendOf } from "./legend.js";
import { outputChart } from "./output_chart.js";
import { Plot } from "./plot.js";
import { PointsTable } from "./points_table.js";
import { Prediction } from "./prediction.js";
import { RateFields } from "./rate_fields.js";

export class DescentPanel {
  /** @type {DescentFacts | undefined} */
  #descent;
  /** @type {Theme} */
  #theme = "light";
  /** The point that is pointed at. */
  #step = 1;
  #prediction = new Prediction();
  /** Of which function a learning rate is kept that nobody has set. @type {number | undefined} */
  #keptKind;
  /** Whether numbers are hidden from which the first step comes. */
  #asked = false;

  /** @param {DescentTools} tools */
  constructor({ model, stage, edits, theme }) {
    this.model = model;
    this.stage = stage;
    this.edits = edits;
    this.theme = theme;
    this.axes = new AxisChoices((part) => this.#look(part));
    this.rates = new RateFields(() => model.picture.settings.descent, (part) => this.#setRate(part));
    this.one = actionButton("one-step", say("One step"), () => this.#goOn());
    this.all = actionButton("to-the-end", say("To the end"), () => this.#goToEnd());
    this.predict = actionButton("predict", say("Predict"), () => this.#setPredicting(!this.#prediction.isOn));
    this.predict.setAttribute("aria-pressed", "false");
    this.predict.title = say("Hide the way, and predict its first point");
    this.reveal = actionButton("reveal", say("Reveal"), () => this.#reveal());
    this.buttons = element("div", { class: "row" }, [this.one, this.all, this.predict, this.reveal]);
    this.trouble = element("p", { class: "differs", "data-testid": "descent-trouble", role: "status" });
    this.remark = element("p", { class: "remark", "data-testid": "descent-remark" });
    this.summary = element("p", { class: "spoken", id: "descent-summary", "data-testid": "descent-summary" });
    this.rule = element("p", { class: "rule", "data-testid": "descent-rule" });
    this.told = element("p", { class: "point-told", role: "status", "data-testid": "point-told" });
    this.slider = element("input", {
      type: "range", min: 0, "aria-label": say("Step pointed at"), "data-testid": "descent-step",
    });
    this.slider.addEventListener("input", () => this.#pointAt(Number(this.slider.value)));
    this.plot = new Plot({
      pick: (place) => this.#pick(place), point: (step) => this.#pointAt(step),
      tell: (place) => stage.announce(this.#writtenPlace(place).join(say(", "))),
    });
    const fit = actionButton("fit-window", say("Fit"), () => this.#look({ kind: 0 }));
    fit.title = say("Fit the window to the way");
    this.map = element("div", { class: "map" }, [this.plot.box, fit]);
    this.legend = element("p", { class: "legend", "data-testid": "legend" });
    this.chart = element("div", { class: "output-chart" });
    this.way = element("p", { "data-testid": "way" });
    this.points = new PointsTable((step) => this.#pointAt(step));
    /** What there is only while there is a way. */
    this.results = [
      this.summary, this.rule, this.told, this.slider, this.map, this.legend, this.chart, this.way, this.points.box,
    ];
    this.box = element("div", { class: "descent-panel" }, [
      this.axes.box, ...this.rates.parts, this.buttons, this.trouble, this.remark, ...this.results,
    ]);
    this.box.addEventListener("keydown", (event) => {
      if (around(event, "input, select")) event.stopPropagation();
    });
  }

  // What somebody asks for ------------------------------------------------------------------------------------

  /**
   * Look at it in another way; Python answers.
   * @param {Partial<DescentLook>} part
   */
  #look(part) {
    this.model.lookAt({ descent: { ...this.model.look.descent, ...part } });
  }

  /** @param {{rate?: number, steps?: number}} part */
  #setRate(part) {
    if (part.rate !== undefined) this.#keptKind = undefined;
    this.#look(part);
  }

  /** One step; while somebody predicts, the next point is another question. */
  #goOn() {
    if (this.#prediction.isOn) this.#prediction.askAgain();
    this.#descend(1);
    this.#draw();
  }

  /** All of the steps; then there is nothing left to predict. */
  #goToEnd() {
    if (this.#prediction.isOn) this.#setPredicting(false);
    this.#descend(this.#last);
  }

  /** @param {number} steps */
  #descend(steps) {
    if (!this.#descent) return;
    const { axes = [], rate: found, kind } = this.#descent;
    const look = this.model.look.descent;
    const rate = look.rate ?? found;
    if (look.rate === undefined) {
      // Nobody has set it, but from here on the way goes by it, until there is another function.
      this.#keptKind = kind;
      this.model.noteLook({ descent: { ...look, rate } });
    }
    const inputs = look.hold && axes.length ? { inputs: axes } : {};
    this.model.edit({ type: "descend", rate, steps, ...inputs });
  }

  /**
   * A place in the plot: the inputs go there, or while the next point is hidden it is somebody's prediction.
   * @param {Place} place
   */
  #pick(place) {
    const axes = this.#descent?.axes ?? [];
    if (!this.#isHidden) {
      this.edits.send(place.map((value, axis) => ({ type: "set value", node: axes[axis], value })));
      return;
    }
    this.#prediction.guess = place;
    this.#draw();
  }

  /** @param {number} step */
  #pointAt(step) {
    this.#step = step;
    this.#draw();
  }

  /** @param {boolean} isPredicting */
  #setPredicting(isPredicting) {
    this.#prediction.turn(isPredicting);
    this.predict.setAttribute("aria-pressed", String(isPredicting));
    this.#draw();
  }

  #reveal() {
    this.#prediction.reveal();
    this.#step = 1;
    this.#draw();
    this.one.focus();
  }

  get #isHidden() {
    return this.#prediction.hides(this.#last);
  }

  /** The number of the last point. */
  get #last() {
    return Math.max(0, (this.#descent?.rows ?? []).length - 1);
  }

  // What is shown ---------------------------------------------------------------------------------------------

  /** @param {Picture} picture */
  show({ descent }) {
    const theme = this.theme();
    if (!descent || (descent === this.#descent && theme === this.#theme)) return;
    const before = questionOf(this.#descent);
    this.#theme = theme;
    this.#descent = descent;
    // Once the numbers are found from which the first step comes, it is the next question.
    if (this.#asked && !descent.asks && descent.rows) this.#prediction.turn(true);
    this.#asked = descent.asks === true;
    this.predict.setAttribute("aria-pressed", String(this.#prediction.isOn));
    if (before !== questionOf(descent)) this.#prediction.guess = undefined;
    if (this.#keptKind !== undefined && this.#keptKind !== descent.kind) this.#forgetRate();
    const { frame, kind = 0 } = descent;
    if (frame) this.model.noteLook({ descent: { ...this.model.look.descent, frame, kind } });
    const { rate = descent.rate, steps = descent.steps, hold } = this.model.look.descent;
    this.axes.show(descent, hold);
    this.rates.show({ rate, steps }, focusedIn(this.box));
    this.points.show(descent);
    this.#draw();
  }

  /** A rate that was found for another function does not count for this one. */
  #forgetRate() {
    this.#keptKind = undefined;
    const { rate: _, ...others } = this.model.look.descent;
    this.model.lookAt({ descent: others });
  }

  #draw() {
    const descent = this.#descent;
    if (!descent) return;
    const [isHidden, last] = [this.#isHidden, this.#last];
    const { rows = [], heights = [], output = "" } = descent;
    setText(this.trouble, isHidden ? "" : descent.trouble);
    setText(this.remark, descent.remark ?? "");
    for (const part of [this.buttons, ...this.results]) part.hidden = rows.length === 0;
    this.rule.hidden = rows.length === 0 && !descent.asks;
    if (descent.asks) this.#showRule(descent, true);
    if (rows.length === 0) return;
    const step = isHidden ? 0 : Math.min(this.#step, last);
    this.reveal.hidden = !isHidden;
    this.one.disabled = this.all.disabled = last === 0;
    this.slider.hidden = this.way.hidden = isHidden;
    this.slider.max = String(last);
    this.slider.value = String(step);
    const outside = isOutside(descent, step) ? [say("It lies outside the plot.")] : [];
    setText(this.told, [rows[step].told, ...outside].join(" "));
    this.slider.setAttribute("aria-valuetext", this.told.textContent ?? "");
    setText(this.way, descent.way ?? "");
    this.#showRule(descent, isHidden);
    this.points.mark(step, isHidden);
    this.#showPlot(descent, isHidden, step);
    this.chart.hidden = isHidden || last === 0;
    if (last > 0) this.chart.replaceChildren(outputChart(heights, output, step));
  }

  /**
   * The first step, worked out; while it is hidden its result is the question.
   * @param {DescentFacts} descent
   * @param {boolean} isHidden
   */
  #showRule({ rule = [] }, isHidden) {
    const lines = rule.map(([worked, result, sign]) =>
      element("span", { text: isHidden ? `${worked} = ?` : `${worked} ${sign} ${result}` }));
    const asked = this.#toldGuess(isHidden);
    this.rule.replaceChildren(...lines, ...(asked ? [element("span", { class: "asked", text: asked })] : []));
  }

  /** @param {boolean} isHidden */
  #toldGuess(isHidden) {
    const { guess } = this.#prediction;
    if (!guess) return isHidden && !this.#asked ? say("Where does step 1 lead? Click there, then reveal.") : "";
    const place = listed(this.#writtenPlace(guess));
    return isHidden ? say("You predict {place}.", { place }) : say("You predicted {place}.", { place });
  }

  /**
   * A place among the inputs in words, an input each.
   * @param {Place} place
   */
  #writtenPlace(place) {
    const { numbers } = this.model.picture.settings;
    return (this.#descent?.names ?? []).map((name, axis) =>
      say("{name} = {value}", { name, value: short(place[axis], numbers) }));
  }

  /**
   * @param {DescentFacts} descent
   * @param {boolean} isHidden
   * @param {number} step
   */
  #showPlot(descent, isHidden, step) {
    const hasPlot = isPlotted(descent);
    for (const part of [this.summary, this.map, this.legend]) part.hidden = !hasPlot;
    if (!hasPlot) return;
    const { summary, way, levels, cells, output } = descent;
    this.plot.show(descent, { hidden: isHidden, step, guess: this.#prediction.guess, theme: this.#theme });
    setText(this.summary, isHidden ? summary : `${summary} ${way}`);
    this.legend.hidden = levels.length < 2;
    if (levels.length >= 2) this.legend.replaceChildren(...legendOf({ levels, cells: cells ?? [] }, output, this.#theme));
  }
}

/**
 * What a prediction is made from; with anything else there is another point to predict.
 * @param {DescentFacts | undefined} descent
 */
function questionOf(descent) {
  return [descent?.rows?.[0]?.told, ...(descent?.rule ?? []).map(([worked]) => worked)].join("; ");
}

/**
 * @param {DescentFacts} descent
 * @returns {descent is DescentFacts & import("./plot.js").Plotted}
 */
function isPlotted(descent) {
  return descent.frame !== undefined;
}

/**
 * @param {DescentFacts} descent
 * @param {number} step
 */
function isOutside({ frame, points = [] }, step) {
  return frame !== undefined && points[step].some((value, axis) => value < frame[axis][0] || value > frame[axis][1]);
}

/**
 * @param {string} name
 * @param {string} text
 * @param {() => void} does
 */
function actionButton(name, text, does) {
  return button({ text, "data-descent": name }, does);
}
