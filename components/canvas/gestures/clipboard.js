/** Copy, paste, duplicate. */

import { pastePart, takePart } from "../model/copying.js";

const PASTE_STEP = 48;

export class Clipboard {
  /** @type {import("../model/copying.js").Part | null} */
  #part = null;
  /** How often the part was pasted: each copy stands beside the one before. */
  #pasted = 0;

  /**
   * @param {import("../model/page_model.js").PageModel} model
   * @param {import("./edits.js").Edits} edits
   */
  constructor(model, edits) {
    this.model = model;
    this.edits = edits;
  }

  copy() {
    const part = this.#taken();
    if (part === null) return true;
    this.#part = part;
    this.#pasted = 0;
    return true;
  }

  paste() {
    if (this.#part === null) return true;
    this.#pasted += 1;
    this.#put(this.#part, this.#pasted * PASTE_STEP);
    return true;
  }

  duplicate() {
    const part = this.#taken();
    if (part) this.#put(part, PASTE_STEP);
    return true;
  }

  #taken() {
    const { picture, selection } = this.model;
    const { frame, nodes } = selection;
    return takePart(picture, frame !== null ? [frame] : picture.order.filter((id) => nodes.has(id)));
  }

  /**
   * @param {import("../model/copying.js").Part} part
   * @param {number} shift
   */
  #put(part, shift) {
    const { picture, reserved } = this.model;
    const { events, ids } = pastePart(part, { picture, reserved, shift });
    this.edits.send(events);
    this.model.selection.select(ids.filter((id) => id in this.model.picture.nodes));
  }
}
