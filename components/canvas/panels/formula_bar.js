/** The graph as a formula that can be edited in place: Enter draws it, Escape restores it. */

import { element } from "../parts/dom.js";
import { belongsToComposition } from "../parts/keys.js";
import { say } from "../parts/messages.js";
import { offerButtons } from "../parts/offers.js";

const MOST_LINES = 3;
/** What is left to be written in a text that is offered. */
const OPEN = "...";

export class FormulaBar {
  /** The present graph's formula. */
  #shown = "";
  /** What was sent and is not answered yet. @type {string | undefined} */
  #sent;
  /** @type {number | undefined} */
  #seq;

  /**
   * @param {HTMLElement} root changes its width with the page
   * @param {(text: string) => number} commit sends a formula; answers the event's number
   */
  constructor(root, commit) {
    this.commit = commit;
    this.field = element("textarea", {
      class: "formula-field", rows: "1", spellcheck: "false", autocomplete: "off", "aria-label": say("Formula"),
      placeholder: "z = x**2 + y**2", "data-testid": "formula",
      title: say("The graph as a formula: edit it, or paste a script, and press Enter. Shift+Enter begins a new line."),
    });
    this.fault = element("p", { class: "formula-fault", role: "alert", hidden: true, "data-testid": "formula-fault" });
    this.reading = element("div", { class: "formula-reading", role: "status", hidden: true, "data-testid": "formula-reading" });
    this.box = element("div", { class: "formula-bar" }, [this.field, this.fault, this.reading]);
    this.field.addEventListener("keydown", (event) => this.#press(event));
    this.field.addEventListener("input", () => {
      this.reading.hidden = true;
      this.#grow();
    });
    // How it was read is no longer of interest once somebody does something else.
    root.addEventListener("pointerdown", (event) => {
      if (!event.composedPath().includes(this.box)) this.reading.hidden = true;
    });
    root.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.reading.hidden = true;
    });
    this.field.addEventListener("scrollend", () => this.#rest());
    this.field.addEventListener("blur", () => (this.field.scrollTop = 0));
    // The root and not the field: its height is ours.
    new ResizeObserver(() => this.#grow()).observe(root);
    document.fonts.addEventListener("loadingdone", () => this.#grow());
  }

  get #isEdited() {
    return this.field.value !== this.#shown;
  }

  /**
   * Show the present graph's formula, unless somebody is writing another.
   * @param {string} text
   */
  show(text) {
    if (text === this.#shown) return;
    const isUntouched = !this.#isEdited || this.#sent !== undefined;
    this.#shown = text;
    this.#sent = undefined;
    if (isUntouched) this.#restore();
  }

  #restore() {
    this.field.value = this.#shown;
    this.#clearFault();
    this.#grow();
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    event.stopPropagation();
    if (belongsToComposition(event)) return;
    if (event.key === "Escape") {
      this.reading.hidden = true;
      this.#restore();
      this.field.blur();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#clearFault();
      if (this.#isEdited) this.#send();
    }
  }

  #send() {
    this.#sent = this.field.value;
    this.#seq = this.commit(this.#sent);
  }

  /**
   * Write what was offered in the place of what was typed, and draw it; what is left open there is to be written first.
   * @param {string} text
   */
  #take(text) {
    this.#clearFault();
    this.reading.hidden = true;
    this.field.value = text;
    this.#grow();
    const open = text.indexOf(OPEN);
    if (open < 0) {
      this.#send();
      return;
    }
    this.field.focus();
    this.field.setSelectionRange(open, open + OPEN.length);
  }

  /**
   * Offer a text that was pasted on the canvas: it stands here, to be drawn or left.
   * @param {string} text
   */
  offer(text) {
    this.field.value = text;
    this.#grow();
    this.field.focus();
    this.fault.textContent = say("Pasted here: press Enter to draw it as a graph, Escape to leave the graph as it is.");
    this.fault.hidden = false;
  }

  /**
   * Say what was refused, and put the cursor at the place. Answers whether the refusal was of this field.
   * @param {import("../model/types/exchange_types.js").Refusal} refusal
   */
  refuse({ seq, text, line, column, offers = [] }) {
    if (seq !== this.#seq) return false;
    this.#seq = this.#sent = undefined;
    const sentence = line > 1
      ? say("Line {line}, column {column}: {text}", { line, column, text })
      : say("Column {column}: {text}", { column, text });
    this.fault.replaceChildren(offers.length ? text : sentence, offerButtons(offers, (meant) => this.#take(meant)));
    this.fault.hidden = false;
    const lines = this.field.value.split("\n");
    const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    const within = [...(lines[line - 1] ?? "")].slice(0, column - 1).join("").length; // in characters, as people count
    const place = Math.min(before + Math.max(within, 0), this.field.value.length);
    this.field.focus();
    this.field.setSelectionRange(place, Math.min(place + 1, this.field.value.length));
    return true;
  }

  /**
   * Python has carried out everything up to a number. Answers whether the graph is now the one that was written.
   * @param {number} ack
   * @param {import("../model/types/exchange_types.js").Remark} [remark] what there is to say of the last formula
   */
  acknowledge(ack, remark) {
    if (this.#seq === undefined || ack < this.#seq) return false;
    if (remark?.seq === this.#seq) this.#tell(remark);
    this.#seq = undefined;
    if (this.#sent !== undefined) {
      this.#sent = undefined;
      this.field.value = this.#shown;
      this.#grow();
    }
    return true;
  }

  /**
   * Say quietly how the formula was read, and offer what a new name may mean.
   * @param {import("../model/types/exchange_types.js").Remark} remark
   */
  #tell({ read, hints }) {
    const told = read ? [element("p", { text: say("read as {formula}", { formula: read }) })] : [];
    const asked = hints.map((hint) => element("p", {}, [
      say("{name} is an input of its own. Or is this meant?", { name: hint.name }),
      offerButtons([hint], (text) => this.#take(text)),
    ]));
    this.reading.replaceChildren(...told, ...asked);
    this.reading.hidden = false;
  }

  /** With another session all numbers are others. */
  forget() {
    this.#seq = undefined;
  }

  get #lineHeight() {
    return parseFloat(getComputedStyle(this.field).lineHeight);
  }

  /** Make room for all that is written, up to a few lines; past those it scrolls. */
  #grow() {
    const { style, scrollTop } = this.field;
    style.overflowY = "hidden"; // a scroll bar would take width while the lines are counted
    style.setProperty("--lines", "1");
    const lines = Math.round(this.field.scrollHeight / this.#lineHeight);
    style.setProperty("--lines", String(Math.min(Math.max(lines, 1), MOST_LINES)));
    style.overflowY = lines > MOST_LINES ? "auto" : "hidden";
    this.field.scrollTop = scrollTop;
  }

  /** Come to rest on whole lines. */
  #rest() {
    this.field.scrollTop = Math.round(this.field.scrollTop / this.#lineHeight) * this.#lineHeight;
  }

  #clearFault() {
    this.fault.hidden = true;
    this.fault.textContent = "";
  }
}
