/**
 * Type an input's value, or an op's parameters, on the node itself: Enter commits, Escape restores, leaving commits.
 *
 * The field has room for lines, since cells that are pasted from a spreadsheet come in several.
 */

import { element } from "../parts/dom.js";
import { describeOp } from "../model/picture.js";

const SHORT = 11; // characters that fit into the narrow field
const MOST_ROWS = 6;
const EDGE_PX = 6;

export class Editor {
  /** @param {import("../canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.field = null;
    this.sent = null;
  }

  get open() {
    return this.field !== null;
  }

  begin(id, typed) {
    this.close();
    const { canvas } = this;
    const node = canvas.picture.nodes[id];
    const isInput = node.op === "Input";
    const shown = isInput ? JSON.stringify(node.value) : node.typed;
    const hint = isInput ? describeOp(canvas.picture, node.op).hint : "";
    const field = element("textarea", {
      class: "editor", rows: "1", inputmode: "text", autocomplete: "off", spellcheck: "false", wrap: "off",
      "aria-label": `${isInput ? "Value" : "Parameters"} of ${node.name}`, "aria-description": hint,
      "data-edit": node.name,
    });
    field.value = typed ?? shown;
    this.field = field;
    this.id = id;
    this.shown = shown;
    this.isInput = isInput;
    this.hint = element("div", { class: "editor-hint", "aria-hidden": "true", text: hint, hidden: hint === "" });
    canvas.overlay.elementOf(id).append(field, this.hint);
    field.addEventListener("keydown", (event) => this.press(event));
    field.addEventListener("input", () => this.makeRoom());
    field.addEventListener("blur", () => this.commit());
    this.makeRoom();
    field.focus({ preventScroll: true });
    if (typed === undefined) field.select();
  }

  /** As many rows and as much width as the text needs, within bounds. */
  makeRoom() {
    const lines = this.field.value.split("\n");
    this.field.rows = Math.min(lines.length, MOST_ROWS);
    this.field.classList.toggle("wide", lines.length > 1 || lines[0].length > SHORT);
    this.field.classList.toggle("tall", lines.length > 1);
    this.keepInSight();
  }

  /** Near the canvas's edge the field and its hint stand beside the node's middle, and the hint below where need be. */
  keepInSight() {
    const { stage, view } = this.canvas;
    const bounds = stage.getBoundingClientRect();
    this.hint.classList.remove("below");
    this.hint.classList.toggle("below", this.hint.getBoundingClientRect().top < bounds.top);
    for (const part of [this.field, this.hint]) {
      part.style.translate = "";
      const { left, right } = part.getBoundingClientRect();
      const shift = Math.max(bounds.left + EDGE_PX - left, 0) + Math.min(bounds.right - EDGE_PX - right, 0);
      if (shift) part.style.translate = `${shift / view.scale}px 0`; // it is drawn at the graph's scale
    }
  }

  press(event) {
    event.stopPropagation();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.commit();
      this.canvas.overlay.focus(this.id);
    } else if (event.key === "Escape") {
      this.close();
      this.canvas.overlay.focus(this.id);
    }
  }

  commit() {
    if (!this.open) return;
    const text = this.field.value;
    this.close();
    if (text.trim() === this.shown) return;
    const box = this.canvas.drawing.boxOf(this.id);
    const place = this.canvas.view.toStage({ x: box.x, y: box.y + box.height / 2 });
    const type = this.isInput ? "set value" : "set parameter";
    this.sent = { seq: this.canvas.edit({ type, node: this.id, value: text }, place), id: this.id, text };
  }

  /** What was refused is there again to be mended, unless the hand has gone elsewhere. */
  refuse(seq) {
    if (this.sent?.seq !== seq) return;
    const { id, text } = this.sent;
    this.sent = null;
    const node = this.canvas.overlay.elementOf(id);
    if (!node || this.open || node.getRootNode().activeElement !== node) return;
    this.begin(id, text);
    this.field.setSelectionRange(text.length, text.length);
  }

  close() {
    const { field } = this;
    // Removing a focused field makes it blur, which would commit it: forget it first.
    this.field = null;
    this.hint?.remove();
    field?.remove();
  }
}
