/** Type an input's value on the node itself: Enter commits, Escape restores, leaving the field commits. */

import { element } from "./dom.js";

export class Editor {
  /** @param {import("./canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.field = null;
  }

  get open() {
    return this.field !== null;
  }

  begin(id, typed) {
    this.close();
    const { canvas } = this;
    const node = canvas.picture.nodes[id];
    const shown = JSON.stringify(node.value);
    const field = element("input", {
      class: "editor", type: "text", inputmode: "text", autocomplete: "off", spellcheck: "false",
      "aria-label": `Value of ${node.name}`, "data-edit": node.name,
    });
    field.value = typed ?? shown;
    this.field = field;
    this.id = id;
    this.shown = shown;
    canvas.overlay.elementOf(id).append(field);
    field.addEventListener("keydown", (event) => this.press(event));
    field.addEventListener("blur", () => this.commit());
    field.focus({ preventScroll: true });
    if (typed === undefined) field.select();
  }

  press(event) {
    event.stopPropagation();
    if (event.key === "Enter") {
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
    this.canvas.edit({ type: "set value", node: this.id, value: text }, place);
  }

  close() {
    const { field } = this;
    // Removing a focused field makes it blur, which would commit it: forget it first.
    this.field = null;
    field?.remove();
  }
}
