/**
 * A press that comes again at once is the same press: the second half of a double click, a key or a finger that bounces. Where
 * a button means something else after each press, nobody could have read what the second one would do.
 */

/** Longer than between the clicks of a double click, shorter than it takes to read what stands there now. */
export const AGAIN_MS = 400;

export class OnePress {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLElement} [box] says for as long, in `data-pressed`, that a press was taken */
  constructor(box) {
    this.box = box;
  }

  /** Whether a press counts; it is told of each, so that one that goes on and on is one still. */
  take() {
    const counts = this.#timer === undefined;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.box) delete this.box.dataset.pressed;
    }, AGAIN_MS);
    if (this.box) this.box.dataset.pressed = "";
    return counts;
  }
}

/**
 * Let Enter that is held press no button, and send no form, again and again: what stands under the focus changes meanwhile.
 * @param {HTMLElement} box
 */
export function refuseHeldEnter(box) {
  box.addEventListener("keydown", (event) => {
    if (event.repeat && event.key === "Enter" && !(event.target instanceof HTMLTextAreaElement)) event.preventDefault();
  });
}
