/** Hands on the stage: mouse, pen and fingers, all as pointer events. */

import { element } from "../parts/dom.js";

const DRAG_THRESHOLD_PX = 4;
const DOUBLE_CLICK_MS = 400;
const WIRE_REACH_PX = 10;
const WHEEL_ZOOM = 0.0016;
const LINE_WHEEL_PX = 16;
const EDGE_PAN_ZONE_PX = 28;
const EDGE_PAN_STEP_PX = 9;
const SCRUB_PX_A_STEP = 4;
const SCRUB_DECIMALS = 12; // 0.1 + 0.2 is to read 0.3

export class Gestures {
  /** @param {import("../canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.pointers = new Map();
    /** @type {{move: (event: PointerEvent) => void, end: (event: PointerEvent) => void, cancel: () => void} | null} */
    this.drag = null;
    const { stage } = canvas;
    stage.addEventListener("pointerdown", (event) => this.down(event));
    stage.addEventListener("pointermove", (event) => this.move(event));
    stage.addEventListener("pointerup", (event) => this.up(event));
    stage.addEventListener("pointercancel", (event) => this.abandon(event));
    stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  down(event) {
    if (event.target.closest(".controls, .doubts, .editor, .search, .frame button")) return;
    if (event.button !== 0 && event.button !== 1) return;
    const { canvas } = this;
    this.pointers.set(event.pointerId, canvas.view.pointOf(event));
    if (this.pointers.size === 2) {
      this.beginPinch();
      return;
    }
    if (this.drag) return;
    canvas.notice.clear();
    canvas.stage.setPointerCapture(event.pointerId);
    const port = event.target.closest(".port");
    const node = event.target.closest(".node");
    const frame = event.target.closest(".frame");
    if (canvas.wiring.active) this.drag = this.placeWire(event);
    else if (port) this.drag = this.pullWire(port, event);
    else if (event.target.closest(".value") && !event.shiftKey) this.drag = this.scrub(node, event);
    else if (node && event.button === 0) this.drag = this.moveNodes(node, event);
    else if (frame && event.button === 0) this.drag = this.moveFrame(frame, event);
    else if (event.shiftKey) this.drag = this.drawBox(event);
    else this.drag = this.pan(event);
  }

  move(event) {
    const point = this.canvas.view.pointOf(event);
    if (this.pointers.has(event.pointerId)) this.pointers.set(event.pointerId, point);
    if (this.pinch) this.movePinch();
    else if (this.drag) this.drag.move(event);
    else if (this.canvas.wiring.active) this.canvas.wiring.move(point);
  }

  up(event) {
    this.pointers.delete(event.pointerId);
    if (this.pinch) {
      if (this.pointers.size === 0) this.pinch = null;
      return;
    }
    const { drag } = this;
    this.drag = null;
    drag?.end(event);
  }

  abandon(event) {
    this.pointers.delete(event.pointerId);
    this.pinch = this.pointers.size ? this.pinch : null;
    this.cancel();
  }

  /** Put whatever is in hand back. Answers whether there was something. */
  cancel() {
    const held = this.drag !== null || this.canvas.wiring.active;
    this.drag?.cancel();
    this.drag = null;
    this.canvas.wiring.cancel();
    return held;
  }

  pan(start) {
    const { canvas } = this;
    let last = canvas.view.pointOf(start);
    const first = last;
    let moved = false;
    return {
      move: (event) => {
        const point = canvas.view.pointOf(event);
        moved ||= distance(point, first) > DRAG_THRESHOLD_PX;
        if (!moved) return;
        canvas.view.pan(point.x - last.x, point.y - last.y);
        last = point;
      },
      end: (event) => {
        if (moved) return;
        if (this.isDoubleClick("ground", event.timeStamp)) canvas.searchAt(first);
        else canvas.selectWireOrNothing(canvas.drawing.wireAt(
          canvas.view.toGraph(first), WIRE_REACH_PX / canvas.view.scale,
        ));
      },
      cancel: () => {},
    };
  }

  moveNodes(nodeElement, start) {
    const { canvas } = this;
    const { id } = nodeElement.dataset;
    const first = canvas.view.pointOf(start);
    const wasSelected = canvas.selection.has(id);
    if (start.shiftKey) canvas.toggleSelected(id);
    else if (!wasSelected) canvas.select([id]);
    nodeElement.focus({ preventScroll: true });
    const ids = canvas.selection.has(id) ? [...canvas.selection] : [id];
    return this.carry(ids, first, (event) => {
      if (start.shiftKey) return;
      const candidate = canvas.stepper.candidateAt(id);
      if (candidate !== undefined) {
        canvas.stepper.pick(candidate);
        return;
      }
      canvas.select([id]);
      if (this.isDoubleClick(id, event.timeStamp)) canvas.enter(id);
    });
  }

  /** Drag an open block by its frame: all that stands in it comes along. A double click closes it. */
  moveFrame(frameElement, start) {
    const { canvas } = this;
    const id = frameElement.dataset.block;
    const first = canvas.view.pointOf(start);
    canvas.blocks.choose(id);
    frameElement.firstChild.focus({ preventScroll: true });
    return this.carry(canvas.blocks.inside(id), first, (event) => {
      if (this.isDoubleClick(id, event.timeStamp)) canvas.blocks.close(id);
    });
  }

  /** Let nodes follow the pointer from where it went down; where it did not move, it was a click. */
  carry(ids, first, click) {
    const { canvas } = this;
    const origins = new Map(ids.map((each) => [each, canvas.placeOf(each)]));
    let moved = false;
    const putAt = (dx, dy) => {
      for (const [each, origin] of origins) canvas.drawing.move(each, origin.x + dx, origin.y + dy);
      canvas.drawing.redraw();
    };
    return {
      move: (event) => {
        const point = canvas.view.pointOf(event);
        moved ||= distance(point, first) > DRAG_THRESHOLD_PX;
        if (moved) putAt((point.x - first.x) / canvas.view.scale, (point.y - first.y) / canvas.view.scale);
      },
      end: (event) => {
        if (moved) canvas.edits.commitMove(ids, first);
        else click(event);
      },
      cancel: () => putAt(0, 0),
    };
  }

  /** Drag a number sideways: every number downstream follows. A click opens the field instead. */
  scrub(nodeElement, start) {
    const { canvas } = this;
    const { id } = nodeElement.dataset;
    const first = canvas.view.pointOf(start);
    const { value: entered, slides } = canvas.picture.nodes[id];
    const [name, value] = slides ?? [undefined, entered];
    const step = stepOf(value);
    const gesture = canvas.outbox.nextGesture();
    let scrubbed = false;
    canvas.select([id]);
    nodeElement.focus({ preventScroll: true });
    const event = name === undefined ? { type: "set value", node: id } : { type: "set parameter", node: id, name };
    const set = (number) => canvas.edit({ ...event, value: number }, first, gesture);
    return {
      move: (event) => {
        const dx = canvas.view.pointOf(event).x - first.x;
        if (typeof value !== "number" || (!scrubbed && Math.abs(dx) <= DRAG_THRESHOLD_PX)) return;
        scrubbed = true;
        const fine = event.shiftKey ? 0.1 : 1;
        const steps = Math.round(dx / SCRUB_PX_A_STEP);
        set(Number((value + steps * step * fine).toFixed(SCRUB_DECIMALS)));
      },
      end: () => {
        if (!scrubbed) canvas.editValue(id);
      },
      cancel: () => {
        if (scrubbed) set(value);
      },
    };
  }

  pullWire(port, start) {
    const { canvas } = this;
    const { id } = port.closest(".node").dataset;
    const { side, index } = port.dataset;
    const first = canvas.view.pointOf(start);
    let pulled = false;
    return {
      move: (event) => {
        const point = canvas.view.pointOf(event);
        if (!pulled && distance(point, first) <= DRAG_THRESHOLD_PX) return;
        if (!pulled) canvas.wiring.begin(id, side, Number(index));
        pulled = true;
        this.wirePoint = point;
        this.panNearEdge();
        canvas.wiring.move(point);
      },
      end: (event) => {
        const point = canvas.view.pointOf(event);
        // A click takes the wire in hand; the next click puts it down.
        if (pulled) canvas.wiring.end(point);
        else {
          canvas.wiring.begin(id, side, Number(index));
          canvas.wiring.move(point);
        }
      },
      cancel: () => canvas.wiring.cancel(),
    };
  }

  placeWire() {
    const { canvas } = this;
    return {
      move: (event) => canvas.wiring.move(canvas.view.pointOf(event)),
      end: (event) => {
        const point = canvas.view.pointOf(event);
        canvas.wiring.move(point);
        canvas.wiring.end(point);
      },
      cancel: () => canvas.wiring.cancel(),
    };
  }

  drawBox(start) {
    const { canvas } = this;
    const first = canvas.view.pointOf(start);
    const box = element("div", { class: "box" });
    canvas.stage.append(box);
    const corners = (event) => {
      const point = canvas.view.pointOf(event);
      return {
        left: Math.min(first.x, point.x), top: Math.min(first.y, point.y),
        right: Math.max(first.x, point.x), bottom: Math.max(first.y, point.y),
      };
    };
    return {
      move: (event) => {
        const { left, top, right, bottom } = corners(event);
        Object.assign(box.style, {
          left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px`,
        });
      },
      end: (event) => {
        box.remove();
        canvas.selectWithin(corners(event));
      },
      cancel: () => box.remove(),
    };
  }

  beginPinch() {
    this.drag?.cancel();
    this.drag = null;
    this.pinch = this.fingers();
  }

  movePinch() {
    if (this.pointers.size < 2) return;
    const { view } = this.canvas;
    const now = this.fingers();
    view.pan(now.middle.x - this.pinch.middle.x, now.middle.y - this.pinch.middle.y);
    view.zoom(now.spread / this.pinch.spread, now.middle);
    this.pinch = now;
  }

  fingers() {
    const [a, b] = this.pointers.values();
    return { middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, spread: Math.max(distance(a, b), 1) };
  }

  /** While a wire is held near the edge, the canvas goes on panning below it. */
  panNearEdge() {
    const { view, wiring } = this.canvas;
    if (this.panning || !wiring.active || this.drag === null) return;
    const step = (place, size) =>
      place < EDGE_PAN_ZONE_PX ? EDGE_PAN_STEP_PX : place > size - EDGE_PAN_ZONE_PX ? -EDGE_PAN_STEP_PX : 0;
    const [dx, dy] = [step(this.wirePoint.x, view.width), step(this.wirePoint.y, view.height)];
    if (!dx && !dy) return;
    this.panning = true;
    requestAnimationFrame(() => {
      this.panning = false;
      if (!wiring.active || this.drag === null) return;
      view.pan(dx, dy);
      wiring.move(this.wirePoint);
      this.panNearEdge();
    });
  }

  wheel(event) {
    if (event.target.closest(".editor, .search")) return;
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE_WHEEL_PX : event.deltaY;
    this.canvas.view.zoom(Math.exp(-pixels * WHEEL_ZOOM), this.canvas.view.pointOf(event));
  }

  /** The stage holds the pointer, so a double click is told by the clock, not by the browser. */
  isDoubleClick(id, time) {
    const { id: before, time: then } = this.lastClick ?? {};
    const isDouble = before === id && time - then < DOUBLE_CLICK_MS;
    this.lastClick = isDouble ? null : { id, time }; // a third click is a first one again
    return isDouble;
  }
}

function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** A tenth of the number's power of ten: 2 goes by 0.1, 30 by 1, 0.05 by 0.001. */
function stepOf(value) {
  const magnitude = Math.abs(value) > 0 ? Math.floor(Math.log10(Math.abs(value))) : 0;
  return 10 ** (magnitude - 1);
}
