/**
 * Which picture a page may show before its session has answered: the one that the session will show, or none.
 *
 * It is the one with which every session begins, where this tab brings nothing back; else the one that was shown last,
 * where what this tab brings back is what that shows. Then nothing of it is wrong, and nothing is drawn anew.
 *
 * @typedef {import("./storage.js").KeyValues} KeyValues
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {Record<string, unknown>} Part of a picture
 * @typedef {{name: string, picture: Part}} NamedPicture
 * @typedef {Pick<import("./restore.js").TabEntry, "pending" | "pictured" | "document" | "shows">} Stored
 */

import { toDocument } from "../graph/document.js";

const KEY = "backprop-playground-picture";
/** So many characters are worth the room, and read at once. */
const LONGEST = 100_000;

/**
 * @param {Stored | null} stored what this tab brings back
 * @param {Part} constant what every picture holds
 * @param {NamedPicture} first with which every session begins
 * @param {NamedPicture | null} last which was shown last
 * @returns {{name: string, picture: Picture} | null}
 */
export function foreseenPicture(stored, constant, first, last) {
  if (stored !== null && (stored.pending.length > 0 || !stored.pictured)) return null;
  const found = stored === null ? first : [first, last].find((each) => each?.name === stored.pictured);
  if (!found) return null;
  const picture = /** @type {Picture} */ (/** @type {unknown} */ ({ ...constant, ...found.picture }));
  return stored === null || comesBack(picture, stored) ? { name: found.name, picture } : null;
}

/**
 * Whether all that a picture shows is brought back. What was asked for once is not, such as an explanation or a check. Nor is
 * it sure of whom the picture is: somebody else may have written into the browser's store.
 * @param {Picture} picture
 * @param {Stored} stored
 */
function comesBack(picture, { document, shows }) {
  try {
    const { insight, answered, build = { state: "open" }, tried } = picture.lesson ?? {};
    const isAsked = (insight !== undefined && !answered) || build.state !== "open" || tried === true || Boolean(shows?.panel);
    return !isAsked && JSON.stringify(toDocument(picture)) === JSON.stringify(document);
  } catch {
    return false;
  }
}

/** Keeps in the browser the picture that was shown last, without what every picture holds. */
export class LastPicture {
  /**
   * @param {KeyValues} store
   * @param {{name: string, part: Part}} constant what every picture holds
   */
  constructor(store, constant) {
    this.store = store;
    this.constant = constant;
  }

  /**
   * @param {string} name of the picture, which no other one has
   * @param {Part} picture
   */
  keep(name, picture) {
    const { part } = this.constant;
    const own = Object.fromEntries(Object.entries(picture).filter(([key, value]) => value !== part[key]));
    const text = JSON.stringify({ constant: this.constant.name, name, picture: own });
    if (text.length > LONGEST || !this.store.set(KEY, text)) this.store.remove(KEY);
  }

  /** @returns {NamedPicture | null} */
  find() {
    try {
      const { constant, name, picture } = JSON.parse(this.store.get(KEY) ?? "null");
      return constant === this.constant.name && typeof name === "string" ? { name, picture } : null;
    } catch {
      return null; // there is none
    }
  }
}
