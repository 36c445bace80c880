/**
 * Where what is said of a node stands on the stage: beside it, over as little of the other nodes as can be.
 *
 * @typedef {import("../model/types/picture_types.js").Bounds} Bounds
 * @typedef {{width: number, height: number}} Size
 * @typedef {{left: number, top: number}} Corner
 */

import { clamp } from "./geometry.js";

const GAP_PX = 8;
/** What it counts to lie over the node itself, beside over another one. */
const OWN = 4;

/**
 * @param {Bounds} node
 * @param {Size} size of what is said
 * @param {Size} stage
 * @param {readonly Bounds[]} others
 * @returns {Corner}
 */
export function clearPlace(node, { width, height }, stage, others) {
  const [across, down] = [(node.left + node.right - width) / 2, (node.top + node.bottom - height) / 2];
  const [above, below] = [node.top - height - GAP_PX, node.bottom + GAP_PX];
  const [before, behind] = [node.left - width - GAP_PX, node.right + GAP_PX];
  const places = [[across, above], [across, below], [behind, down], [before, down], [behind, above], [before, above], [behind, below], [before, below]];
  let best = { left: 0, top: 0 };
  let least = Infinity;
  for (const [x, y] of places) {
    const [left, top] = [clamp(x, 0, Math.max(stage.width - width, 0)), clamp(y, 0, Math.max(stage.height - height, 0))];
    const place = { left, top, right: left + width, bottom: top + height };
    const covered = others.reduce((sum, other) => sum + overlap(place, other), OWN * overlap(place, node));
    if (covered < least) [best, least] = [{ left, top }, covered];
  }
  return best;
}

/**
 * The area that two have in common.
 * @param {Bounds} one
 * @param {Bounds} other
 */
function overlap(one, other) {
  const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return Math.max(wide, 0) * Math.max(high, 0);
}
