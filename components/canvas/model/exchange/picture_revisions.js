/**
 * The recent pictures by revision, and the latest; with each what Undo and Redo would have done.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {import("../types/event_types.js").UndoHistory} UndoHistory
 * @typedef {{past?: Record<string, string>, future?: Record<string, string>}} ToldHistory by numbers that count on
 */

import { EMPTY_PICTURE } from "../graph/picture.js";
import { mergePatch } from "./merge_patch.js";

/** Pictures kept so that a difference from an older revision can still be applied. */
export const PICTURES_KEPT = 12;

/** @type {{picture: Picture, history: ToldHistory}} */
const NOTHING = { picture: EMPTY_PICTURE, history: {} };

export class PictureRevisions {
  /** @type {Map<number, {picture: Picture, history: ToldHistory}>} */
  #known = new Map([[0, NOTHING]]);

  constructor() {
    this.revision = 0;
    this.picture = EMPTY_PICTURE;
    /** @type {ToldHistory} */
    this.history = {};
  }

  /**
   * Take in what Python sent; answers false when the difference starts from a picture that is not kept.
   * @param {{revision: number, base: number, picture: unknown, history?: unknown}} message
   */
  take({ revision, base, picture: patch, history = {} }) {
    // Streamlit may hand the same message over again, and an earlier one after a later one.
    if (revision <= this.revision) return true;
    const before = this.#known.get(base);
    if (before === undefined) return false;
    // What Python sent, as `types.js` describes it.
    this.picture = /** @type {Picture} */ (mergePatch(before.picture, patch));
    this.history = /** @type {ToldHistory} */ (mergePatch(before.history, history));
    this.revision = revision;
    this.#known.set(revision, { picture: this.picture, history: this.history });
    for (const each of this.#known.keys()) {
      if (this.#known.size <= PICTURES_KEPT) break;
      if (each !== 0) this.#known.delete(each);
    }
    return true;
  }

  /** What Undo and Redo would do, in order. @returns {UndoHistory} */
  get undoHistory() {
    // Keys that are whole numbers stand in their order.
    return { past: Object.values(this.history.past ?? {}), future: Object.values(this.history.future ?? {}) };
  }

  /** Begin anew, with another session; the latest picture stays until there is another. */
  forget() {
    this.revision = 0;
    this.#known = new Map([[0, NOTHING]]);
  }
}
