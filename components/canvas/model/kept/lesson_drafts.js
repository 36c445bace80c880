/**
 * What somebody has written of a lesson and not handed over yet. A form that lacks its explanation cannot be handed over;
 * what is in it is kept all the same.
 *
 * @typedef {Record<string, string | boolean | string[]>} Draft what stands in the fields, by their names
 */

/** The fields that hold text, and those of which one of several is chosen, as text too. */
const TEXTS = [
  "question", "title", "answer", "choices", "right", "formula", "hint", "insight", "minutes", "level", "panel", "engine",
];
const LONGEST = 2000;
const MOST_INPUTS = 500;

/**
 * Read what is stored; undefined where it is no draft. What is malformed in it is left out.
 * @param {any} data
 * @returns {Draft | undefined}
 */
export function readDraft(data) {
  if (typeof data !== "object" || data === null) return undefined;
  const { automatic, fixed } = data;
  const isText = (/** @type {unknown} */ text) => typeof text === "string" && text.length <= LONGEST;
  /** @type {Draft} */
  const draft = Object.fromEntries(TEXTS.filter((name) => isText(data[name])).map((name) => [name, data[name]]));
  if (typeof automatic === "boolean") draft.automatic = automatic;
  if (Array.isArray(fixed) && fixed.length <= MOST_INPUTS && fixed.every(isText)) draft.fixed = fixed;
  return Object.keys(draft).length > 0 ? draft : undefined;
}
