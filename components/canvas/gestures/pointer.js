/**
 * Hands on the stage: mouse, pen and fingers, all as pointer events.
 *
 * @typedef {import("../model/types.js").Point} Point
 * @typedef {import("../model/page_model.js").PageModel} PageModel
 * @typedef {import("../drawing/stage.js").Stage} Stage
 * @typedef {import("./drags.js").Drag} Drag
 *
 * @typedef {object} Hands what a pointer works with
 * @property {import("./edits.js").Edits} edits
 * @property {import("./wiring.js").Wiring} wiring
 * @property {import("./blocks.js").Blocks} blocks
 * @property {(point: Point) => void} searchAt
 * @property {(id: string) => void} enter goes into a node: edits its value, or opens a block
 * @property {(id: string) => void} editValue
 * @property {(id: string, kind: string) => void} ask answers a hidden number of a node
 * @property {(id: string) => void} rename
 * @property {() => boolean} selectsMore whether each tap adds to the selection
 * @property {(id: string) => boolean} pick picks a node's Function to come next, if it may
 */

import { around } from "../parts/dom.js";
import { shownIn } from "../model/block_model.js";
import { beginBox, beginMove, beginPan, beginScrub } from "./drags.js";
import { selectWire } from "./selecting.js";
import { beginPull, beginPutDown } from "./wire_drags.js";

const DOUBLE_CLICK_MS = 400;
const WIRE_REACH_PX = 10;
const WHEEL_ZOOM = 0.0016;
const LINE_WHEEL_PX = 16;
/** What stands on the stage and takes its own clicks. */
const OWN_CLICKS = ".editor, .search, .frame button, .selection-bar, .hint button";
/** How long a finger rests on a node to add it to the selection. */
const LONG_PRESS_MS = 500;
/** The part of a node, from its top, that its name stands in. */
const NAME_SHARE = 0.42;
/** Until when a swipe of two fingers goes on panning: its last events look like a mouse wheel's. */
const SWIPE_MS = 250;
const NOTCH_PX = 40;
const PINCH_ZOOM = Math.LN2 / 70;

export class Pointer {
  /** Fingers that are down. @type {Map<number, Point>} */
  #fingers = new Map();
  /** @type {Drag | null} */
  #drag = null;
  /** @type {{middle: Point, spread: number} | null} */
  #pinch = null;
  /** @type {{id: string, time: number} | null} */
  #lastClick = null;
  /** Until when a wheel is a swipe that pans. */
  #swipesUntil = 0;

  /**
   * @param {PageModel} model
   * @param {Stage} stage
   * @param {Hands} hands
   */
  constructor(model, stage, hands) {
    this.model = model;
    this.stage = stage;
    this.hands = hands;
    stage.element.addEventListener("pointerdown", (event) => this.#down(event));
    stage.element.addEventListener("pointermove", (event) => this.#move(event));
    stage.element.addEventListener("pointerup", (event) => this.#up(event));
    stage.element.addEventListener("pointercancel", (event) => this.#abandon(event));
    stage.element.addEventListener("lostpointercapture", (event) => {
      if (this.#drag && this.#fingers.has(event.pointerId)) this.#abandon(event);
    });
    this.#watchSpace();
    stage.element.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
  }

  /** Space that is held down makes a drag pan, as in other editors. */
  #watchSpace() {
    this.spaceIsDown = false;
    this.stage.element.addEventListener("keydown", (event) => {
      if (event.key === " ") this.spaceIsDown = true;
    });
    for (const kind of ["keyup", "blur"]) globalThis.addEventListener(kind, () => (this.spaceIsDown = false));
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (around(event, OWN_CLICKS)) return;
    if (event.button !== 0 && event.button !== 1) return;
    this.#fingers.set(event.pointerId, this.stage.view.pointOf(event));
    if (this.#fingers.size === 2) {
      this.#beginPinch();
      return;
    }
    if (this.#drag) return;
    this.stage.notice.clear();
    this.stage.element.setPointerCapture(event.pointerId);
    this.#drag = this.#beginDrag(event);
  }

  /**
   * @param {PointerEvent} event
   * @returns {Drag}
   */
  #beginDrag(event) {
    const { model, stage } = this;
    const { wiring } = this.hands;
    const [port, node, frame] = [".port", ".node", ".frame"].map((selector) => around(event, selector));
    const isMain = event.button === 0;
    // The middle button, and Space held down, pan wherever they begin: on a number and on a port too.
    if (!isMain || this.spaceIsDown) return beginPan(stage, event, () => {});
    const asked = node && around(event, ".asked-mark");
    if (asked && !wiring.isActive) return this.#beginMove(node, event, asked.dataset.kind);
    if (wiring.isActive) return beginPutDown(stage.view, wiring);
    if (port && node) return beginPull(stage.view, wiring, portOf(port, node), event);
    if (node && around(event, ".value") && !event.shiftKey) return this.#beginScrub(node, event);
    if (node) return this.#beginMove(node, event);
    if (frame) return this.#beginFrameMove(frame, event);
    if (event.shiftKey) return beginBox(model, stage, event);
    return beginPan(stage, event, (end, point) => this.#clickGround(end, point));
  }

  /**
   * @param {HTMLElement} node
   * @param {PointerEvent} start
   */
  #beginScrub(node, start) {
    const id = node.dataset.id ?? "";
    const drag = beginScrub(this.model, this.stage, id, start, () => this.hands.editValue(id));
    this.model.selection.select([id]);
    node.focus({ preventScroll: true });
    return drag;
  }

  /**
   * @param {HTMLElement} node
   * @param {PointerEvent} start
   * @param {string} [asked] of a hidden number that was met, "data" or "grad"
   */
  #beginMove(node, start, asked) {
    const id = node.dataset.id ?? "";
    const { selection } = this.model;
    const adds = start.shiftKey || this.hands.selectsMore();
    const others = [...selection.nodes];
    if (adds) selection.toggle(id);
    else if (!selection.nodes.has(id)) selection.select([id]);
    node.focus({ preventScroll: true });
    const ids = selection.nodes.has(id) ? [...selection.nodes] : [id];
    return beginMove(this.stage, this.hands.edits, ids, start, (event) => {
      if (adds || this.hands.pick(id)) return;
      if (start.pointerType === "touch" && event.timeStamp - start.timeStamp > LONG_PRESS_MS) {
        selection.select(new Set([...others, id]));
        return;
      }
      selection.select([id]);
      if (asked) {
        this.hands.ask(id, asked);
        return;
      }
      if (!this.#isDoubleClick(id, event.timeStamp)) return;
      const { top, height } = node.getBoundingClientRect();
      if (start.clientY < top + height * NAME_SHARE) this.hands.rename(id);
      else this.hands.enter(id);
    });
  }

  /**
   * Drag an open block by its frame: all that stands in it comes along. A double click closes it.
   * @param {HTMLElement} frame
   * @param {PointerEvent} start
   */
  #beginFrameMove(frame, start) {
    const { blocks, edits } = this.hands;
    const id = frame.dataset.block ?? "";
    this.model.selection.selectFrame(id);
    this.stage.frames.focus(id);
    return beginMove(this.stage, edits, shownIn(this.model.picture, id), start, (event) => {
      if (this.#isDoubleClick(id, event.timeStamp)) blocks.close(id);
    });
  }

  /**
   * @param {PointerEvent} event
   * @param {Point} point
   */
  #clickGround(event, point) {
    if (this.#isDoubleClick("ground", event.timeStamp)) {
      this.hands.searchAt(point);
      return;
    }
    const { view, drawing } = this.stage;
    selectWire(this.model, this.stage, drawing.wireAt(view.toGraph(point), WIRE_REACH_PX / view.scale));
  }

  /** @param {PointerEvent} event */
  #move(event) {
    // The button was let go where the page was not told: outside of the window, or under a dialog.
    if (this.#drag && event.buttons === 0) {
      this.#fingers.delete(event.pointerId);
      this.cancel();
      return;
    }
    const point = this.stage.view.pointOf(event);
    if (this.#fingers.has(event.pointerId)) this.#fingers.set(event.pointerId, point);
    if (this.#pinch) this.#movePinch();
    else if (this.#drag) this.#drag.move(event);
    else this.hands.wiring.moveWire(point);
  }

  /** @param {PointerEvent} event */
  #up(event) {
    this.#fingers.delete(event.pointerId);
    if (this.#pinch) {
      if (this.#fingers.size === 0) this.#pinch = null;
      else this.#pinch = this.#grip() ?? this.#pinch; // of three fingers one is gone: the others hold on from here
      return;
    }
    const drag = this.#drag;
    this.#drag = null;
    drag?.end(event);
  }

  /** @param {PointerEvent} event */
  #abandon(event) {
    this.#fingers.delete(event.pointerId);
    if (this.#fingers.size === 0) this.#pinch = null;
    this.cancel();
  }

  /** Put whatever is in hand back. Answers whether there was something. */
  cancel() {
    const held = this.#drag !== null || this.hands.wiring.isActive;
    this.#drag?.cancel();
    this.#drag = null;
    this.hands.wiring.cancel();
    return held;
  }

  #beginPinch() {
    this.#drag?.cancel();
    this.#drag = null;
    this.#pinch = this.#grip();
  }

  #movePinch() {
    const now = this.#grip();
    if (!now || !this.#pinch) return;
    const { view } = this.stage;
    view.pan(now.middle.x - this.#pinch.middle.x, now.middle.y - this.#pinch.middle.y);
    view.zoom(now.spread / this.#pinch.spread, now.middle);
    this.#pinch = now;
  }

  /** Where two fingers are, and how far apart; null where there are fewer. */
  #grip() {
    const [a, b] = this.#fingers.values();
    if (!a || !b) return null;
    const spread = Math.max(Math.hypot(a.x - b.x, a.y - b.y), 1);
    return { middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, spread };
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    if (around(event, ".editor, .search")) return;
    event.preventDefault();
    const { view } = this.stage;
    const point = view.pointOf(event);
    const inLines = event.deltaMode === WheelEvent.DOM_DELTA_LINE;
    if (event.ctrlKey) {
      // Browsers tell a trackpad's pinch so; a mouse wheel with Ctrl comes in notches.
      const isNotch = inLines || Math.abs(event.deltaY) >= NOTCH_PX;
      view.zoom(Math.exp(-(inLines ? event.deltaY * LINE_WHEEL_PX : event.deltaY) * (isNotch ? WHEEL_ZOOM : PINCH_ZOOM)), point);
    } else if (this.#isSwipe(event)) {
      view.pan(-event.deltaX, -event.deltaY);
    } else {
      view.zoom(Math.exp(-(inLines ? event.deltaY * LINE_WHEEL_PX : event.deltaY) * WHEEL_ZOOM), point);
    }
  }

  /**
   * Whether a wheel event is of two fingers on a trackpad: a mouse's has one direction and comes in whole notches.
   * @param {WheelEvent} event
   */
  #isSwipe({ deltaMode, deltaX, deltaY, timeStamp }) {
    const isNotch = deltaX === 0 && Number.isInteger(deltaY) && Math.abs(deltaY) >= NOTCH_PX;
    const swipes = deltaMode === WheelEvent.DOM_DELTA_PIXEL && (!isNotch || timeStamp < this.#swipesUntil);
    if (swipes) this.#swipesUntil = timeStamp + SWIPE_MS;
    return swipes;
  }

  /**
   * The stage holds the pointer, so a double click is told by the clock, not by the browser.
   * @param {string} id
   * @param {number} time
   */
  #isDoubleClick(id, time) {
    const last = this.#lastClick;
    const isDouble = last?.id === id && time - last.time < DOUBLE_CLICK_MS;
    this.#lastClick = isDouble ? null : { id, time }; // a third click is a first one again
    return isDouble;
  }
}

/**
 * @param {HTMLElement} port
 * @param {HTMLElement} node
 * @returns {import("../model/types.js").PortPlace}
 */
function portOf(port, node) {
  return { id: node.dataset.id ?? "", side: port.dataset.side === "in" ? "in" : "out", index: Number(port.dataset.index) };
}
