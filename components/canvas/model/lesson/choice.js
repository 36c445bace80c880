/**
 * How far somebody has come with what a lesson offers to choose from.
 *
 * @typedef {import("../types/lesson_types.js").Choice} Choice
 */

/**
 * Whether the right choice is shown, and none is taken any more.
 * @param {Choice} choice
 */
export function hasEnded({ state }) {
  return state === "right" || state === "late" || state === "wrong";
}

/**
 * What is said of one choice: it was found, it was chosen wrongly, or it is shown because nobody found it.
 * @param {Choice} choice
 * @param {number} place
 * @returns {"open" | "right" | "wrong" | "shown"}
 */
export function choiceMark({ right, tries }, place) {
  if (place === right) return tries.includes(place) ? "right" : "shown";
  return tries.includes(place) ? "wrong" : "open";
}
