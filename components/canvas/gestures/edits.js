/** The edits that hands and keys make: each a gesture of one or more events. */

import { allEdges, allNodes, blocksOfDocument, copyName, membersOf, takenNames } from "../model/block_model.js";
import { describeOp, freshId, portsOf } from "../model/picture.js";

const FREE_SPOT_STEP = 40;
const FREE_SPOT_TRIES = 400;
const NODE_ROOM = { x: 230, y: 140 };
const COLUMN = 260; // as Tidy sets nodes apart
const ROW = 156;
const SPLICE_REACH_PX = 16;
const PASTE_STEP = 48;

export class Edits {
  /** @param {import("../canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.reserved = new Set();
    this.clipboard = null;
  }

  /** Send events as one gesture; `point` is where the hand was, should one be refused. */
  send(events, point) {
    const { canvas } = this;
    const gesture = canvas.outbox.nextGesture();
    canvas.view.settled = true;
    for (const event of events) canvas.edit(event, point, gesture);
  }

  newNode(op, place) {
    const id = freshId(this.canvas.picture, this.reserved);
    return { type: "add", id, op, x: Math.round(place.x), y: Math.round(place.y) };
  }

  /** A new node where it was dropped: within the frame of an open block, it belongs to that. */
  dropped(op, place) {
    const block = this.canvas.blocks.frameAt(place);
    return block ? { ...this.newNode(op, place), block } : this.newNode(op, place);
  }

  /** Add a node; dropped on a wire it is spliced in. */
  add(op, place, spliced = null) {
    const { canvas } = this;
    const event = this.dropped(op, place);
    this.send([event, ...this.splice(event.id, op, spliced)], canvas.view.toStage(place));
    canvas.take(event.id);
  }

  addInView(op) {
    this.add(op, this.freeSpot(op));
  }

  /** Drop a palette entry at a pointer event; answers false outside of the stage. */
  drop(op, event) {
    const { canvas } = this;
    const point = canvas.view.pointOf(event);
    canvas.drawing.highlightWire(null);
    if (!canvas.view.contains(point)) return false;
    const place = canvas.view.toGraph(point);
    this.add(op, place, this.wireUnder(op, place));
    return true;
  }

  /** Show which wire a node would be spliced into. */
  hover(op, event) {
    const { canvas } = this;
    canvas.drawing.highlightWire(this.wireUnder(op, canvas.view.toGraph(canvas.view.pointOf(event))));
  }

  wireUnder(op, place) {
    const { canvas } = this;
    if (describeOp(canvas.picture, op).ports.length === 0) return null;
    return canvas.drawing.wireAt(place, SPLICE_REACH_PX / canvas.view.scale);
  }

  splice(id, op, wire) {
    const edge = wire && this.canvas.picture.edges[wire];
    if (!edge) return [];
    return [
      { type: "connect", source: edge.from, output: edge.output, target: id, port: 0 },
      { type: "connect", source: id, output: 0, target: edge.to, port: edge.port },
    ];
  }

  /** Put moved nodes where they are drawn; a single one without wires that was laid on a wire is spliced in. */
  commitMove(ids, point, gesture) {
    const { canvas } = this;
    const positions = {};
    for (const id of ids) {
      const { x, y } = canvas.drawing.boxOf(id);
      positions[id] = [Math.round(x), Math.round(y)];
    }
    const events = [{ type: "move", positions }];
    const [id] = ids;
    const wired = Object.values(canvas.picture.edges).some((edge) => edge.from === id || edge.to === id);
    if (ids.length === 1 && !wired) {
      const { op } = canvas.picture.nodes[id];
      const [x, y] = positions[id];
      events.push(...this.splice(id, op, this.wireUnder(op, { x, y })));
    }
    const one = gesture ?? canvas.outbox.nextGesture();
    canvas.view.settled = true;
    for (const event of events) canvas.edit(event, point, one);
  }

  /** Add a node at the loose end of a wire, and wire it. */
  addAtWire(op, place, hand) {
    const event = this.dropped(op, place);
    const wire = hand.side === "out"
      ? { type: "connect", source: hand.id, output: hand.index, target: event.id, port: 0 }
      : { type: "connect", source: event.id, output: 0, target: hand.id, port: hand.index };
    this.send([event, wire], this.canvas.view.toStage(place));
    this.canvas.take(event.id);
  }

  deleteSelected(focused) {
    const { canvas } = this;
    if (canvas.selectedWire) {
      const edge = canvas.picture.edges[canvas.selectedWire];
      this.send([{ type: "disconnect", target: edge.to, port: edge.port }]);
      return true;
    }
    const nodes = canvas.selection.size ? [...canvas.selection] : focused ? [focused] : [];
    if (nodes.length) this.send([{ type: "delete", nodes }]);
    canvas.stage.focus({ preventScroll: true });
    return true;
  }

  // Copy, paste, duplicate ------------------------------------------------------------------------------------

  copy() {
    const taken = this.taken();
    if (taken) this.clipboard = { ...taken, pasted: 0 };
    return true;
  }

  paste() {
    if (this.clipboard === null) return true;
    this.clipboard.pasted += 1;
    this.put(this.clipboard, this.clipboard.pasted * PASTE_STEP);
    return true;
  }

  duplicate() {
    const taken = this.taken();
    if (taken) this.put(taken, PASTE_STEP);
    return true;
  }

  /** The selected nodes, the wires between them, and the blocks that are selected whole. */
  taken() {
    const { picture, selection, blocks: { chosen } } = this.canvas;
    const ids = new Set(membersOf(picture, chosen ? [chosen] : picture.order.filter((id) => selection.has(id))));
    if (ids.size === 0) return null;
    const nodes = allNodes(picture).filter(({ id }) => ids.has(id));
    const edges = allEdges(picture).filter((edge) => ids.has(edge.from) && ids.has(edge.to));
    const blocks = blocksOfDocument(picture).filter((block) => block.nodes.every((id) => ids.has(id)));
    return { nodes, edges, blocks };
  }

  /** Put nodes in beside where they were, with fresh names, their inner wires and their blocks. */
  put({ nodes, edges, blocks }, shift) {
    const { canvas } = this;
    const fresh = new Map();
    const events = nodes.map((node) => {
      const event = this.newNode(node.op, { x: node.x + shift, y: node.y + shift });
      fresh.set(node.id, event.id);
      if (node.parameters) event.parameters = Object.fromEntries(node.parameters);
      return node.value === undefined ? event : { ...event, value: node.value };
    });
    for (const edge of edges) {
      events.push({
        type: "connect", source: fresh.get(edge.from), output: edge.output, target: fresh.get(edge.to), port: edge.port,
      });
    }
    const taken = takenNames(canvas.picture);
    for (const block of blocks) {
      const id = freshId(canvas.picture, this.reserved);
      events.push({
        type: "block", id, name: copyName(block.name, taken), open: block.open,
        nodes: block.nodes.map((node) => fresh.get(node)),
        inputs: block.inputs.map((group) => group.map(([node, port]) => [fresh.get(node), port])),
      });
      fresh.set(block.id, id);
    }
    this.send(events);
    canvas.select([...fresh.values()].filter((id) => id in canvas.picture.nodes));
  }

  /** A free place in view for a new node: where it would be put by hand, else near there, on a square spiral outwards. */
  freeSpot(op) {
    const { view } = this.canvas;
    const wanted = this.nextSpot(op);
    const middle = { x: view.x, y: view.y };
    return (wanted && view.shows(wanted) && this.freeSpotNear(wanted)) || this.freeSpotNear(middle) || middle;
  }

  /** Graphs run from left to right: an op comes behind the selected node, and what is alike below. */
  nextSpot(op) {
    const { picture, selection, view } = this.canvas;
    if (op !== undefined && describeOp(picture, op).ports.length === 0) {
      const sources = picture.order.filter((id) => portsOf(picture, id).in.length === 0).map((id) => this.canvas.placeOf(id));
      const lowest = sources.reduce((least, place) => (least && least.y > place.y ? least : place), null);
      if (lowest) return { x: lowest.x, y: lowest.y + ROW };
      return picture.order.length ? null : { x: view.x - view.width / view.scale / 3, y: view.y - ROW };
    }
    if (selection.size !== 1) return null;
    const [id] = selection;
    const { x, y } = this.canvas.placeOf(id);
    const wired = Object.values(picture.edges).some((edge) => edge.from === id || edge.to === id);
    // The same op once more, while the first one is not wired, is meant for another input.
    return picture.nodes[id].op === op && !wired ? { x, y: y + ROW } : { x: x + COLUMN, y };
  }

  freeSpotNear(start) {
    const { picture, view } = this.canvas;
    const taken = picture.order.map((id) => this.canvas.placeOf(id));
    let [x, y, dx, dy] = [0, 0, 0, -1];
    for (let tries = 0; tries < FREE_SPOT_TRIES; tries += 1) {
      const place = { x: start.x + x * FREE_SPOT_STEP, y: start.y + y * FREE_SPOT_STEP };
      const free = taken.every((other) =>
        Math.abs(other.x - place.x) >= NODE_ROOM.x || Math.abs(other.y - place.y) >= NODE_ROOM.y);
      if (free && view.shows(place)) return place;
      if (x === y || (x < 0 && x === -y) || (x > 0 && x === 1 - y)) [dx, dy] = [-dy, dx];
      [x, y] = [x + dx, y + dy];
    }
    return null;
  }
}
