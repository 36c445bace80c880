/**
 * Wires under the pointer: pulled from port to port, or taken with one click and put down with the next.
 *
 * @typedef {import("../model/types/picture_types.js").Point} Point
 * @typedef {import("../model/types/picture_types.js").PortPlace} PortPlace
 * @typedef {import("../drawing/view.js").View} View
 * @typedef {import("./wiring.js").Wiring} Wiring
 * @typedef {import("./drags.js").Drag} Drag
 */

import { isDragged } from "./drags.js";

const EDGE_ZONE_PX = 28;
const EDGE_STEP_PX = 9;

/**
 * Pull a wire out of a port; a click takes it in hand.
 * @param {View} view
 * @param {Wiring} wiring
 * @param {PortPlace} port
 * @param {PointerEvent} start
 * @returns {Drag}
 */
export function beginPull(view, wiring, port, start) {
  const first = view.pointOf(start);
  /** The pointer's place while it pulls. @type {Point | null} */
  let held = null;
  const panning = panNearEdge(view, wiring, () => held);
  return {
    nodes: [],
    move: (event) => {
      const point = view.pointOf(event);
      if (held === null && !isDragged(first, point)) return;
      if (held === null) wiring.beginWire(port);
      held = point;
      panning.begin();
      wiring.moveWire(point);
    },
    end: (event) => {
      const point = view.pointOf(event);
      const wasPulled = held !== null;
      held = null;
      if (wasPulled) {
        wiring.endWire(point);
      } else {
        wiring.beginWire(port);
        wiring.moveWire(point);
      }
    },
    cancel: () => {
      held = null;
      wiring.cancel();
    },
  };
}

/**
 * Put down a wire that an earlier click has taken in hand.
 * @param {View} view
 * @param {Wiring} wiring
 * @returns {Drag}
 */
export function beginPutDown(view, wiring) {
  return {
    nodes: [],
    move: (event) => wiring.moveWire(view.pointOf(event)),
    end: (event) => {
      const point = view.pointOf(event);
      wiring.moveWire(point);
      wiring.endWire(point);
    },
    cancel: () => wiring.cancel(),
  };
}

/**
 * While a wire is held near the edge, the canvas goes on panning below it.
 * @param {View} view
 * @param {Wiring} wiring
 * @param {() => Point | null} held
 */
function panNearEdge(view, wiring, held) {
  let isPanning = false;
  /** @param {number} place @param {number} size */
  const step = (place, size) =>
    place < EDGE_ZONE_PX ? EDGE_STEP_PX : place > size - EDGE_ZONE_PX ? -EDGE_STEP_PX : 0;
  const begin = () => {
    const point = held();
    if (isPanning || !wiring.isActive || point === null) return;
    const [dx, dy] = [step(point.x, view.width), step(point.y, view.height)];
    if (!dx && !dy) return;
    isPanning = true;
    requestAnimationFrame(() => {
      isPanning = false;
      const now = held();
      if (!wiring.isActive || now === null) return;
      view.pan(dx, dy);
      wiring.moveWire(now);
      begin();
    });
  };
  return { begin };
}
