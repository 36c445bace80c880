/**
 * What is written on wires: where a Variable is used twice the port that each wire leads to, and local derivatives.
 * A label stands beside its wire where it lies on no node, no port and no other label.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../model/types/picture_types.js").Point} Point
 * @typedef {import("../model/types/picture_types.js").Box} Box
 * @typedef {import("../model/types/picture_types.js").Bounds} Bounds
 */

import { element, setText } from "../parts/dom.js";
import { boundsOf } from "./geometry.js";

/** How far ports reach out of their nodes, and how near a label comes to anything. */
const CLEARANCE = { across: 14, down: 2 };
/** Where on the wire a label may stand, the best first, and how far above or below it. */
const SHARES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];
const OFFSETS = [15, -15, 32, -32, 50, -50, 70, -70, 95, -95];

export class WireLabels {
  /** By their wires. @type {Map<string, HTMLElement>} */
  #labels = new Map();
  #placed = "";
  /** @type {Picture["edges"]} */
  #edges = {};

  /**
   * @param {HTMLElement} layer in graph coordinates
   * @param {object} drawing
   * @param {(edge: string) => Point[]} drawing.wirePoints points along a wire as it is drawn
   * @param {() => Box[]} drawing.nodes where they are drawn
   */
  constructor(layer, { wirePoints, nodes }) {
    this.wirePoints = wirePoints;
    this.nodes = nodes;
    this.box = element("div", { class: "wire-labels", "aria-hidden": "true" }); // ports say it to screen readers
    layer.append(this.box);
  }

  /**
   * Whether a wire leads to a port in the lower half of its node: then its label looks for room below it.
   * @param {string} id
   */
  #isLower(id) {
    const { to, port } = this.#edges[id];
    const count = Object.values(this.#edges).filter((edge) => edge.to === to).length;
    return port > 0 && port >= count / 2;
  }

  /** @param {Picture} picture */
  show({ edges }) {
    if (edges === this.#edges) return;
    this.#edges = edges;
    for (const [id, label] of this.#labels) {
      if (edges[id]?.label) continue;
      label.remove();
      this.#labels.delete(id);
    }
    for (const { id, label } of Object.values(edges)) {
      if (!label) continue;
      const made = this.#labels.get(id) ?? element("span", { class: "wire-label", "data-wire": id });
      if (!this.#labels.has(id)) this.box.append(made);
      this.#labels.set(id, made);
      setText(made, label);
    }
    this.#placed = "";
  }

  /**
   * Put each label beside its wire, where a node or a text has another place or size than before.
   * @param {number} scale
   */
  place(scale) {
    if (this.#labels.size === 0) return;
    const nodes = this.nodes();
    const now = [scale < 1 ? scale.toFixed(2) : "", ...nodes.map(({ x, y, width, height }) => `${x},${y},${width},${height}`)].join(" ");
    if (now === this.#placed) return;
    this.#placed = now;
    const taken = nodes.map((box) => grown(boundsOf(box)));
    for (const [id, label] of this.#labels) {
      const points = this.wirePoints(id);
      label.hidden = points.length === 0;
      if (points.length === 0) continue;
      const size = { width: label.offsetWidth, height: label.offsetHeight };
      const { x, y } = besideWire(points, size, taken, this.#isLower(id) ? 1 : -1);
      taken.push(boundsOf({ x, y, ...size }));
      label.style.transform = `translate(${x - size.width / 2}px, ${y - size.height / 2}px)`;
    }
  }
}

/**
 * The middle of a label beside a wire where it covers nothing, or the least.
 * @param {readonly Point[]} points along the wire
 * @param {{width: number, height: number}} size
 * @param {readonly Bounds[]} taken
 * @param {1 | -1} side 1 where it rather stands below the wire, −1 above
 * @returns {Point}
 */
export function besideWire(points, size, taken, side) {
  let best = points[0];
  let least = Infinity;
  for (const offset of OFFSETS) {
    for (const share of SHARES) {
      const on = points[Math.round(share * (points.length - 1))];
      const place = { x: on.x, y: on.y + side * offset };
      const bounds = boundsOf({ ...place, ...size });
      const covered = taken.reduce((sum, other) => sum + common(bounds, other), 0);
      if (covered < least) [best, least] = [place, covered];
      if (covered === 0) return place;
    }
  }
  return best;
}

/** @param {Bounds} bounds */
function grown({ left, right, top, bottom }) {
  const { across, down } = CLEARANCE;
  return { left: left - across, right: right + across, top: top - down, bottom: bottom + down };
}

/** How large the part is that two have in common. @param {Bounds} one @param {Bounds} other */
function common(one, other) {
  const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return Math.max(wide, 0) * Math.max(high, 0);
}
