/**
 * What somebody has written of a lesson and not handed over yet, of each graph that was opened. A form that lacks its
 * explanation cannot be handed over; what is in it is kept all the same.
 *
 * @typedef {Record<string, string | boolean | string[]>} Draft what stands in the fields, by their names
 */

/** The fields that hold text, and those of which one of several is chosen, as text too. */
const TEXTS = [
  "question", "title", "answer", "choices", "right", "formula", "hint", "insight", "minutes", "level", "panel", "engine",
];
const LONGEST = 2000;
const MOST_INPUTS = 500;

export class LessonDrafts {
  /** By the number of the opening. @type {Map<number | undefined, Draft>} */
  #drafts = new Map();
  /** What belongs to the graph that is brought back next. @type {Draft | undefined} */
  #goesOn;
  /** @type {number | undefined} */
  #opening;

  /**
   * Begin with a session, whose openings are others.
   * @param {Draft} [draft] of the graph that is brought back
   */
  begin(draft) {
    this.#drafts.clear();
    this.#goesOn = draft;
  }

  /**
   * Take in which graph is open.
   * @param {number | undefined} opening
   */
  see(opening) {
    this.#opening = opening;
    if (this.#goesOn) this.#drafts.set(opening, this.#goesOn);
    this.#goesOn = undefined;
  }

  /** Of the graph that is open, or is about to be brought back. @returns {Draft | undefined} */
  get present() {
    return this.#goesOn ?? this.#drafts.get(this.#opening);
  }

  /** @param {Draft | undefined} draft */
  set present(draft) {
    if (draft) this.#drafts.set(this.#opening, draft);
    else this.#drafts.delete(this.#opening);
  }
}

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
