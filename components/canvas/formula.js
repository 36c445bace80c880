/** The graph as a formula that can be edited in place: Enter draws it, Escape restores it. */

import { element } from "./dom.js";

const TALLEST_PX = 160;

export class FormulaBar {
  /** @param {import("./canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.shown = "";
    this.field = element("textarea", {
      class: "formula-field", rows: "1", spellcheck: "false", autocomplete: "off", "aria-label": "Formula",
      placeholder: "z = x**2 + y**2", "data-testid": "formula",
      title: "The graph as a formula: edit it and press Enter. Shift+Enter begins a new line.",
    });
    this.fault = element("p", { class: "formula-fault", role: "alert", hidden: true, "data-testid": "formula-fault" });
    this.box = element("div", { class: "formula" }, [this.field, this.fault]);
    this.field.addEventListener("keydown", (event) => this.press(event));
    this.field.addEventListener("input", () => this.grow());
    this.field.addEventListener("focus", () => this.grow());
    this.field.addEventListener("blur", () => this.leave());
  }

  get edited() {
    return this.field.value !== this.shown;
  }

  /** Show the present graph's formula, unless somebody is writing another. */
  show(text) {
    if (text === this.shown) return;
    const untouched = !this.edited || this.sent !== undefined;
    this.shown = text;
    this.sent = undefined;
    if (!untouched) return;
    this.field.value = text;
    this.clearFault();
    this.grow();
  }

  press(event) {
    event.stopPropagation();
    if (event.key === "Escape") {
      this.field.value = this.shown;
      this.clearFault();
      this.field.blur();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.commit();
    }
  }

  commit() {
    this.clearFault();
    if (!this.edited) return;
    this.sent = this.field.value;
    this.seq = this.canvas.edit({ type: "formula", text: this.sent });
  }

  /** Say what was refused, and put the cursor at the place. Answers whether the refusal was of this field. */
  refuse({ seq, text, line, column }) {
    if (seq !== this.seq) return false;
    this.seq = this.sent = undefined;
    this.fault.textContent = line > 1 ? `Line ${line}, column ${column}: ${text}` : `Column ${column}: ${text}`;
    this.fault.hidden = false;
    const before = this.field.value.split("\n").slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    const place = Math.min(before + column - 1, this.field.value.length);
    this.field.focus();
    this.field.setSelectionRange(place, Math.min(place + 1, this.field.value.length));
    return true;
  }

  /** Python has carried out everything up to a number. Answers whether the graph is now the one that was written. */
  acknowledge(ack) {
    if (this.seq === undefined || ack < this.seq) return false;
    this.seq = undefined;
    if (this.sent !== undefined) {
      this.sent = undefined;
      this.field.value = this.shown;
      this.grow();
    }
    return true;
  }

  leave() {
    this.field.style.height = "";
    this.field.scrollTop = 0;
  }

  /** Make room for all that is written while somebody writes. */
  grow() {
    if (this.field.getRootNode().activeElement !== this.field) return;
    this.field.style.height = "";
    this.field.style.height = `${Math.min(this.field.scrollHeight + 2, TALLEST_PX)}px`;
  }

  clearFault() {
    this.fault.hidden = true;
    this.fault.textContent = "";
  }
}
