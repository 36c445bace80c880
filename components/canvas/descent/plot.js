/**
 * The map of a descent: bands or a curve, the path with its points, the arrow −grad, and a cross for the keyboard.
 *
 * @typedef {import("../model/types/panel_types.js").DescentFacts} DescentFacts
 * @typedef {import("../model/types/panel_types.js").DescentPlot} DescentPlot
 * @typedef {import("../parts/theme.js").Theme} Theme
 * @typedef {import("./plot_area.js").Place} Place
 *
 * @typedef {{names: readonly string[], output: string} & DescentPlot} Plotted
 * @typedef {object} PlotLook
 * @property {boolean} hidden whether the way is hidden, and its next point to be predicted
 * @property {number} step the point that is pointed at
 * @property {Place | undefined} guess somebody's prediction
 * @property {Theme} theme
 */

import { element, setAttribute, svgElement } from "../parts/dom.js";
import { say } from "../parts/messages.js";
import { paintBands } from "./contour.js";
import { AREA, PlotArea, SIZE, apart, isInside, roundedIn } from "./plot_area.js";
import { arrow, circle, cross, label, line } from "./plot_marks.js";

const PIXELS = 2;
const REACH = 14;
/** @type {Record<string, [across: number, up: number]>} */
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const STEPS_ACROSS = 40;
const FINE = 1 / 4;

export class Plot {
  /** What is plotted, in what area and how it is looked at. @type {{plotted: Plotted, area: PlotArea, look: PlotLook} | null} */
  #shown = null;
  /** @type {Place | null} */
  #cross = null;

  /**
   * @param {object} acts
   * @param {(place: Place) => void} acts.pick a place is chosen
   * @param {(step: number) => void} acts.point a point of the path is pointed at
   * @param {(place: Place) => void} acts.tell the cross has moved to a place
   */
  constructor({ pick, point, tell }) {
    this.pick = pick;
    this.point = point;
    this.tell = tell;
    this.bands = element("canvas", { width: AREA.width * PIXELS, height: AREA.height * PIXELS, "aria-hidden": "true" });
    this.svg = svgElement("svg", { viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, "aria-hidden": "true" });
    this.axes = svgElement("g", { class: "axes" });
    const { left: x, top: y, width, height } = AREA;
    this.area = svgElement("svg", { x, y, width, height, overflow: "hidden" });
    this.svg.append(this.axes, this.area, svgElement("rect", { x, y, width, height, class: "frame" }));
    this.box = element("div", {
      class: "plot", tabindex: "0", role: "application", "data-testid": "plot",
      "aria-roledescription": say("plot"), "aria-describedby": "descent-summary",
    }, [this.bands, this.svg]);
    this.box.addEventListener("click", (event) => this.#click(event));
    this.box.addEventListener("pointermove", (event) => this.#hover(event));
    this.box.addEventListener("keydown", (event) => this.#press(event));
    this.box.addEventListener("blur", () => this.#putCross(null));
  }

  /**
   * @param {Plotted} plotted what Python says
   * @param {PlotLook} look
   */
  show(plotted, look) {
    const before = this.#shown;
    if (plotted.kind !== before?.plotted.kind) this.#cross = null;
    this.#shown = { plotted, area: new PlotArea(plotted.frame), look };
    const { cells, n, fine, levels } = plotted;
    this.bands.hidden = !cells;
    if (cells && n && fine && (cells !== before?.plotted.cells || look.theme !== before.look.theme)) {
      paintBands(this.bands, { cells, n, fine, levels }, look.theme);
    }
    this.#drawAxes(plotted, this.#shown.area);
    this.#draw();
  }

  /**
   * @param {Plotted} plotted
   * @param {PlotArea} area
   */
  #drawAxes({ ticks, names, output, cells }, area) {
    const bottom = AREA.top + AREA.height;
    const across = ticks[0].flatMap(([value, text]) => {
      const x = AREA.left + area.toArea([value, 0])[0];
      return [line(x, bottom, x, bottom + 4), label(text, x, bottom + 17, "middle")];
    });
    const up = ticks[1].flatMap(([value, text]) => {
      const y = AREA.top + area.toArea([0, value])[1];
      return [line(AREA.left - 4, y, AREA.left, y), label(text, AREA.left - 7, y + 4, "end")];
    });
    const below = label(names[0], AREA.left + AREA.width / 2, SIZE.height - 5, "middle", "name");
    const beside = label(cells ? names[1] : output, 0, 0, "middle", "name");
    beside.setAttribute("transform", `translate(11 ${AREA.top + AREA.height / 2}) rotate(-90)`);
    this.axes.replaceChildren(...across, ...up, below, beside);
  }

  #draw() {
    if (this.#shown === null) return;
    const { plotted, area, look } = this.#shown;
    const points = plotted.points.map((point) => area.toArea(point));
    const shown = look.hidden ? points.slice(0, 1) : points;
    /** @type {SVGElement[]} */
    const parts = (plotted.pieces ?? []).map((piece) => svgElement("path", { class: "curve", d: area.pathThrough(piece) }));
    if (shown.length > 1) {
      const d = area.pathThrough(plotted.points);
      parts.push(svgElement("path", { class: "casing", d }), svgElement("path", { class: "path", d }));
      parts.push(...apart(shown).filter(isInside).map((at) => circle(at, 3, "stop")));
    }
    const [now] = points;
    if (isInside(now)) parts.push(...arrow(now, downhill(plotted, area)), circle(now, 6, "present"));
    const [, height] = plotted.points[0];
    if (look.guess) parts.push(cross(area.toArea(onCurve(plotted, look.guess, height)), "guess"));
    const pointed = shown[look.step];
    if (pointed && isInside(pointed)) parts.push(circle(pointed, 9, "pointed"));
    if (this.#cross) parts.push(cross(area.toArea(onCurve(plotted, this.#cross)), "cursor"));
    this.area.replaceChildren(...parts);
    setAttribute(this.box, "aria-label", spoken(plotted, look));
  }

  // Hands -----------------------------------------------------------------------------------------------------

  /**
   * Where in the area an event happened, in units of the drawing.
   * @param {MouseEvent} event
   */
  #pointOf(event) {
    const box = this.svg.getBoundingClientRect();
    const unit = box.width / SIZE.width;
    return [(event.clientX - box.left) / unit - AREA.left, (event.clientY - box.top) / unit - AREA.top];
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const point = this.#pointOf(event);
    if (this.#shown === null || !isInside(point)) return;
    const { plotted, area } = this.#shown;
    const place = area.placeAt(point[0] / AREA.width, 1 - point[1] / AREA.height);
    this.pick(plotted.cells ? place : place.slice(0, 1));
  }

  /** @param {MouseEvent} event */
  #hover(event) {
    if (this.#shown === null || this.#shown.look.hidden) return;
    const { plotted, area } = this.#shown;
    const [x, y] = this.#pointOf(event);
    let [nearest, best] = [-1, REACH];
    plotted.points.forEach((point, step) => {
      const [px, py] = area.toArea(point);
      const away = Math.hypot(px - x, py - y);
      if (away < best) [nearest, best] = [step, away];
    });
    if (nearest >= 0) this.point(nearest);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.#shown === null) return;
    if (event.key in KEYS) this.#moveCross(this.#shown.plotted, KEYS[event.key], event.shiftKey ? FINE : 1);
    else if (event.key === "Enter" && this.#cross) this.pick(this.#cross);
    else if (event.key === "Escape" && this.#cross) this.#putCross(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * @param {Plotted} plotted
   * @param {[across: number, up: number]} by
   * @param {number} share
   */
  #moveCross({ frame, points, names }, by, share) {
    const from = this.#cross ?? points[0];
    const place = names.map((_, axis) => {
      const [low, high] = frame[axis];
      return roundedIn(frame[axis], from[axis] + by[axis] * share * (high - low) / STEPS_ACROSS);
    });
    this.#putCross(place);
    this.tell(place);
  }

  /** @param {Place | null} place */
  #putCross(place) {
    this.#cross = place;
    this.#draw();
  }
}

/**
 * On a curve a place has one number, and stands at some height, or in the middle of it.
 * @param {Plotted} plotted
 * @param {Place} place
 * @param {number} [height]
 */
function onCurve({ cells, frame }, place, height = (frame[1][0] + frame[1][1]) / 2) {
  return cells ? place : [place[0], height];
}

/**
 * The direction of −grad in the area: along the inputs' own scales, as the first step goes.
 * @param {Plotted} plotted
 * @param {PlotArea} area
 */
function downhill({ cells, slopes: [gx, gy = 0] }, { scale }) {
  return [-gx * scale[0], cells ? -gy * scale[1] : 0];
}

/**
 * @param {Plotted} plotted
 * @param {PlotLook} look
 */
function spoken({ cells }, { hidden }) {
  if (hidden) {
    return cells ? say("Contour plot. Arrow keys move a cross, Enter puts your prediction there.")
      : say("Curve. Arrow keys move a cross, Enter puts your prediction there.");
  }
  return cells ? say("Contour plot. Arrow keys move a cross, Enter sets the inputs there.")
    : say("Curve. Arrow keys move a cross, Enter sets the inputs there.");
}
