/**
 * Places and sizes on the drawing.
 *
 * @typedef {import("../model/types/picture_types.js").Box} Box
 * @typedef {import("../model/types/picture_types.js").Bounds} Bounds
 */

/** @param {number} value @param {number} low @param {number} high */
export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/**
 * Where a box with a centre begins and ends.
 * @param {Box} box
 * @returns {Bounds}
 */
export function boundsOf({ x, y, width, height }) {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

/**
 * What holds all of some bounds; there must be one at least.
 * @param {readonly Bounds[]} parts
 * @returns {Bounds}
 */
export function around(parts) {
  return {
    left: Math.min(...parts.map(({ left }) => left)), right: Math.max(...parts.map(({ right }) => right)),
    top: Math.min(...parts.map(({ top }) => top)), bottom: Math.max(...parts.map(({ bottom }) => bottom)),
  };
}

/**
 * How far below a node's middle a port stands: ports share the height.
 * @param {number} index
 * @param {number} count
 * @param {number} height
 */
export function portOffset(index, count, height) {
  return ((index + 1) / (count + 1) - 0.5) * height;
}

/** Motion that begins quickly and comes to rest. @param {number} share of the way, from 0 to 1 */
export function eased(share) {
  return 1 - (1 - share) ** 3;
}
