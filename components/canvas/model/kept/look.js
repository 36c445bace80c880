/**
 * What is looked at beside the graph: to begin with, and as an earlier page has left it.
 *
 * @typedef {import("../types/exchange_types.js").Look} Look
 */

/** What is looked at to begin with; Python finds a learning rate as long as nobody has set one. @type {Look} */
export const FIRST_LOOK = {
  panel: "", stepping: false, local: false, bars: false, widths: false, number: "", exponent: -1,
  descent: { across: "", up: "", hold: false, frame: [], kind: 0 },
};

/**
 * What was looked at before a reload; what an earlier version of the page did not know is as it is to begin with.
 * @param {Partial<Look>} kept
 * @returns {Look}
 */
export function lookOf(kept) {
  const descent = { ...FIRST_LOOK.descent, ...kept.descent };
  return { ...FIRST_LOOK, ...kept, descent };
}
