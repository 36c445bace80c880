/**
 * Where somebody says that the first step will lead, while it is hidden from them.
 *
 * @typedef {import("./plot_area.js").Place} Place
 */

export class Prediction {
  #isRevealed = false;

  constructor() {
    this.isOn = false;
    /** @type {Place | undefined} */
    this.guess = undefined;
  }

  /**
   * Begin to predict, or let it be.
   * @param {boolean} isOn
   */
  turn(isOn) {
    this.isOn = isOn;
    this.askAgain();
  }

  /** There is another point to predict. */
  askAgain() {
    this.#isRevealed = false;
    this.guess = undefined;
  }

  /** Show where the step leads, beside what was said. */
  reveal() {
    this.#isRevealed = true;
  }

  /**
   * Whether the way is hidden.
   * @param {number} steps how many there are
   */
  hides(steps) {
    return this.isOn && !this.#isRevealed && steps > 0;
  }
}
