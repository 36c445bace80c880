/**
 * What somebody has begun at a graph and not handed over yet, of each graph that was opened.
 *
 * @typedef {object} Begun
 * @property {import("./lesson_drafts.js").Draft} [draft] what is written of a lesson
 * @property {import("./typed_answers.js").TypedAnswers} [typed] what is typed as answers and not locked
 */

import { readDraft } from "./lesson_drafts.js";
import { readTypedAnswers, withTyped } from "./typed_answers.js";

export class Unfinished {
  /** By the number of the opening. @type {Map<number | undefined, Begun>} */
  #begun = new Map();
  /** What belongs to the graph that is brought back next. @type {Begun | undefined} */
  #goesOn;
  /** @type {number | undefined} */
  #opening;

  /** @param {() => void} onChange there is something to keep */
  constructor(onChange = () => {}) {
    this.onChange = onChange;
  }

  /**
   * Begin with a session, whose openings are others.
   * @param {Begun | null} [begun] of the graph that is brought back
   */
  begin(begun) {
    this.#begun.clear();
    this.#goesOn = begun ? begunIn(begun) : undefined;
  }

  /**
   * Take in which graph is open.
   * @param {number | undefined} opening
   */
  see(opening) {
    this.#opening = opening;
    if (this.#goesOn) this.#begun.set(opening, this.#goesOn);
    this.#goesOn = undefined;
  }

  /** Of the graph that is open, or is about to be brought back. @returns {Begun} */
  get present() {
    return this.#goesOn ?? this.#begun.get(this.#opening) ?? {};
  }

  /**
   * Keep what is written of a lesson; nothing once it is handed over, or given up.
   * @param {import("./lesson_drafts.js").Draft} [draft]
   */
  keepDraft(draft) {
    this.#keep({ ...this.present, draft });
  }

  /**
   * Keep what is typed as an answer; nothing once it is locked.
   * @param {string} key of what is asked for
   * @param {string} [text]
   */
  keepTyped(key, text = "") {
    this.#keep({ ...this.present, typed: withTyped(this.present.typed, key, text) });
  }

  /** Forget what is typed: other numbers are asked for. */
  forgetTyped() {
    this.#keep({ ...this.present, typed: undefined });
  }

  /** @param {Begun} begun */
  #keep({ draft, typed }) {
    this.#begun.set(this.#opening, { ...(draft && { draft }), ...(typed && { typed }) });
    this.onChange();
  }
}

/**
 * What is begun, in what is stored; what is malformed in it is left out.
 * @param {{draft?: unknown, typed?: unknown}} stored
 * @returns {Begun}
 */
export function begunIn(stored) {
  const [draft, typed] = [readDraft(stored.draft), readTypedAnswers(stored.typed)];
  return { ...(draft && { draft }), ...(typed && { typed }) };
}
