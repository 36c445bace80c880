/** Copy, paste, duplicate. */

import { pastePart, takePart } from "../model/copying.js";
import { shownIn } from "../model/block_model.js";
import { freeShift } from "../model/placement.js";

/** @typedef {import("../model/placement.js").Placed} Placed */

export class Clipboard {
  /** @type {import("../model/copying.js").Part | null} */
  #part = null;
  /** Where what was copied stood on the stage. @type {Placed[]} */
  #places = [];

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
    this.#places = this.#selectedPlaces();
    return true;
  }

  paste() {
    if (this.#part) this.#put(this.#part, this.#places);
    return true;
  }

  duplicate() {
    const part = this.#taken();
    if (part) this.#put(part, this.#selectedPlaces());
    return true;
  }

  /** What is selected, as it is shown. */
  #shown() {
    const { picture, selection } = this.model;
    return selection.frame !== null ? shownIn(picture, selection.frame) : picture.order.filter((id) => selection.nodes.has(id));
  }

  #selectedPlaces() {
    return this.#shown().map((id) => ({ ...this.edits.stage.placeOf(id) }));
  }

  #taken() {
    const { picture, selection } = this.model;
    return takePart(picture, selection.frame !== null ? [selection.frame] : this.#shown());
  }

  /**
   * @param {import("../model/copying.js").Part} part
   * @param {readonly Placed[]} places where its nodes stood
   */
  #put(part, places) {
    const { picture, reserved } = this.model;
    const { stage } = this.edits;
    const taken = picture.order.map((id) => stage.placeOf(id));
    const shift = freeShift(places, taken, picture.settings.node);
    const { events, ids } = pastePart(part, { picture, reserved, shift });
    this.edits.send(events);
    this.model.selection.select(ids.filter((id) => id in this.model.picture.nodes));
    stage.bringIntoSight(places.map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y })));
  }
}
