/** The canvas: palette, stage and table around one graph, and the edits that hands make on it. */

import { element } from "./dom.js";
import { Drawing } from "./drawing.js";
import { Editor } from "./editor.js";
import { Gestures } from "./gestures.js";
import { Keys } from "./keys.js";
import { recall, remember } from "./memory.js";
import { EMPTY_PICTURE, PictureBook, describeOp, freshId, toDocument } from "./model.js";
import { Notice } from "./notice.js";
import { Outbox } from "./outbox.js";
import { Overlay } from "./overlay.js";
import { Palette } from "./palette.js";
import { Table } from "./table.js";
import { View } from "./view.js";
import { Wiring } from "./wiring.js";

const FREE_SPOT_STEP = 40;
const FREE_SPOT_TRIES = 400;
const NODE_ROOM = { x: 200, y: 120 };
const ZOOM_STEP = 1.25;

export class Canvas {
  /** @param {HTMLElement} root @param {(message: object) => void} post */
  constructor(root, post) {
    this.root = root;
    this.book = new PictureBook();
    this.shown = EMPTY_PICTURE;
    this.selection = new Set();
    this.selectedWire = null;
    this.held = new Set();
    this.places = new Map();
    this.reserved = new Set();
    this.fitted = false;

    this.palette = new Palette(root, {
      add: (op) => this.addInView(op),
      drop: (op, event) => this.addAt(op, event),
    });
    this.stage = element("div", {
      class: "stage", role: "application", "aria-label": "Computational graph", tabindex: "0",
    });
    root.append(this.stage);
    const ground = element("div", { class: "ground" });
    this.hint = element("p", { class: "hint", hidden: true, text: "Drag an Input from the palette to begin." });
    this.stage.append(ground, this.hint);
    this.drawing = new Drawing(ground, () => this.placeOverlay());
    this.overlay = new Overlay(this.stage, this.drawing);
    this.view = new View(this.stage, () => this.drawing.look(this.view));
    this.wiring = new Wiring(this);
    this.notice = new Notice(this.stage);
    this.voice = element("div", { class: "spoken", "aria-live": "polite" });
    this.stage.append(this.voice, this.controls());
    this.table = new Table(root, (id) => this.select([id]));
    this.editor = new Editor(this);
    this.gestures = new Gestures(this);
    this.keys = new Keys(this);

    this.outbox = new Outbox(post, () => this.keep());
    new ResizeObserver(() => this.resized()).observe(this.stage);
  }

  get picture() {
    return this.book.picture;
  }

  controls() {
    const button = (label, text, act) => {
      const made = element("button", { type: "button", "aria-label": label, title: label, text });
      made.addEventListener("click", act);
      return made;
    };
    return element("div", { class: "controls" }, [
      button("Zoom out", "−", () => this.view.zoom(1 / ZOOM_STEP)),
      button("Zoom in", "+", () => this.view.zoom(ZOOM_STEP)),
      button("Fit the graph in view (F)", "Fit", () => this.fit()),
    ]);
  }

  // What Python says ------------------------------------------------------------------------------------------

  /** Take in a message from Python. */
  receive(message) {
    if (message.session !== this.outbox.session) {
      this.meet(message);
      if (this.restoring) return;
    }
    if (this.restoring && message.ack < 1) return;
    this.restoring = false;
    if (!this.book.turn(message)) {
      this.outbox.askForAll();
      return;
    }
    this.outbox.have = this.book.revision;
    this.outbox.acknowledge(message);
    this.show();
    this.explain(message.refusals);
    this.keep();
  }

  /** A new session: after a reload it gets the graph that this tab remembers. */
  meet(message) {
    const memory = this.outbox.session === null ? recall() : { document: toDocument(this.picture), pending: [] };
    this.book.forget();
    this.outbox.have = 0;
    this.explained = 0;
    const first = memory?.document && memory.session !== message.session
      ? [{ type: "replace", document: memory.document }, ...(memory.pending ?? [])]
      : [];
    this.restoring = first.length > 0;
    this.outbox.open(message.session, first);
  }

  keep() {
    if (this.restoring || this.outbox.session === null || this.book.revision === 0) return;
    clearTimeout(this.keeping);
    const now = () => remember(this.outbox.session, toDocument(this.picture), this.outbox.pending);
    this.keeping = setTimeout(now);
  }

  show() {
    const before = this.shown;
    const { picture } = this;
    this.shown = picture;
    const newcomers = picture.order.filter((id) => !(id in before.nodes));
    this.selection = new Set([...this.selection].filter((id) => id in picture.nodes));
    if (!(this.selectedWire in picture.edges)) this.selectedWire = null;
    this.palette.show(picture.catalogue);
    this.hint.hidden = picture.order.length > 0;
    this.drawing.show(before, picture, this.theme(), (op) => portCounts(picture, op));
    this.overlay.show(picture, this.selection);
    this.table.show(picture, this.selection);
    this.holdPlaces();
    if (this.wiring.active && !(this.wiring.hand.id in picture.nodes)) this.gestures.cancel();
    const arrived = this.arriving && newcomers.find((id) => id === this.arriving);
    if (arrived) {
      this.arriving = null;
      this.select([arrived]);
      this.overlay.focus(arrived);
    }
    if (picture.document !== before.document) this.fitWhenDrawn();
  }

  /** A node under the hand stays there, whatever an answer that was under way says. */
  holdPlaces() {
    for (const [id, place] of this.places) {
      const node = this.picture.nodes[id];
      const settled = !node || (node.x === place.x && node.y === place.y) || !this.awaitsMove(id);
      if (settled) this.places.delete(id);
      else this.drawing.move(id, place.x, place.y);
    }
  }

  awaitsMove(id) {
    return this.outbox.pending.some((event) => event.type === "move" && id in event.positions);
  }

  explain(refusals) {
    for (const { seq, text, node } of refusals) {
      if (seq <= this.explained) continue;
      this.explained = seq;
      const origin = this.handAt?.get(seq);
      if (origin) this.notice.say(text, origin);
      else this.sayAt(node, text);
    }
  }

  sayAt(id, text) {
    const box = id ? this.drawing.boxOf(id) : null;
    const point = box
      ? this.view.toStage({ x: box.x, y: box.y + box.height / 2 })
      : { x: this.view.width / 2 - 140, y: this.view.height / 3 };
    this.notice.say(text, point);
  }

  announce(text) {
    this.voice.textContent = text;
  }

  // Edits -----------------------------------------------------------------------------------------------------

  /** Send an edit; `point` is where the hand was, should it be refused. */
  edit(event, point) {
    const seq = this.outbox.push(event);
    this.handAt ??= new Map();
    if (point) this.handAt.set(seq, point);
  }

  addAt(op, event) {
    const point = this.view.pointOf(event);
    if (!this.view.contains(point)) return false;
    this.add(op, this.view.toGraph(point));
    return true;
  }

  addInView(op) {
    this.add(op, this.freeSpot());
  }

  add(op, place) {
    const id = freshId(this.picture, this.reserved);
    this.reserved.add(id);
    this.arriving = id;
    this.edit({ type: "add", id, op, x: Math.round(place.x), y: Math.round(place.y) }, this.view.toStage(place));
  }

  /** The free place nearest to the middle of the view, walking outwards on a square spiral. */
  freeSpot() {
    const taken = [...this.picture.order.map((id) => this.placeOf(id)), ...this.justAdded()];
    let [x, y, dx, dy] = [0, 0, 0, -1];
    for (let tries = 0; tries < FREE_SPOT_TRIES; tries += 1) {
      const place = { x: this.view.x + x * FREE_SPOT_STEP, y: this.view.y + y * FREE_SPOT_STEP };
      const free = taken.every((other) =>
        Math.abs(other.x - place.x) >= NODE_ROOM.x || Math.abs(other.y - place.y) >= NODE_ROOM.y);
      if (free && this.view.contains(this.view.toStage(place))) return place;
      if (x === y || (x < 0 && x === -y) || (x > 0 && x === 1 - y)) [dx, dy] = [-dy, dx];
      [x, y] = [x + dx, y + dy];
    }
    return { x: this.view.x, y: this.view.y };
  }

  justAdded() {
    return this.outbox.pending.filter((event) => event.type === "add");
  }

  commitMove(ids, point) {
    const positions = {};
    for (const id of ids) {
      const { x, y } = this.drawing.boxOf(id);
      const place = { x: Math.round(x), y: Math.round(y) };
      this.drawing.move(id, place.x, place.y);
      this.places.set(id, place);
      positions[id] = [place.x, place.y];
    }
    this.edit({ type: "move", positions }, point);
  }

  nudge(ids, dx, dy) {
    for (const id of ids) {
      const { x, y } = this.placeOf(id);
      this.drawing.move(id, x + dx, y + dy);
    }
    this.commitMove(ids);
    this.drawing.redraw();
  }

  placeOf(id) {
    return this.drawing.boxOf(id) ?? this.places.get(id) ?? this.picture.nodes[id];
  }

  deleteSelected(focused) {
    if (this.selectedWire) {
      const edge = this.picture.edges[this.selectedWire];
      this.edit({ type: "disconnect", target: edge.to, port: edge.port });
      this.selectedWire = null;
      return true;
    }
    const nodes = this.selection.size ? [...this.selection] : focused ? [focused] : [];
    if (nodes.length) this.edit({ type: "delete", nodes });
    this.stage.focus({ preventScroll: true });
    return true;
  }

  editValue(id, typed) {
    const node = this.picture.nodes[id];
    if (node?.op !== "Input") return false;
    this.editor.begin(id, typed);
    return true;
  }

  // Selection and view ----------------------------------------------------------------------------------------

  select(ids) {
    this.selection = new Set(ids);
    this.selectedWire = null;
    this.markSelection();
    return true;
  }

  toggleSelected(id) {
    if (!this.selection.delete(id)) this.selection.add(id);
    this.markSelection();
  }

  selectWithin({ left, top, right, bottom }) {
    this.select(this.picture.order.filter((id) => {
      const point = this.view.toStage(this.placeOf(id));
      return point.x >= left && point.x <= right && point.y >= top && point.y <= bottom;
    }));
  }

  selectWireOrNothing(edgeId) {
    this.selection = new Set();
    this.selectedWire = edgeId;
    if (edgeId) {
      const edge = this.picture.edges[edgeId];
      const { nodes } = this.picture;
      this.announce(`Wire from ${nodes[edge.from].name} to ${nodes[edge.to].name} selected. Delete removes it.`);
    }
    this.markSelection();
  }

  markSelection() {
    this.overlay.mark(this.selection);
    this.table.mark(this.selection);
    this.drawing.highlightWire(this.selectedWire);
    const [only] = this.selection.size === 1 ? this.selection : [""];
    this.outbox.select(only);
  }

  /** Escape: what is in hand goes back; then the selection goes. */
  putBack() {
    this.notice.clear();
    if (!this.gestures.cancel()) this.select([]);
    return true;
  }

  fit() {
    const boxes = this.picture.order.map((id) => this.drawing.boxOf(id)).filter((box) => box !== null);
    if (boxes.length === 0) return true;
    this.view.fit({
      left: Math.min(...boxes.map((box) => box.x - box.width / 2)),
      right: Math.max(...boxes.map((box) => box.x + box.width / 2)),
      top: Math.min(...boxes.map((box) => box.y - box.height / 2)),
      bottom: Math.max(...boxes.map((box) => box.y + box.height / 2)),
    });
    return true;
  }

  /** A node's size is known only once it has been drawn. */
  fitWhenDrawn() {
    this.fitted = false;
    this.stage.classList.remove("ready");
    this.drawing.redraw();
  }

  placeOverlay() {
    if (!this.fitted && this.picture.order.every((id) => this.drawing.boxOf(id))) {
      this.fitted = true;
      this.fit();
      this.stage.classList.add("ready");
    }
    this.overlay.place(this.view);
  }

  resized() {
    if (this.view.width === 0) return;
    this.drawing.resize(this.view);
  }

  theme() {
    const ground = getComputedStyle(this.root).getPropertyValue("--st-background-color").trim();
    return isDark(ground) ? "dark" : "light";
  }

  followTheme() {
    const theme = this.theme();
    this.root.dataset.theme = theme;
    this.drawing.setTheme(this.picture, theme);
  }
}

function portCounts(picture, op) {
  const { ports, outputs } = describeOp(picture, op);
  return { in: ports.length, out: outputs.length };
}

/** Whether a colour written as #rrggbb or rgb(…) is dark. */
function isDark(colour) {
  const parts = colour.startsWith("#")
    ? colour.slice(1).match(/../g)?.map((pair) => Number.parseInt(pair, 16))
    : colour.match(/[\d.]+/g)?.map(Number);
  if (!parts || parts.length < 3) return false;
  const [red, green, blue] = parts;
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}
