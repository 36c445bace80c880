/**
 * How far somebody has come with all that a graph asks: how many numbers and choices there are, and what came of them.
 * It holds no answer and no number of the graph.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {object} Outcome
 * @property {number} asked how many hidden numbers, choices and graphs to be built there are
 * @property {number} right found at the first try
 * @property {number} late found at the second
 * @property {number} wrong answered twice, and not found
 * @property {number} revealed shown by request before they were found
 * @property {boolean} done whether nothing is left to be found
 */

/**
 * @param {Picture} picture
 * @returns {Outcome}
 */
export function outcomeOf({ asked = [], lesson }) {
  const { choice, build } = lesson ?? {};
  const states = [...asked.map(({ state }) => state), ...(choice ? [choice.state] : []), ...(build ? [BUILT[build.state]] : [])];
  const count = (/** @type {string} */ state) => states.filter((each) => each === state).length;
  const [right, late, wrong, revealed] = ["right", "late", "wrong", "revealed"].map(count);
  // Of a lesson that asks for words nobody but its explanation can say what is right.
  const isShown = states.length === 0 && lesson?.insight !== undefined;
  const isLeft = states.some((state) => state === "open" || state === "again") || asked.some(({ state }) => state === "wrong");
  const done = lesson?.answered ?? (isShown || (states.length > 0 && !isLeft));
  return { asked: states.length, right, late, wrong, revealed, done };
}

/** A graph that was looked at and is not right yet may be looked at again, as often as somebody likes. */
const BUILT = /** @type {const} */ ({ open: "open", wrong: "open", right: "right" });

/**
 * How often somebody has locked an answer, or had a graph looked at that is right.
 * @param {Picture} picture
 */
export function triesOf({ asked = [], lesson }) {
  const { choice, build } = lesson ?? {};
  const tries = asked.reduce((sum, each) => sum + each.tries.length, 0);
  return tries + (choice?.tries.length ?? 0) + (build?.state === "right" ? 1 : 0);
}
