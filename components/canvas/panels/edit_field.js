/** A field of a panel that makes an edit: Enter or leaving commits, Escape restores; a refusal stands below it. */

import { element, focusedIn } from "../parts/dom.js";
import { belongsToComposition } from "../parts/keys.js";
import { onLeave } from "../parts/leaving.js";
import { offerButtons } from "../parts/offers.js";

export class EditField {
  /** What the graph holds. */
  #shown = "";
  /** @type {number | undefined} */
  #seq;
  /** What was refused: it is not sent again by leaving the field for what is offered in its place. @type {string | undefined} */
  #refused;

  /**
   * @param {{label: string, text: string, hint: string}} facts
   * @param {(text: string) => number} commit sends what was typed; answers the event's number
   */
  constructor({ label, text, hint }, commit) {
    this.commit = commit;
    this.field = element("input", {
      type: "text", autocomplete: "off", spellcheck: "false", title: hint || undefined, "data-field": label,
    });
    this.fault = element("p", { class: "trouble", role: "alert", hidden: true });
    this.box = element("label", { class: "edit-field" }, [element("span", { text: label }), this.field, this.fault]);
    this.field.addEventListener("keydown", (event) => this.#press(event));
    onLeave(this.field, () => this.#send());
    this.show(text);
  }

  get isFocused() {
    return focusedIn(this.field) === this.field;
  }

  /**
   * Show what the graph holds, unless somebody has typed something else.
   * @param {string} text
   */
  show(text) {
    if (text === this.#shown) return;
    const isUntouched = this.field.value === this.#shown || this.#seq !== undefined;
    this.#shown = text;
    if (isUntouched) this.#restore();
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    event.stopPropagation();
    if (belongsToComposition(event)) return;
    if (event.key === "Enter") this.#send();
    if (event.key === "Escape") this.#restore();
  }

  #send() {
    const text = this.field.value;
    if (text === this.#shown || text === this.#refused) return;
    this.#refused = undefined;
    this.#clearFault();
    this.#seq = this.commit(text);
  }

  #restore() {
    this.field.value = this.#shown;
    this.#seq = this.#refused = undefined;
    this.#clearFault();
  }

  #clearFault() {
    this.fault.hidden = true;
    this.fault.textContent = "";
  }

  /**
   * Say what was refused. Answers whether the refusal was of this field.
   * @param {import("../model/types/exchange_types.js").Refusal} refusal
   */
  refuse({ seq, text, offers = [] }) {
    if (seq !== this.#seq) return false;
    this.#seq = undefined;
    this.#refused = this.field.value;
    this.fault.replaceChildren(text, offerButtons(offers, (meant) => {
      this.field.value = meant;
      this.#send();
    }));
    this.fault.hidden = false;
    return true;
  }
}
