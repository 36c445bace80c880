/** The space bar, held down: a drag then pans, as in other editors. */

import { isFromField } from "../parts/keys.js";

export class SpaceKey {
  isDown = false;

  /**
   * @param {HTMLElement} stage
   * @param {boolean} ownsPage whether it counts wherever the focus is
   */
  constructor(stage, ownsPage) {
    /** @type {EventTarget} */
    const listened = ownsPage ? globalThis : stage;
    /** @param {boolean} isDown */
    const turn = (isDown) => {
      this.isDown = isDown;
      stage.classList.toggle("panning", isDown);
    };
    listened.addEventListener("keydown", (event) => {
      if (event instanceof KeyboardEvent && event.key === " " && !isFromField(event)) turn(true);
    }, { capture: true });
    for (const kind of ["keyup", "blur"]) globalThis.addEventListener(kind, () => turn(false), { capture: true });
  }
}
