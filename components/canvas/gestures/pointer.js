/**
 * Hands on the stage: mouse, pen and fingers, all as pointer events.
 *
 * @typedef {import("../model/types/picture_types.js").Point} Point
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
 * @property {(id: string, number: "data" | "grad") => void} derive tells how a number came about
 * @property {(id: string) => boolean} pick picks a node's Function to come next, if it may
 * @property {() => unknown} pause the steps, where they play
 * @property {boolean} ownsPage whether keys count wherever the focus is
 */

import { around } from "../parts/dom.js";
import { shownIn } from "../model/graph/block_model.js";
import { Wheel } from "../model/wheel.js";
import { beginBox, beginMove, beginPan, beginScrub, isDragged } from "./drags.js";
import { Fingers } from "./fingers.js";
import { selectWire } from "./selecting.js";
import { SpaceKey } from "./space_key.js";
import { beginPull, beginPutDown } from "./wire_drags.js";

const DOUBLE_CLICK_MS = 400;
const WIRE_REACH_PX = 10;
/** What stands on the stage and takes its own clicks. */
const OWN_CLICKS = ".editor, .search, .frame button, .selection-bar, .hint button, .readout, .tag select, .offer";
/** How long a finger rests on a node to add it to the selection. */
const LONG_PRESS_MS = 500;
/** The part of a node, from its top, that its name stands in. */
const NAME_SHARE = 0.42;

/**
 * @typedef {object} Held what a pointer has in hand
 * @property {number} by the pointer
 * @property {string} kind "mouse", "pen" or "touch"
 * @property {Drag} drag
 * @property {PointerEvent} start
 * @property {PointerEvent} last where the pointer was seen last
 * @property {ReturnType<typeof setTimeout>} [rest] the timer of a long press
 */

export class Pointer {
  /** @type {Fingers} */
  #fingers;
  /** @type {Held | null} */
  #held = null;
  /** @type {{id: string, time: number} | null} */
  #lastClick = null;
  #wheel = new Wheel();
  #isFollowing = false;

  /**
   * @param {PageModel} model
   * @param {Stage} stage
   * @param {Hands} hands
   */
  constructor(model, stage, hands) {
    this.model = model;
    this.stage = stage;
    this.hands = hands;
    this.#fingers = new Fingers(stage.view);
    const { element } = stage;
    element.addEventListener("pointerdown", (event) => this.#down(event));
    element.addEventListener("pointermove", (event) => this.#move(event));
    element.addEventListener("pointerup", (event) => this.#up(event));
    for (const kind of /** @type {const} */ (["pointercancel", "lostpointercapture"])) {
      element.addEventListener(kind, (event) => this.#abandon(event));
    }
    element.addEventListener("wheel", (event) => this.#turn(event), { passive: false });
    // The menu that a long press opens would take the finger away.
    element.addEventListener("contextmenu", (event) => {
      if (this.#fingers.areDown) event.preventDefault();
    });
    // Where the view moves under a pointer that rests, what is in hand stays under it.
    stage.onLook = () => this.#follow();
    new ResizeObserver(() => this.#follow()).observe(element);
    this.space = new SpaceKey(element, hands.ownsPage);
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (around(event, OWN_CLICKS)) return;
    if (event.button !== 0 && event.button !== 1) return;
    const isFinger = event.pointerType === "touch";
    if (isFinger && this.#held?.kind === "pen") return; // a palm beside the pen
    if (isFinger ? event.isPrimary : event.pointerType === "pen") this.#letGoOfFingers();
    this.stage.element.setPointerCapture(event.pointerId);
    if (isFinger) this.#fingers.add(event);
    if (this.#fingers.arePinching) this.#letGo()?.cancel();
    if (this.#held || this.#fingers.arePinching) return;
    this.stage.notice.clear();
    const before = [...this.model.selection.nodes];
    const drag = this.#beginDrag(event);
    this.#held = { by: event.pointerId, kind: event.pointerType, drag, start: event, last: event };
    this.#awaitLongPress(this.#held, before);
  }

  /** The first finger of all is down, or a pen: what was held by fingers before is gone, whether it was told or not. */
  #letGoOfFingers() {
    if (this.#held && this.#fingers.has(this.#held.by)) this.cancel();
    this.#fingers.clear();
  }

  /**
   * @param {PointerEvent} event
   * @returns {Drag}
   */
  #beginDrag(event) {
    const { model, stage } = this;
    const { wiring } = this.hands;
    const [port, node, frame] = [".port", ".node", ".frame"].map((selector) => around(event, selector));
    // The middle button, and Space held down, pan wherever they begin: on a number and on a port too.
    if (event.button !== 0) return beginPan(stage, event, () => {});
    if (this.space.isDown) return this.#panWithSpace(event);
    const asked = node && around(event, ".asked-mark");
    if (asked && !wiring.isActive) return this.#beginMove(node, event, asked.dataset.kind);
    if (wiring.isActive) return beginPutDown(stage.view, wiring);
    if (port && node) return beginPull(stage.view, wiring, portOf(port, node), event);
    if (node && around(event, ".value") && !this.#addsToSelection(event)) return this.#beginScrub(node, event);
    if (node) return this.#beginMove(node, event);
    if (frame) return this.#beginFrameMove(frame, event);
    if (event.shiftKey) return beginBox(model, stage, event);
    return beginPan(stage, event, (end, point) => this.#clickGround(end, point));
  }

  /**
   * Pan, and let the key mean nothing else: neither play the steps nor press the button that has the focus.
   * @param {PointerEvent} event
   */
  #panWithSpace(event) {
    this.stage.focus();
    this.hands.pause();
    return beginPan(this.stage, event, () => {});
  }

  /** @param {PointerEvent} event */
  #addsToSelection(event) {
    return event.shiftKey || this.hands.selectsMore();
  }

  /**
   * A finger or a pen that rests on a node adds it to what was selected; all of that then follows it.
   * @param {Held} held
   * @param {readonly string[]} before what was selected
   */
  #awaitLongPress(held, before) {
    const { selection } = this.model;
    const { start } = held;
    const id = around(start, ".node")?.dataset.id;
    const hasOtherUse = this.hands.wiring.isActive || this.#addsToSelection(start) || around(start, ".port");
    if (id === undefined || hasOtherUse || start.pointerType === "mouse") return;
    held.rest = setTimeout(() => {
      held.drag.cancel();
      selection.select(new Set([...before, id]));
      held.drag = beginMove(this.stage, this.hands.edits, [...selection.nodes], start, () => {});
    }, LONG_PRESS_MS);
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
    const adds = this.#addsToSelection(start);
    const number = around(start, ".number")?.dataset.number;
    if (adds) selection.toggle(id);
    else if (!selection.nodes.has(id)) selection.select([id]);
    node.focus({ preventScroll: true });
    const ids = selection.nodes.has(id) ? [...selection.nodes] : [id];
    return beginMove(this.stage, this.hands.edits, ids, start, (event) => {
      if (adds || this.hands.pick(id)) return;
      selection.select([id]);
      if (asked) {
        this.hands.ask(id, asked);
        return;
      }
      if (!this.#isDoubleClick(id, event.timeStamp)) {
        if (number) this.hands.derive(id, number === "data" ? "data" : "grad");
        return;
      }
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
    const held = this.#held;
    // The button was let go where the page was not told: outside of the window, or under a dialog.
    if (held?.by === event.pointerId && event.buttons === 0) {
      this.#abandon(event);
      return;
    }
    this.#fingers.move(event);
    if (this.#fingers.arePinching) return;
    const { view } = this.stage;
    if (held === null) this.hands.wiring.moveWire(view.pointOf(event));
    if (held?.by !== event.pointerId) return;
    if (isDragged(view.pointOf(held.start), view.pointOf(event))) clearTimeout(held.rest);
    held.last = event;
    held.drag.move(event);
  }

  /** The view has moved: what is in hand comes along with the pointer. */
  #follow() {
    if (this.#held === null || this.#isFollowing) return;
    this.#isFollowing = true;
    this.#held.drag.move(this.#held.last);
    this.#isFollowing = false;
  }

  /** @param {PointerEvent} event */
  #up(event) {
    const pinched = this.#fingers.arePinching;
    this.#fingers.lift(event);
    if (!pinched && this.#held?.by === event.pointerId) this.#letGo()?.end(event);
  }

  /** @param {PointerEvent} event */
  #abandon(event) {
    this.#fingers.lift(event);
    if (this.#held?.by === event.pointerId) this.cancel();
  }

  /** Have nothing in hand any more; answers with what was. */
  #letGo() {
    const held = this.#held;
    this.#held = null;
    clearTimeout(held?.rest);
    return held?.drag;
  }

  /** Put whatever is in hand back. Answers whether there was something. */
  cancel() {
    const held = this.#held !== null || this.hands.wiring.isActive;
    this.#letGo()?.cancel();
    this.hands.wiring.cancel();
    return held;
  }

  /**
   * Put back what is in hand, where a part of it is gone from the graph: deleted in mid-drag, or undone.
   * @param {import("../model/types/picture_types.js").Picture} picture
   */
  keepTo({ nodes }) {
    if (this.#held?.drag.nodes.some((id) => !(id in nodes))) this.cancel();
  }

  /** @param {WheelEvent} event */
  #turn(event) {
    if (around(event, ".editor, .search")) return;
    event.preventDefault();
    const { view } = this.stage;
    const meaning = this.#wheel.meaningOf(event);
    if ("zoom" in meaning) view.zoom(meaning.zoom, view.pointOf(event));
    else view.pan(...meaning.pan);
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
 * @returns {import("../model/types/picture_types.js").PortPlace}
 */
function portOf(port, node) {
  return { id: node.dataset.id ?? "", side: port.dataset.side === "in" ? "in" : "out", index: Number(port.dataset.index) };
}
