/** Nodes that move to their places before the eye, unless less motion is asked for. */

/** @typedef {import("../model/types/picture_types.js").Point} Point */

import { prefersStillness } from "../parts/dom.js";
import { eased } from "./geometry.js";

const TRAVEL_MS = 320;

export class Travel {
  /** Nodes under way. @type {Map<string, [from: Point, to: Point]>} */
  #journeys = new Map();
  #departure = 0;

  /**
   * @param {(id: string, place: Point) => void} put
   * @param {() => void} onFrame
   * @param {() => void} onArrived
   */
  constructor(put, onFrame, onArrived) {
    this.put = put;
    this.onFrame = onFrame;
    this.onArrived = onArrived;
  }

  /** @param {ReadonlyMap<string, [from: Point, to: Point]>} journeys */
  begin(journeys) {
    if (journeys.size === 0) return;
    for (const [id, journey] of journeys) this.#journeys.set(id, journey);
    const start = performance.now();
    this.#departure = start;
    const isStill = prefersStillness();
    /** @param {number} now */
    const step = (now) => {
      if (this.#departure !== start) return; // a later journey has taken over
      const share = isStill ? 1 : Math.min((now - start) / TRAVEL_MS, 1);
      const way = eased(share);
      for (const [id, [from, to]] of this.#journeys) {
        this.put(id, { x: from.x + way * (to.x - from.x), y: from.y + way * (to.y - from.y) });
      }
      this.onFrame();
      if (share < 1) requestAnimationFrame(step);
      else {
        this.#journeys.clear();
        this.onArrived();
      }
    };
    step(start);
  }
}
