/** The canvas: palette, stage and table around one graph, and the edits that hands make on it. */

import { Blocks } from "./drawing/blocks.js";
import { Continuity } from "./model/restore.js";
import { Dialogs } from "./parts/dialog.js";
import { element } from "./parts/dom.js";
import { Doubts } from "./panels/variant_bar.js";
import { Drawing } from "./drawing/drawing.js";
import { Editor } from "./gestures/value_editor.js";
import { Edits } from "./gestures/edits.js";
import { takeFiles } from "./gestures/file_drop.js";
import { Flow } from "./drawing/flow.js";
import { Framing } from "./drawing/framing.js";
import { Gestures } from "./gestures/gestures.js";
import { BLOCK } from "./model/block_model.js";
import { Keys } from "./gestures/keys.js";
import { EMPTY_PICTURE, PictureBook, expectedPicture, portsOf } from "./model/picture.js";
import { Notice } from "./parts/notice.js";
import { Outbox } from "./model/outbox.js";
import { Overlay } from "./drawing/overlay.js";
import { Palette } from "./gestures/palette.js";
import { Panels } from "./panels/panels.js";
import { Search } from "./gestures/search.js";
import { StepBar } from "./panels/step_bar.js";
import { Stepper } from "./panels/stepper.js";
import { Table } from "./panels/node_table.js";
import { isDark } from "./parts/theme.js";
import { Toolbar } from "./gestures/toolbar.js";
import { View } from "./drawing/view.js";
import { Wiring } from "./gestures/wiring.js";

export class Canvas {
  /** @param {HTMLElement} root @param {(message: object) => void} post */
  constructor(root, post) {
    this.root = root;
    this.book = new PictureBook();
    /** What is shown: Python's last picture with what is not yet acknowledged. */
    this.picture = EMPTY_PICTURE;
    this.selection = new Set();
    this.selectedWire = null;
    this.handAt = new Map();

    this.edits = new Edits(this);
    this.palette = new Palette(root, this.edits);
    this.stage = element("div", {
      class: "stage", role: "application", "aria-label": "Computational graph", tabindex: "0",
    });
    this.stepper = new Stepper(this);
    this.panels = new Panels(this);
    root.append(this.panels.bar, element("div", { class: "middle" }, [this.stage, this.panels.side]));
    const ground = element("div", { class: "ground" });
    this.hint = element("p", { class: "hint", hidden: true, text: "Drag an Input from the palette to begin, or type a formula." });
    this.stage.append(ground, this.hint);
    this.drawing = new Drawing(ground, () => this.place(), () => this.framing.arrived());
    this.blocks = new Blocks(this);
    this.overlay = new Overlay(this.stage, this.drawing);
    this.flow = new Flow(this.overlay.layer, this.drawing);
    this.view = new View(this.stage, () => this.drawing.look(this.view));
    this.framing = new Framing(this);
    this.wiring = new Wiring(this);
    this.notice = new Notice(this.stage);
    this.voice = element("div", { class: "spoken", "aria-live": "polite" });
    this.dialogs = new Dialogs(root);
    this.toolbar = new Toolbar(this);
    this.doubts = new Doubts(this);
    this.stage.append(this.voice, this.doubts.bar, this.toolbar.bar);
    this.stepBar = new StepBar(this, this.stepper);
    this.table = new Table(root, (id) => this.select([id]));
    this.editor = new Editor(this);
    this.search = new Search(this);
    this.gestures = new Gestures(this);
    this.keys = new Keys(this);

    this.outbox = new Outbox(post, () => this.continuity.keep());
    this.continuity = new Continuity(this);
    new ResizeObserver(() => this.framing.resized()).observe(this.stage);
    takeFiles(this);
  }

  // What Python says ------------------------------------------------------------------------------------------

  /** Take in a message from Python, once this tab knows what it remembers. */
  receive(message) {
    this.continuity.woken.then(() => this.takeIn(message));
  }

  takeIn(message) {
    if (message.session !== this.outbox.session) this.meet(message);
    if (this.continuity.restoring && message.ack < 1) return;
    this.continuity.restoring = false;
    if (!this.book.turn(message)) {
      this.outbox.askForAll();
      return;
    }
    this.outbox.have = this.book.revision;
    this.answer = message;
    this.outbox.acknowledge(message);
    this.show();
    this.explain(message);
    this.toolbar.nameSteps(message);
    this.stepper.acknowledge(message.ack);
    this.continuity.keep();
  }

  meet(message) {
    const { greets } = this.continuity.meet(message);
    this.book.forget();
    this.outbox.have = 0;
    this.explained = 0;
    this.handAt.clear();
    if (greets && message.greeting) this.greeting = message.greeting;
  }

  show() {
    const before = this.picture;
    const picture = this.stepper.seen(expectedPicture(this.book.picture, this.outbox.pending));
    this.picture = picture;
    // The ids of another graph are others, even where they read the same.
    if (picture.document !== before.document && this.selection.size) this.select([]);
    this.selection = new Set([...this.selection].filter((id) => id in picture.nodes));
    if (this.selectedWire && !(this.selectedWire in picture.edges)) this.selectedWire = null;
    this.palette.show(picture.catalogue);
    this.hint.hidden = picture.order.length > 0;
    // While somebody steps the graph gets the palette's room; without a graph there is nothing to step through.
    this.root.classList.toggle("stepping", this.stepper.isOpen && picture.order.length > 0);
    this.drawing.show(before, picture, this.theme(), (id) => portCounts(picture, id));
    this.blocks.show(picture);
    this.overlay.show(picture, this.selection);
    this.blocks.land();
    this.table.show(picture, this.selection);
    this.showSteps(picture);
    this.panels.show(picture);
    this.doubts.show(picture, this.answer?.engine);
    if (this.wiring.active && !(this.wiring.hand.id in picture.nodes)) this.gestures.cancel();
    if (picture.document !== before.document) this.framing.fitWhenDrawn();
    else if (picture.drawn !== before.drawn) this.framing.fitNext();
  }

  showSteps(picture) {
    const { stepper } = this;
    const candidates = picture.order.filter((id) => stepper.candidateAt(id) !== undefined);
    this.overlay.tell(picture, { active: stepper.step, candidates });
    this.flow.show(stepper.step, stepper.moved, stepper.speed);
    this.stepBar.show(picture);
  }

  explain({ refusals, link, ack }) {
    for (const { seq, text, node, line, column } of refusals) {
      if (seq <= this.explained) continue;
      this.explained = seq;
      this.wantsLink = false;
      if (this.panels.formula.refuse({ seq, text, line, column })) continue;
      this.editor.refuse(seq);
      const origin = this.handAt.get(seq);
      if (origin) this.notice.say(text, origin);
      else this.sayAt(node, text);
    }
    if (this.panels.formula.acknowledge(ack) && !this.view.chosen) this.framing.fitNext();
    if (this.wantsLink && link) {
      this.wantsLink = false;
      const url = new URL(globalThis.location.href);
      url.search = new URLSearchParams({ graph: link });
      this.dialogs.showLink(url.href);
    }
    if (this.greeting) this.sayAt(null, this.greeting);
    this.greeting = "";
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

  /** Send an edit, and show at once what it will do; `point` is where the hand was, should it be refused. */
  edit(event, point, gesture = this.outbox.nextGesture()) {
    const seq = this.outbox.push(event, gesture);
    if (point) this.handAt.set(seq, point);
    this.show();
    return seq;
  }

  command(type, more = {}) {
    this.wantsLink = type === "share";
    return this.outbox.push({ type, ...more });
  }

  /** Lay the graph out anew; the view follows when the nodes have arrived. */
  tidy() {
    this.view.release();
    this.command("tidy");
    return true;
  }

  /** Select a node that was just added and put the focus on it. */
  take(id) {
    this.select([id]);
    this.overlay.focus(id);
  }

  placeOf(id) {
    return this.drawing.boxOf(id) ?? this.picture.nodes[id];
  }

  nudge(ids, dx, dy) {
    for (const id of ids) {
      const { x, y } = this.placeOf(id);
      this.drawing.move(id, x + dx, y + dy);
    }
    this.edits.commitMove(ids);
  }

  editValue(id, typed) {
    const node = this.picture.nodes[id];
    if (node?.op !== "Input" && node?.typed === undefined) return false;
    this.editor.begin(id, typed);
    return true;
  }

  /** Go into a node: edit an input's value, open a block. */
  enter(id) {
    return this.picture.nodes[id]?.op === BLOCK ? this.blocks.open(id) : this.editValue(id);
  }

  /** Search for an op at a place; with a wire in hand, for one that fits, and wire it. */
  searchAt(point, hand) {
    const place = this.view.toGraph(point);
    if (!hand) return this.search.open(point, (op) => this.edits.add(op, place));
    const fits = (entry) => hand.side === "in" || entry.ports.length > 0;
    return this.search.open(point, (op) => this.edits.addAtWire(op, place, hand), fits);
  }

  // Selection and view ----------------------------------------------------------------------------------------

  select(ids) {
    this.selection = new Set(ids);
    this.selectedWire = null;
    this.blocks.chosen = null;
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
    this.panels.mark(this.selection);
    this.drawing.highlightWire(this.selectedWire);
    this.blocks.mark();
    const [only] = this.selection.size === 1 ? this.selection : [this.blocks.chosen ?? ""];
    this.outbox.select(only);
  }

  /** Escape: what is in hand goes back; then the selection goes. */
  putBack() {
    this.notice.clear();
    if (!this.gestures.cancel()) this.select([]);
    return true;
  }

  /** Put what lies over the drawing where its nodes are now. */
  place() {
    this.framing.drawn();
    this.overlay.place(this.view);
    this.blocks.place(this.view);
    this.flow.place();
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

function portCounts(picture, id) {
  const ports = portsOf(picture, id);
  return { in: ports.in.length, out: ports.out.length };
}
