/**
 * The edits that hands and keys make: each a gesture of one or more events.
 *
 * @typedef {import("../model/types/picture_types.js").Point} Point
 * @typedef {import("../model/types/event_types.js").EditEvent} EditEvent
 * @typedef {import("../model/types/event_types.js").AddNode} AddNode
 * @typedef {import("../model/page_model.js").PageModel} PageModel
 * @typedef {import("../model/graph/wires.js").LooseWire} LooseWire
 * @typedef {import("../drawing/stage.js").Stage} Stage
 */

import { freshId } from "../model/graph/names.js";
import { describeOp, isWired } from "../model/graph/picture.js";
import { freePlace } from "../model/graph/placement.js";
import { layWire, spliceInto } from "../model/graph/wires.js";

const SPLICE_REACH_PX = 16;

export class Edits {
  /**
   * @param {PageModel} model
   * @param {Stage} stage
   */
  constructor(model, stage) {
    this.model = model;
    this.stage = stage;
  }

  /**
   * Send events as one gesture.
   * @param {readonly EditEvent[]} events
   * @param {Point} [point] where the hand was, should one be refused
   */
  send(events, point) {
    this.stage.view.settle();
    this.model.send(events, point);
  }

  /**
   * Add a node; dropped on a wire it is spliced in.
   * @param {string} op
   * @param {Point} place
   * @param {string | null} [wire]
   */
  addNode(op, place, wire = null) {
    const event = this.#newNode(op, place);
    this.send([event, ...spliceInto(this.model.picture, event.id, wire)], this.stage.view.toStage(place));
    this.#takeUp(event.id);
  }

  /** @param {string} op */
  addInView(op) {
    const place = this.freePlace(op);
    this.addNode(op, place);
    this.stage.bringIntoSight([place]);
  }

  /**
   * Drop a palette entry at a pointer event; answers false outside of the stage.
   * @param {string} op
   * @param {PointerEvent} event
   */
  dropNode(op, event) {
    const { view, drawing } = this.stage;
    const point = view.pointOf(event);
    drawing.highlightWire(null);
    if (!view.contains(point)) return false;
    const place = view.toGraph(point);
    this.addNode(op, place, this.#wireUnder(op, place));
    return true;
  }

  /**
   * Show which wire a node would be spliced into.
   * @param {string} op
   * @param {PointerEvent} event
   */
  hoverNode(op, event) {
    const { view, drawing } = this.stage;
    drawing.highlightWire(this.#wireUnder(op, view.toGraph(view.pointOf(event))));
  }

  /**
   * Add a node at the loose end of a wire, and wire it.
   * @param {string} op
   * @param {Point} place
   * @param {LooseWire} wire
   */
  addAtWire(op, place, wire) {
    const event = this.#newNode(op, place);
    const side = wire.side === "out" ? "in" : "out";
    const wired = layWire({ ...wire, takenOff: null }, { id: event.id, side, index: 0 });
    this.send([event, ...wired], this.stage.view.toStage(place));
    this.#takeUp(event.id);
  }

  /**
   * Put moved nodes where they are drawn; a single one without wires that was laid on a wire is spliced in.
   * @param {readonly string[]} ids
   * @param {Point} [point] where the hand was
   */
  commitMove(ids, point) {
    const { picture } = this.model;
    /** @type {Record<string, [x: number, y: number]>} */
    const positions = {};
    for (const id of ids) {
      const { x, y } = this.stage.placeOf(id);
      positions[id] = [Math.round(x), Math.round(y)];
    }
    /** @type {EditEvent[]} */
    const events = [{ type: "move", positions }];
    const [id] = ids;
    if (ids.length === 1 && !isWired(picture, id)) {
      const [x, y] = positions[id];
      events.push(...spliceInto(picture, id, this.#wireUnder(picture.nodes[id].op, { x, y })));
    }
    this.send(events, point);
  }

  /**
   * Move nodes a little.
   * @param {readonly string[]} ids
   * @param {number} dx
   * @param {number} dy
   */
  nudge(ids, dx, dy) {
    for (const id of ids) {
      const { x, y } = this.stage.placeOf(id);
      this.stage.drawing.move(id, x + dx, y + dy);
    }
    this.commitMove(ids);
  }

  /**
   * Delete what is selected, or else what has the focus.
   * @param {string | undefined} focused
   */
  deleteSelected(focused) {
    const { selection, picture } = this.model;
    if (selection.wire !== null) {
      const { to, port } = picture.edges[selection.wire];
      this.send([{ type: "disconnect", target: to, port }]);
      return true;
    }
    const nodes = selection.nodes.size ? [...selection.nodes] : focused ? [focused] : [];
    if (nodes.length) this.send([{ type: "delete", nodes }]);
    this.stage.focus();
    return true;
  }

  /**
   * A free place in view for a new node.
   * @param {string} [op]
   * @returns {Point}
   */
  freePlace(op) {
    const { view } = this.stage;
    return freePlace({
      picture: this.model.picture, op, selected: this.model.selection.nodes,
      placeOf: (id) => this.stage.placeOf(id), shows: (place) => view.shows(place),
      view: { x: view.x, y: view.y, width: view.width / view.scale },
    });
  }

  /**
   * A new node; within the frame of an open block it belongs to that.
   * @param {string} op
   * @param {Point} place
   * @returns {AddNode}
   */
  #newNode(op, place) {
    const id = freshId(this.model.picture, this.model.reserved);
    const block = this.stage.frames.frameAt(place);
    return { type: "add", id, op, x: Math.round(place.x), y: Math.round(place.y), ...(block && { block }) };
  }

  /**
   * Select a node that was just added and put the focus on it.
   * @param {string} id
   */
  #takeUp(id) {
    this.model.selection.select([id]);
    this.stage.overlay.focus(id);
  }

  /**
   * @param {string} op
   * @param {Point} place
   */
  #wireUnder(op, place) {
    if (describeOp(this.model.picture, op).ports.length === 0) return null;
    return this.stage.drawing.wireAt(place, SPLICE_REACH_PX / this.stage.view.scale);
  }
}
