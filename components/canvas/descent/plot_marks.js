/**
 * What is drawn in the plot.
 *
 * @typedef {import("./plot_area.js").Place} Place
 */

import { svgElement } from "../parts/dom.js";
import { written } from "./plot_area.js";

const ARROW = 46;

/** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 */
export function line(x1, y1, x2, y2) {
  return svgElement("line", { x1, y1, x2, y2 });
}

/**
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {"middle" | "end"} anchor
 * @param {"tick" | "name"} [kind]
 */
export function label(text, x, y, anchor, kind = "tick") {
  const made = svgElement("text", { x, y, "text-anchor": anchor, class: kind });
  made.textContent = text;
  return made;
}

/** @param {Place} at @param {number} r @param {string} kind */
export function circle([cx, cy], r, kind) {
  return svgElement("circle", { cx, cy, r, class: kind });
}

/** @param {Place} at @param {string} kind */
export function cross([x, y], kind) {
  const d = `M${x - 8} ${y}H${x + 8}M${x} ${y - 8}V${y + 8}`;
  const made = svgElement("g", { class: kind });
  made.append(svgElement("path", { d, class: "casing" }), svgElement("path", { d }));
  return made;
}

/**
 * An arrow from a point of the area; none where it has no direction.
 * @param {Place} from
 * @param {Place} direction
 */
export function arrow([x, y], [dx, dy]) {
  const size = Math.hypot(dx, dy);
  if (!(size > 0) || !Number.isFinite(size)) return [];
  const [ux, uy] = [dx / size, dy / size];
  const [tx, ty] = [x + ux * ARROW, y + uy * ARROW];
  /** @param {number} side */
  const wing = (side) => [tx - 10 * ux - side * 5 * uy, ty - 10 * uy + side * 5 * ux];
  const end = [tx - 8 * ux, ty - 8 * uy];
  return [
    svgElement("polyline", { class: "arrow casing", points: written([[x, y], end]) }),
    svgElement("polyline", { class: "arrow", points: written([[x, y], end]), "data-testid": "arrow" }),
    svgElement("polygon", { class: "arrow-head", points: written([[tx, ty], wing(1), wing(-1)]) }),
  ];
}
