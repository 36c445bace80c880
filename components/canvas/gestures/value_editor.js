/**
 * Type an input's value, or an op's parameters, on the node itself: Enter commits, Escape restores, leaving commits.
 *
 * The field has room for lines, since cells that are pasted from a spreadsheet come in several.
 *
 * @typedef {import("../model/types.js").PictureNode} PictureNode
 * @typedef {{field: HTMLTextAreaElement, hint: HTMLElement, id: string, shown: string, isInput: boolean}} Editing
 */

import { element, focusedIn } from "../parts/dom.js";
import { onLeave } from "../parts/leaving.js";
import { say } from "../parts/messages.js";
import { INPUT, describeOp } from "../model/picture.js";

const SHORT = 11; // characters that fit into the narrow field
const MOST_ROWS = 6;
const EDGE_PX = 6;

export class ValueEditor {
  /** @type {Editing | null} */
  #editing = null;
  /** @type {{seq: number, id: string, text: string} | null} */
  #sent = null;

  /**
   * @param {import("../model/page_model.js").PageModel} model
   * @param {import("../drawing/stage.js").Stage} stage
   */
  constructor(model, stage) {
    this.model = model;
    this.stage = stage;
  }

  /**
   * Open the field on a node; answers false where it has nothing to edit.
   * @param {string} id
   * @param {string} [typed] what stands in the field, if not the present value
   */
  begin(id, typed) {
    const node = this.model.picture.nodes[id];
    const isInput = node?.op === INPUT;
    if (!isInput && node?.typed === undefined) return false;
    this.#close();
    const shown = isInput ? JSON.stringify(node.value) : (node.typed ?? "");
    const hint = (isInput && describeOp(this.model.picture, node.op).hint) || "";
    const label = isInput ? say("Value of {name}", { name: node.name }) : say("Parameters of {name}", { name: node.name });
    const field = element("textarea", {
      class: "editor", rows: "1", inputmode: "text", autocomplete: "off", spellcheck: "false", wrap: "off",
      "aria-label": label, "aria-description": hint, "data-edit": node.name,
    });
    field.value = typed ?? shown;
    const hintBox = element("div", { class: "editor-hint", "aria-hidden": "true", text: hint, hidden: hint === "" });
    const editing = { field, hint: hintBox, id, shown, isInput };
    this.#editing = editing;
    this.stage.overlay.elementOf(id)?.append(field, hintBox);
    field.addEventListener("keydown", (event) => this.#press(event));
    field.addEventListener("input", () => this.#makeRoom(editing));
    onLeave(field, () => this.#commit());
    this.#makeRoom(editing);
    field.focus({ preventScroll: true });
    if (typed === undefined) field.select();
    return true;
  }

  /**
   * As many rows and as much width as the text needs, within bounds.
   * @param {Editing} editing
   */
  #makeRoom({ field, hint }) {
    const lines = field.value.split("\n");
    field.rows = Math.min(lines.length, MOST_ROWS);
    field.classList.toggle("wide", lines.length > 1 || lines[0].length > SHORT);
    field.classList.toggle("tall", lines.length > 1);
    this.#keepInSight(field, hint);
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
    const id = this.#editing?.id;
    if (id === undefined) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#commit();
      this.stage.overlay.focus(id);
    } else if (event.key === "Escape") {
      this.#close();
      this.stage.overlay.focus(id);
    }
  }

  #commit() {
    if (this.#editing === null) return;
    const { field, id, shown, isInput } = this.#editing;
    const text = field.value;
    this.#close();
    if (text.trim() === shown) return;
    const box = this.stage.drawing.boxOf(id);
    const point = box ? this.stage.belowNode(box) : undefined;
    const type = isInput ? "set value" : "set parameter";
    this.#sent = { seq: this.model.edit({ type, node: id, value: text }, point), id, text };
  }

  /**
   * What was refused is there again to be mended, unless the hand has gone elsewhere.
   * @param {number} seq
   */
  refuse(seq) {
    if (this.#sent?.seq !== seq) return;
    const { id, text } = this.#sent;
    this.#sent = null;
    const node = this.stage.overlay.elementOf(id);
    if (!node || this.#editing !== null || focusedIn(node) !== node) return;
    this.begin(id, text);
    this.#focusEnd(text.length);
  }

  /** With another session all numbers are others. */
  forget() {
    this.#sent = null;
  }

  /** @param {number} end */
  #focusEnd(end) {
    this.#editing?.field.setSelectionRange(end, end);
  }

  #close() {
    const editing = this.#editing;
    // Removing a focused field makes it blur, which would commit it: forget it first.
    this.#editing = null;
    editing?.hint.remove();
    editing?.field.remove();
  }
}
