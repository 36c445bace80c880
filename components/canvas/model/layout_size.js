/**
 * For which viewport the graph was last to be laid out, and whether another one is so different that it is to be anew.
 *
 * @typedef {readonly [width: number, height: number]} Viewport what the graph may take on the stage, in pixels
 */

/** By a smaller share width and height are the same to whoever reads: a scroll bar came, or a line below the stage. */
const OTHER_SHARE = [0.05, 0.2];

export class LayoutSize {
  /** @type {Viewport | undefined} */
  #known;

  /** @param {Viewport} viewport */
  isOther(viewport) {
    const known = this.#known;
    return known?.some((length, index) => Math.abs(viewport[index] - length) > OTHER_SHARE[index] * length) ?? false;
  }

  /**
   * Take a viewport in; answers whether it is another one. Many small changes become a large one.
   * @param {Viewport} viewport
   */
  take(viewport) {
    const isOther = this.isOther(viewport);
    if (isOther || this.#known === undefined) this.#known = viewport;
    return isOther;
  }
}
