/**
 * The recent pictures by revision, and the latest.
 *
 * @typedef {import("./types.js").Picture} Picture
 */

import { mergePatch } from "./merge_patch.js";
import { EMPTY_PICTURE } from "./picture.js";

/** Pictures kept so that a difference from an older revision can still be applied. */
export const PICTURES_KEPT = 12;

export class PictureRevisions {
  /** @type {Map<number, Picture>} */
  #pictures = new Map([[0, EMPTY_PICTURE]]);

  constructor() {
    this.revision = 0;
    this.picture = EMPTY_PICTURE;
  }

  /**
   * Take in what Python sent; answers false when the difference starts from a picture that is not kept.
   * @param {{revision: number, base: number, picture: unknown}} message
   */
  take({ revision, base, picture: patch }) {
    // Streamlit may hand the same message over again, and an earlier one after a later one.
    if (revision <= this.revision) return true;
    const before = this.#pictures.get(base);
    if (before === undefined) return false;
    this.picture = /** @type {Picture} */ (mergePatch(before, patch)); // what Python sent, as `types.js` describes it
    this.revision = revision;
    this.#pictures.set(revision, this.picture);
    for (const each of this.#pictures.keys()) {
      if (this.#pictures.size <= PICTURES_KEPT) break;
      if (each !== 0) this.#pictures.delete(each);
    }
    return true;
  }

  /** Begin anew, with another session; the latest picture stays until there is another. */
  forget() {
    this.revision = 0;
    this.#pictures = new Map([[0, EMPTY_PICTURE]]);
  }
}
