/**
 * Type an input's value, an op's parameters or a node's name on the node itself: Enter commits, Escape restores,
 * leaving commits.
 *
 * The field has room for lines, since cells that are pasted from a spreadsheet come in several.
 *
 * @typedef {import("../model/types/graph_types.js").PictureNode} PictureNode
 * @typedef {object} Subject what is edited
 * @property {string} id
 * @property {string} shown what stands there now
 * @property {string} label
 * @property {string} hint
 * @property {string} part of the node: its value or its name
 * @property {(text: string) => import("../model/types/event_types.js").EditEvent} toEvent
 * @property {boolean} [follows] whether the numbers downstream follow while it is typed
 *
 * @typedef {object} Typing where it is typed
 * @property {HTMLTextAreaElement} field
 * @property {HTMLElement} hintBox
 * @property {number} gesture all that is sent while it is typed is one step of undo
 * @property {string} sent what was sent last
 * @property {boolean} hasFollowed whether numbers have followed
 * @typedef {Subject & Typing} Editing
 */

import { element, focusedIn } from "../parts/dom.js";
import { belongsToComposition } from "../parts/keys.js";
import { onLeave } from "../parts/leaving.js";
import { say } from "../parts/messages.js";
import { INPUT, describeOp } from "../model/graph/picture.js";

const SHORT = 11; // characters that fit into the narrow field
const MOST_ROWS = 6;
const EDGE_PX = 6;
/** What is a number already while it is typed: 3.14 on the way to 3.141592, but not "3.". */
const NUMBER = /^[-−]?(\d+\.?\d*|\.\d+)(e[-−+]?\d+)?$/i;

export class ValueEditor {
  /** @type {Editing | null} */
  #editing = null;
  /** @type {{seq: number, subject: Subject, text: string} | null} */
  #sent = null;
  /** What was refused last, and may be meant otherwise. @type {{subject: Subject, text: string} | null} */
  #refused = null;

  /**
   * @param {import("../model/page_model.js").PageModel} model
   * @param {import("../drawing/stage.js").Stage} stage
   */
  constructor(model, stage) {
    this.model = model;
    this.stage = stage;
  }

  /**
   * Open the field of a node's value or parameters; answers false where it has neither.
   * @param {string} id
   * @param {string} [typed] what stands in the field, if not the present value
   */
  begin(id, typed) {
    const node = this.model.picture.nodes[id];
    if (node?.op === INPUT) {
      return this.#open({
        id, part: "value", shown: node.written ?? JSON.stringify(node.value), label: say("Value of {name}", { name: node.name }),
        hint: describeOp(this.model.picture, node.op).hint ?? "", follows: typeof node.value === "number",
        toEvent: (text) => ({ type: "set value", node: id, value: text }),
      }, typed);
    }
    if (node?.typed === undefined) return false;
    return this.#open({
      id, part: "value", shown: node.typed, label: say("Parameters of {name}", { name: node.name }), hint: "",
      toEvent: (text) => ({ type: "set parameter", node: id, value: text }),
    }, typed);
  }

  /**
   * Open the field of a node's name.
   * @param {string} id
   * @param {string} [typed]
   */
  beginName(id, typed) {
    const { name } = this.model.picture.nodes[id];
    return this.#open({
      id, part: "name", shown: name, label: say("Name of {name}", { name }), hint: "",
      toEvent: (text) => ({ type: "rename", node: id, name: text }),
    }, typed);
  }

  /**
   * @param {Subject} subject
   * @param {string} [typed]
   */
  #open(subject, typed) {
    this.#close();
    const { id, part, shown, label, hint } = subject;
    const field = element("textarea", {
      class: `editor of-${part}`, rows: "1", inputmode: "text", autocomplete: "off", spellcheck: "false", wrap: "off",
      "aria-label": label, "aria-description": hint,
      [part === "name" ? "data-rename" : "data-edit"]: this.model.picture.nodes[id].name,
    });
    field.value = typed ?? shown;
    const hintBox = element("div", { class: "editor-hint", "aria-hidden": "true", text: hint, hidden: hint === "" });
    const editing = { ...subject, field, hintBox, gesture: this.model.outbox.nextGesture(), sent: shown, hasFollowed: false };
    this.#editing = editing;
    this.stage.overlay.elementOf(id)?.append(field, hintBox);
    field.addEventListener("keydown", (event) => this.#press(event));
    field.addEventListener("input", () => {
      this.#makeRoom(editing);
      this.#follow(editing);
    });
    onLeave(field, () => this.#commit());
    this.#makeRoom(editing);
    field.focus({ preventScroll: true });
    if (typed === undefined) field.select();
    return true;
  }

  /**
   * Let the numbers follow what is typed, where that is a number already.
   * @param {Editing} editing
   */
  #follow(editing) {
    const text = editing.field.value.trim();
    if (!editing.follows || text === editing.sent || !NUMBER.test(text)) return;
    editing.sent = text;
    editing.hasFollowed = true;
    this.model.edit(editing.toEvent(text), undefined, editing.gesture);
  }

  /**
   * As many rows and as much width as the text needs, within bounds.
   * @param {Editing} editing
   */
  #makeRoom({ field, hintBox }) {
    const lines = field.value.split("\n");
    field.rows = Math.min(lines.length, MOST_ROWS);
    field.classList.toggle("wide", lines.length > 1 || lines[0].length > SHORT);
    field.classList.toggle("tall", lines.length > 1);
    this.#keepInSight(field, hintBox);
  }

  /**
   * Near the stage's edge the field and its hint stand beside the node's middle, and the hint below where need be.
   * @param {HTMLElement} field
   * @param {HTMLElement} hint
   */
  #keepInSight(field, hint) {
    const bounds = this.stage.element.getBoundingClientRect();
    hint.classList.remove("below");
    hint.classList.toggle("below", hint.getBoundingClientRect().top < bounds.top);
    for (const part of [field, hint]) {
      part.style.translate = "";
      const { left, right } = part.getBoundingClientRect();
      const shift = Math.max(bounds.left + EDGE_PX - left, 0) + Math.min(bounds.right - EDGE_PX - right, 0);
      if (shift) part.style.translate = `${shift / this.stage.view.scale}px 0`; // it is drawn at the graph's scale
    }
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    event.stopPropagation();
    if (belongsToComposition(event)) return;
    const id = this.#editing?.id;
    if (id === undefined) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#commit();
      this.stage.overlay.focus(id);
    } else if ((event.key === "Tab" && !event.shiftKey) || event.key === "ArrowDown") {
      if (this.stage.notice.focusOffer()) event.preventDefault();
    } else if (event.key === "Escape") {
      this.stage.notice.clear();
      this.#putBack();
      this.stage.overlay.focus(id);
    }
  }

  /** What stood there before somebody typed stands there again. */
  #putBack() {
    const editing = this.#editing;
    this.#close();
    if (!editing?.hasFollowed) return;
    this.model.giveUp(editing.toEvent(editing.shown), editing.gesture);
  }

  #commit() {
    if (this.#editing === null) return;
    const { field, hintBox, sent, hasFollowed, ...subject } = this.#editing;
    let { gesture } = this.#editing;
    const text = field.value;
    this.#close();
    const isAsBefore = text.trim() === subject.shown;
    if (text.trim() === sent && !(isAsBefore && hasFollowed)) return;
    if (text === this.#refused?.text && subject.id === this.#refused.subject.id) return;
    // What may be refused must leave what stood there, not what was on the way to it.
    if (hasFollowed && (isAsBefore || !NUMBER.test(text.trim()))) {
      this.model.giveUp(subject.toEvent(subject.shown), gesture);
      gesture = this.model.outbox.nextGesture();
    }
    if (!isAsBefore) this.#send(subject, text, gesture);
  }

  /**
   * @param {Subject} subject
   * @param {string} text
   * @param {number} gesture
   */
  #send(subject, text, gesture) {
    const box = this.stage.drawing.boxOf(subject.id);
    const point = box ? this.stage.belowNode(box) : undefined;
    this.#refused = null;
    this.#sent = { seq: this.model.edit(subject.toEvent(text), point, gesture), subject, text };
  }

  /**
   * What was refused is there again to be mended, unless the hand has gone elsewhere.
   * @param {number} seq
   */
  refuse(seq) {
    if (this.#sent?.seq !== seq) return;
    const { subject, text } = this.#sent;
    this.#sent = null;
    this.#refused = { subject, text };
    const node = this.stage.overlay.elementOf(subject.id);
    if (!node || this.#editing !== null || focusedIn(node) !== node) return;
    this.#open(subject, text);
    this.#focusEnd(text.length);
  }

  /**
   * Take one of what a refused text may mean.
   * @param {string} text
   */
  take(text) {
    const refused = this.#refused;
    if (refused === null) return;
    this.#close();
    this.#send(refused.subject, text, this.model.outbox.nextGesture());
    this.stage.overlay.focus(refused.subject.id);
  }

  /** With another session all numbers are others. */
  forget() {
    this.#sent = this.#refused = null;
  }

  /** @param {number} end */
  #focusEnd(end) {
    this.#editing?.field.setSelectionRange(end, end);
  }

  #close() {
    const editing = this.#editing;
    // Removing a focused field makes it blur, which would commit it: forget it first.
    this.#editing = null;
    editing?.hintBox.remove();
    editing?.field.remove();
  }
}
