/**
 * Which wires go around, kept up with where nodes stand, and vis-network's edges made to draw them so.
 *
 * @typedef {import("../model/types/picture_types.js").Point} Point
 * @typedef {import("../model/types/picture_types.js").Bounds} Bounds
 * @typedef {import("./vis.js").VisEdge} VisEdge
 * @typedef {import("./vis.js").VisEdgeType} VisEdgeType
 */

import { detoursOf, pointOnWay, traceWay } from "./detours.js";

const CURVE_SAMPLES = 16;
/** In larger graphs only what leads back goes around: nobody can follow the rest one by one. */
const LARGEST_TO_LOOK_UNDER = 150;

export class WireWays {
  /** The corners of the wires that go around. @type {Map<string, Point[]>} */
  #ways = new Map();
  /** From which output each wire comes. @type {Map<string, string>} */
  #sources = new Map();
  #seen = "";

  /** @param {() => Bounds[]} nodes where all of them are drawn */
  constructor(nodes) {
    this.nodes = nodes;
  }

  /**
   * Find the ways anew where something stands elsewhere than before.
   * @param {Record<string, VisEdge>} edges
   */
  follow(edges) {
    const nodes = this.nodes();
    const drawn = Object.values(edges).flatMap(({ id, edgeType }) => (edgeType && this.#sources.has(id) ? [{ id, edgeType }] : []));
    const seen = [
      ...nodes.map(({ left, top, right, bottom }) => `${left},${top},${right},${bottom}`),
      ...drawn.map(({ id, edgeType: { from, to } }) => `${id},${from.y},${to.y}`),
    ].join(" ");
    if (seen === this.#seen) return;
    this.#seen = seen;
    const looksUnder = nodes.length <= LARGEST_TO_LOOK_UNDER;
    this.#ways = new Map();
    this.#ways = detoursOf(drawn.map(({ id, edgeType }) => {
      const [from, to] = [edgeType.from, edgeType.to].map(({ x, y }) => ({ x, y }));
      const leadsOn = to.x > from.x;
      const curve = looksUnder && leadsOn
        ? Array.from({ length: CURVE_SAMPLES + 1 }, (_, step) => edgeType.getPoint(step / CURVE_SAMPLES)) : [];
      return { id, source: this.#sources.get(id) ?? id, from, to, curve };
    }), nodes);
  }

  /**
   * Have an edge draw the wire's way where it has one, and its own curve where not.
   * @param {string} id
   * @param {string} source the output that it comes from
   * @param {VisEdgeType} edgeType
   */
  guide(id, source, edgeType) {
    this.#sources.set(id, source);
    /** @type {VisEdgeType} */
    const own = Object.getPrototypeOf(edgeType);
    const way = () => this.#ways.get(id);
    edgeType._line = (context, values, ...via) => {
      const corners = way();
      if (corners === undefined) return own._line.call(edgeType, context, values, ...via);
      context.beginPath();
      traceWay(context, corners);
      edgeType.drawBackground(context, values);
      context.stroke();
    };
    let isSought = false;
    edgeType.getPoint = (share, via) => {
      const corners = way();
      if (corners) return isSought ? corners[corners.length - 1] : pointOnWay(corners, share);
      return via === undefined ? own.getPoint.call(edgeType, share) : own.getPoint.call(edgeType, share, via);
    };
    edgeType.getArrowData = (context, side, via, ...rest) => {
      const corners = way();
      // vis-network seeks along the wire where it meets its node: at its end, which is known.
      isSought = corners !== undefined && side === "to";
      const arrow = own.getArrowData.call(edgeType, context, side, via, ...rest);
      isSought = false;
      if (corners === undefined || side !== "to") return arrow;
      const point = corners[corners.length - 1]; // it comes in from the left
      return { ...arrow, point, core: { x: point.x - 0.9 * arrow.length, y: point.y }, angle: 0 };
    };
  }
}
