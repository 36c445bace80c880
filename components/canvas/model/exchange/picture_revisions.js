/**
 * The recent pictures by revision, and the latest; with each what Undo and Redo would have done.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {import("../types/event_types.js").UndoHistory} UndoHistory
 * @typedef {{past?: Record<string, string>, future?: Record<string, string>}} ToldHistory by numbers that count on
 */

import { toDocument } from "../graph/document.js";
import { EMPTY_PICTURE } from "../graph/picture.js";
import { mergePatch } from "./merge_patch.js";
import { sharing } from "./sharing.js";

/** Pictures kept so that a difference from an older revision can still be applied. */
export const PICTURES_KEPT = 12;

/** @type {{picture: Picture, history: ToldHistory}} */
const NOTHING = { picture: EMPTY_PICTURE, history: {} };

/**
 * Whether a message was made before another of the same session: two ways lead here, and one may be the slower.
 * @param {{session: string, post: number, revision: number}} message
 * @param {{session: string, post: number, revision: number}} other
 */
export function isOlder(message, other) {
  return message.session === other.session && (message.post < other.post || message.revision < other.revision);
}

/**
 * @param {Picture} one
 * @param {Picture} other
 */
function isSameGraph(one, other) {
  return JSON.stringify(toDocument(one)) === JSON.stringify(toDocument(other));
}

/** Which opening of a graph a picture is of that is shown before Python's first: Python counts its own from 1. */
const BEFORE_ALL = 0;

export class PictureRevisions {
  /** @type {Map<number, {picture: Picture, history: ToldHistory}>} */
  #known = new Map([[0, NOTHING]]);
  /** Which opening Python calls the one of the picture that was foreseen. @type {number | undefined} */
  #opening;
  /** What is shown until Python's first picture comes, and what it is called. @type {{picture: Picture, name: string} | null} */
  #foreseen = null;

  constructor() {
    this.revision = 0;
    this.picture = EMPTY_PICTURE;
    /** @type {ToldHistory} */
    this.history = {};
  }

  /**
   * Show what Python's first picture will be.
   * @param {Picture} picture
   * @param {string} name
   */
  foresee(picture, name) {
    this.picture = /** @type {Picture} */ (mergePatch(EMPTY_PICTURE, { ...picture, document: BEFORE_ALL }));
    this.#foreseen = { picture: this.picture, name };
  }

  /** What the latest picture is called, where it is the one that was foreseen; else "". */
  get name() {
    return this.#foreseen?.picture === this.picture ? this.#foreseen.name : "";
  }

  /**
   * A picture of Python's; the one that was foreseen where the first is the same, so that nothing is drawn anew. Where the
   * first tells more or less of the same graph, that is no other opening, nor is it in any picture that follows.
   * @param {Picture} picture
   */
  #asForeseen(picture) {
    const foreseen = this.#foreseen?.picture;
    const isFirst = this.revision === 0 && this.picture === foreseen;
    if (foreseen === undefined || (!isFirst && picture.document !== this.#opening)) return picture;
    const shown = sharing(foreseen, { ...picture, document: BEFORE_ALL });
    if (isFirst && shown !== foreseen && !isSameGraph(shown, foreseen)) return { ...shown, document: picture.document };
    this.#opening = picture.document;
    return shown;
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
    this.picture = this.#asForeseen(/** @type {Picture} */ (mergePatch(before.picture, patch)));
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
    this.#opening = undefined;
    this.#known = new Map([[0, NOTHING]]);
  }
}
