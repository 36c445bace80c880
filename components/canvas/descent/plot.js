/** The map of a descent: bands or a curve, the path with its points, the arrow −grad, and a cross for the keyboard. */

import { paintBands } from "./contour.js";
import { element, setAttribute, svgElement } from "../parts/dom.js";

/** In units of the drawing, which is as wide as the panel. */
const SIZE = { width: 400, height: 300 };
const AREA = { left: 46, top: 6, width: 346, height: 254 };
const PIXELS = 2;
const ARROW = 46;
/** Points of the path that are nearer to each other share one dot. */
const APART = 5;
const REACH_PX = 14;
/** How far beyond the area's edge lines end, so that their ends are not seen. */
const BEYOND = 8;
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const STEPS_ACROSS = 40;
const FINE = 4;

export class Plot {
  /**
   * @param {{pick: (place: number[]) => void, point: (step: number) => void, say: (text: string) => void}} told
   *   what to do when a place is chosen, when a point of the path is pointed at, and when there is something to hear
   */
  constructor(told) {
    this.told = told;
    this.canvas = element("canvas", { width: AREA.width * PIXELS, height: AREA.height * PIXELS, "aria-hidden": "true" });
    this.svg = svgElement("svg", { viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, "aria-hidden": "true" });
    this.axes = svgElement("g", { class: "axes" });
    const { left: x, top: y, width, height } = AREA;
    this.area = svgElement("svg", { x, y, width, height, overflow: "hidden" });
    const frame = svgElement("rect", { x, y, width, height, class: "frame" });
    this.svg.append(this.axes, this.area, frame);
    this.box = element("div", {
      class: "plot", tabindex: "0", role: "application", "data-testid": "plot",
      "aria-roledescription": "plot", "aria-describedby": "descent-summary",
    }, [this.canvas, this.svg]);
    this.box.addEventListener("click", (event) => this.press(event));
    this.box.addEventListener("pointermove", (event) => this.hover(event));
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", () => this.putCross(null));
  }

  /** @param {any} descent what Python says @param {{hidden: boolean, step: number, guess?: number[], theme: string}} look */
  show(descent, look) {
    if (descent.kind !== this.descent?.kind) this.cross = null;
    const repaint = descent.cells !== this.descent?.cells || look.theme !== this.look?.theme;
    this.descent = descent;
    this.look = look;
    this.canvas.hidden = !descent.cells;
    if (descent.cells && repaint) paintBands(this.canvas, descent, look.theme);
    this.drawAxes();
    this.draw();
  }

  get isCurve() {
    return !this.descent.cells;
  }

  /** How much of the area, to the right and down, one goes with each of the inputs. */
  get scale() {
    const [across, up] = this.descent.frame;
    return [AREA.width / (across[1] - across[0]), -AREA.height / (up[1] - up[0])];
  }

  /** From a place among the inputs to one in the area, or as far outside of it as it lies; that may be infinite. */
  toArea([x, y]) {
    const [across, up] = this.descent.frame;
    return [(x - across[0]) * this.scale[0], (y - up[1]) * this.scale[1]];
  }

  /** What is seen of a line through places among the inputs, as a path's data; it goes in their true directions. */
  drawn(places) {
    const parts = [];
    let last = "";
    places.slice(1).forEach((place, index) => {
      const seen = this.clipped(places[index], place);
      if (!seen) return;
      const [start, end] = seen.map((point) => written([point]));
      parts.push(start === last ? `L${end}` : `M${start}L${end}`);
      last = end;
    });
    return parts.join("");
  }

  /** The part in the area of the segment between two places, by its ends (Liang and Barsky); none if it passes by. */
  clipped(a, b) {
    const isTurned = !this.toArea(a).every(Number.isFinite);
    const [from, to] = isTurned ? [b, a] : [a, b];
    const start = this.toArea(from);
    // Halved, the difference of two doubles is a double.
    const halves = to.map((value, axis) => value / 2 - from[axis] / 2);
    const length = Math.max(...halves.map(Math.abs));
    if (!start.every(Number.isFinite) || !(length > 0)) return null;
    const along = halves.map((half, axis) => (half / length) * this.scale[axis]);
    let [enter, leave] = [0, 2 * length];
    for (const [axis, size] of [AREA.width, AREA.height].entries()) {
      const ends = [-BEYOND - start[axis], size + BEYOND - start[axis]];
      if (along[axis] === 0) {
        if (ends[0] > 0 || ends[1] < 0) return null;
        continue;
      }
      const [first, second] = ends.map((end) => end / along[axis]);
      enter = Math.max(enter, Math.min(first, second));
      leave = Math.min(leave, Math.max(first, second));
    }
    if (enter > leave) return null;
    const seen = [enter, leave].map((far) => start.map((value, axis) => value + far * along[axis]));
    return isTurned ? seen.reverse() : seen;
  }

  drawAxes() {
    const { ticks, names, output } = this.descent;
    const parts = [];
    const bottom = AREA.top + AREA.height;
    for (const [value, text] of ticks[0]) {
      const x = AREA.left + this.toArea([value, 0])[0];
      parts.push(line(x, bottom, x, bottom + 4), label(text, x, bottom + 17, "middle"));
    }
    for (const [value, text] of ticks[1]) {
      const y = AREA.top + this.toArea([0, value])[1];
      parts.push(line(AREA.left - 4, y, AREA.left, y), label(text, AREA.left - 7, y + 4, "end"));
    }
    parts.push(label(names[0], AREA.left + AREA.width / 2, SIZE.height - 5, "middle", "name"));
    const side = label(this.isCurve ? output : names[1], 0, 0, "middle", "name");
    side.setAttribute("transform", `translate(11 ${AREA.top + AREA.height / 2}) rotate(-90)`);
    this.axes.replaceChildren(...parts, side);
  }

  draw() {
    const { descent, look } = this;
    const points = descent.points.map((point) => this.toArea(point));
    const seen = look.hidden ? points.slice(0, 1) : points;
    const parts = (descent.pieces ?? []).map((piece) =>
      svgElement("path", { class: "curve", d: this.drawn(piece) }));
    if (seen.length > 1) {
      const d = this.drawn(descent.points);
      parts.push(svgElement("path", { class: "casing", d }), svgElement("path", { class: "path", d }));
      parts.push(...apart(seen).filter(isInside).map((at) => circle(at, 3, "stop")));
    }
    if (isInside(points[0])) parts.push(...this.arrow(points[0]), circle(points[0], 6, "present"));
    if (look.guess) parts.push(cross(this.toArea(this.onCurve(look.guess, points[0])), "guess"));
    if (seen[look.step] && isInside(seen[look.step])) parts.push(circle(seen[look.step], 9, "pointed"));
    if (this.cross) parts.push(cross(this.toArea(this.onCurve(this.cross)), "cursor"));
    this.area.replaceChildren(...parts);
    setAttribute(this.box, "aria-label", this.spoken());
  }

  /** On a curve a place has one number, and stands in the middle of the height. */
  onCurve(place, beside) {
    const [low, high] = this.descent.frame[1];
    if (!this.isCurve) return place;
    return [place[0], beside ? this.descent.points[0][1] : (low + high) / 2];
  }

  /** The arrow −grad: along the inputs' own scales, as the first step goes. */
  arrow([x, y]) {
    const [gx, gy = 0] = this.descent.slopes;
    const dx = -gx * this.scale[0];
    const dy = this.isCurve ? 0 : -gy * this.scale[1];
    const size = Math.hypot(dx, dy);
    if (!(size > 0) || !Number.isFinite(size)) return [];
    const [ux, uy] = [dx / size, dy / size];
    const [tx, ty] = [x + ux * ARROW, y + uy * ARROW];
    const wing = (side) => [tx - 10 * ux - side * 5 * uy, ty - 10 * uy + side * 5 * ux];
    const end = [tx - 8 * ux, ty - 8 * uy];
    return [
      svgElement("polyline", { class: "arrow casing", points: written([[x, y], end]) }),
      svgElement("polyline", { class: "arrow", points: written([[x, y], end]), "data-testid": "arrow" }),
      svgElement("polygon", { class: "arrow-head", points: written([[tx, ty], wing(1), wing(-1)]) }),
    ];
  }

  spoken() {
    const what = this.isCurve ? "Curve" : "Contour plot";
    const act = this.look.hidden ? "Enter puts your prediction there" : "Enter sets the inputs there";
    return `${what}. Arrow keys move a cross, ${act}.`;
  }

  // Hands -----------------------------------------------------------------------------------------------------

  /** The place among the inputs that an event happened at, rounded to what a hand can mean; null outside. */
  placeOf(event) {
    const box = this.svg.getBoundingClientRect();
    const unit = box.width / SIZE.width;
    const across = ((event.clientX - box.left) / unit - AREA.left) / AREA.width;
    const up = 1 - ((event.clientY - box.top) / unit - AREA.top) / AREA.height;
    if (across < 0 || across > 1 || up < 0 || up > 1) return null;
    return this.placeAt(across, up);
  }

  placeAt(across, up) {
    const place = this.descent.frame.map(([low, high], axis) =>
      rounded(low + (axis ? up : across) * (high - low), high - low));
    return this.isCurve ? place.slice(0, 1) : place;
  }

  press(event) {
    const place = this.placeOf(event);
    if (place) this.told.pick(place);
  }

  hover(event) {
    if (!this.descent || this.look.hidden) return;
    const box = this.svg.getBoundingClientRect();
    const unit = box.width / SIZE.width;
    const [x, y] = [(event.clientX - box.left) / unit - AREA.left, (event.clientY - box.top) / unit - AREA.top];
    let [nearest, best] = [-1, REACH_PX];
    this.descent.points.forEach((point, step) => {
      const [px, py] = this.toArea(point);
      const away = Math.hypot(px - x, py - y);
      if (away < best) [nearest, best] = [step, away];
    });
    if (nearest >= 0) this.told.point(nearest);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.descent) return;
    if (event.key in KEYS) this.moveCross(KEYS[event.key], event.shiftKey ? 1 / FINE : 1);
    else if (event.key === "Enter" && this.cross) this.told.pick(this.cross);
    else if (event.key === "Escape" && this.cross) this.putCross(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  moveCross(by, share) {
    const { frame, points, names } = this.descent;
    const from = this.cross ?? points[0];
    const place = names.map((_, axis) => {
      const [low, high] = frame[axis];
      const moved = from[axis] + by[axis] * share * (high - low) / STEPS_ACROSS;
      return rounded(Math.min(high, Math.max(low, moved)), high - low);
    });
    this.putCross(place);
    this.told.say(names.map((name, axis) => `${name} = ${short(place[axis])}`).join(", "));
  }

  putCross(place) {
    this.cross = place;
    if (this.descent) this.draw();
  }
}

/** A number as it is written everywhere: whole ones bare, else four significant digits, with a true minus sign. */
export function short(number) {
  const near = Number.isInteger(number) ? number : Number(number.toPrecision(4));
  if (number === 0 || (Math.abs(number) >= 1e-3 && Math.abs(near) < 1e6)) return String(near + 0).replace("-", "−");
  const [mantissa, power] = number.toExponential(3).split("e");
  return `${Number(mantissa)}e${Number(power)}`.replaceAll("-", "−");
}

function isInside([x, y]) {
  return x >= 0 && x <= AREA.width && y >= 0 && y <= AREA.height;
}

/** A number to the digits that matter in an interval of that size. */
function rounded(value, size) {
  const power = Math.ceil(Math.log10(size)) - 3;
  // Added, 0 makes −0 a 0.
  return (power < 0 ? Number(value.toFixed(Math.min(100, -power))) : Math.round(value / 10 ** power) * 10 ** power) + 0;
}

/** The points without those that would lie on one that is drawn already; the first is drawn otherwise. */
function apart(points) {
  let last = points[0];
  return points.slice(1).filter(([x, y]) => {
    const isFar = Math.hypot(x - last[0], y - last[1]) >= APART;
    if (isFar) last = [x, y];
    return isFar;
  });
}

function written(points) {
  return points.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join(" ");
}

function line(x1, y1, x2, y2) {
  return svgElement("line", { x1, y1, x2, y2 });
}

function label(text, x, y, anchor, kind = "tick") {
  const made = svgElement("text", { x, y, "text-anchor": anchor, class: kind });
  made.textContent = text;
  return made;
}

function circle([cx, cy], r, kind) {
  return svgElement("circle", { cx, cy, r, class: kind });
}

function cross([x, y], kind) {
  const d = `M${x - 8} ${y}H${x + 8}M${x} ${y - 8}V${y + 8}`;
  const made = svgElement("g", { class: kind });
  made.append(svgElement("path", { d, class: "casing" }), svgElement("path", { d }));
  return made;
}
