/**
 * What a pointer that went down on the stage does until it goes up: pan, move nodes, scrub a number, draw a box.
 *
 * @typedef {import("../model/types/picture_types.js").Point} Point
 * @typedef {import("../model/page_model.js").PageModel} PageModel
 * @typedef {import("../drawing/stage.js").Stage} Stage
 * @typedef {import("./edits.js").Edits} Edits
 *
 * @typedef {object} Drag
 * @property {(event: PointerEvent) => void} move
 * @property {(event: PointerEvent) => void} end
 * @property {() => void} cancel puts back what is in hand
 * @property {readonly string[]} nodes the ids of those in hand
 */

import { element } from "../parts/dom.js";
import { scrubbed } from "../model/scrubbing.js";
import { selectWithin } from "./selecting.js";

const DRAG_THRESHOLD_PX = 4;
const SCRUB_PX_A_STEP = 4;

/**
 * Whether a pointer has gone so far from where it went down that it drags.
 * @param {Point} first
 * @param {Point} point
 */
export function isDragged(first, point) {
  return Math.hypot(point.x - first.x, point.y - first.y) > DRAG_THRESHOLD_PX;
}

/**
 * Drag the ground.
 * @param {Stage} stage
 * @param {PointerEvent} start
 * @param {(event: PointerEvent, point: Point) => void} click where it did not move
 * @returns {Drag}
 */
export function beginPan({ view }, start, click) {
  const first = view.pointOf(start);
  let last = first;
  let moved = false;
  return {
    nodes: [],
    move: (event) => {
      const point = view.pointOf(event);
      moved ||= isDragged(first, point);
      const [dx, dy] = [point.x - last.x, point.y - last.y];
      if (!moved || (dx === 0 && dy === 0)) return;
      last = point;
      view.pan(dx, dy);
    },
    end: (event) => {
      if (!moved) click(event, first);
    },
    cancel: () => {},
  };
}

/**
 * Let nodes follow the pointer from where it went down.
 * @param {Stage} stage
 * @param {Edits} edits
 * @param {readonly string[]} ids
 * @param {PointerEvent} start
 * @param {(event: PointerEvent) => void} click where it did not move
 * @returns {Drag}
 */
export function beginMove(stage, edits, ids, start, click) {
  const { view, drawing } = stage;
  const first = view.pointOf(start);
  // Held by a place of the graph, not of the screen: the wheel may zoom meanwhile, and the window change its size.
  const grip = view.toGraph(first);
  const origins = ids.map((id) => ({ id, ...stage.placeOf(id) }));
  let moved = false;
  /** @param {number} dx @param {number} dy */
  const putAt = (dx, dy) => {
    for (const { id, x, y } of origins) drawing.move(id, x + dx, y + dy);
    drawing.redraw();
  };
  return {
    nodes: ids,
    move: (event) => {
      const point = view.pointOf(event);
      moved ||= isDragged(first, point);
      const { x, y } = view.toGraph(point);
      if (moved) putAt(x - grip.x, y - grip.y);
    },
    end: (event) => {
      if (moved) edits.commitMove(ids, first);
      else click(event);
    },
    cancel: () => putAt(0, 0),
  };
}

/**
 * Drag a number sideways: every number downstream follows.
 * @param {PageModel} model
 * @param {Stage} stage
 * @param {string} id
 * @param {PointerEvent} start
 * @param {() => void} click where it did not move
 * @returns {Drag}
 */
export function beginScrub(model, { view }, id, start, click) {
  const first = view.pointOf(start);
  const { value: entered, slides } = model.picture.nodes[id];
  const [name, value] = slides ?? [undefined, entered];
  const gesture = model.outbox.nextGesture();
  let hasScrubbed = false;
  let now = value;
  /** @param {number} number @returns {import("../model/types/event_types.js").EditEvent} */
  const setting = (number) => (name === undefined ? { type: "set value", node: id, value: number }
    : { type: "set parameter", node: id, name, value: number });
  const putBack = () => {
    if (hasScrubbed && typeof value === "number") model.giveUp(setting(value), gesture);
  };
  return {
    nodes: [id],
    move: (event) => {
      const point = view.pointOf(event);
      const dx = point.x - first.x;
      if (typeof value !== "number" || (!hasScrubbed && !isDragged({ x: 0, y: 0 }, { x: dx, y: 0 }))) return;
      hasScrubbed = true;
      now = scrubbed(value, Math.round(dx / SCRUB_PX_A_STEP), event.shiftKey || event.altKey);
      model.edit(setting(now), first, gesture);
    },
    end: () => {
      if (!hasScrubbed) click();
      else if (now === value) putBack();
    },
    cancel: () => {
      if (id in model.picture.nodes) putBack();
    },
  };
}

/**
 * Draw a box around nodes.
 * @param {PageModel} model
 * @param {Stage} stage
 * @param {PointerEvent} start
 * @returns {Drag}
 */
export function beginBox(model, stage, start) {
  const first = stage.view.pointOf(start);
  const box = element("div", { class: "box" });
  stage.element.append(box);
  /** @param {PointerEvent} event */
  const cornersAt = (event) => {
    const point = stage.view.pointOf(event);
    return {
      left: Math.min(first.x, point.x), top: Math.min(first.y, point.y),
      right: Math.max(first.x, point.x), bottom: Math.max(first.y, point.y),
    };
  };
  return {
    nodes: [],
    move: (event) => {
      const { left, top, right, bottom } = cornersAt(event);
      Object.assign(box.style, {
        left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px`,
      });
    },
    end: (event) => {
      box.remove();
      selectWithin(model, stage, cornersAt(event));
    },
    cancel: () => box.remove(),
  };
}
