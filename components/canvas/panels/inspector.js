/**
 * The panel of one node: its name and value to edit, its rule, its numbers in full, and what can be done with it.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../model/types/panel_types.js").InspectorFacts} InspectorFacts
 * @typedef {import("../model/types/panel_types.js").InspectorField} InspectorField
 * @typedef {import("../model/types/panel_types.js").InspectorRule} InspectorRule
 * @typedef {import("../model/types/exchange_types.js").Refusal} Refusal
 */

import { button, element } from "../parts/dom.js";
import { formula } from "../parts/math.js";
import { say } from "../parts/messages.js";
import { EditField } from "./edit_field.js";

/** Wrong numbers that are explained at once; the others when their node is selected. */
const MOST_FAULTS = 3;

export class InspectorPanel {
  /** @type {InspectorFacts | undefined} */
  #shown;
  /** The fields by what they edit: a node's name, its value, or a parameter. @type {Map<string, EditField>} */
  #fields = new Map();

  /** @param {Pick<import("./panel.js").PanelTools, "model">} tools */
  constructor({ model }) {
    this.model = model;
    this.faults = element("div", { role: "status" });
    this.content = element("div");
    this.box = element("div", { class: "inspector", "data-testid": "inspector" }, [this.faults, this.content]);
  }

  /** @param {Picture} picture */
  show({ inspector, faults }) {
    this.#showFaults(inspector, faults);
    if (inspector === this.#shown && this.content.childElementCount) return;
    const isOther = inspector?.id !== this.#shown?.id;
    this.#shown = inspector;
    if (inspector === undefined) {
      this.#fields.clear();
      this.content.replaceChildren(element("p", { text: say("Select a node to see its rule and its numbers in full.") }));
      return;
    }
    if (isOther) this.#fields.clear();
    const fields = inspector.fields.map((facts) => this.#field(inspector, facts));
    const { about, rules, products, numbers, message, offers } = inspector;
    const focused = fields.find((field) => field.isFocused);
    this.#put([
      ...fields.map((field) => field.box),
      element("p", { class: "about", text: about }),
      ...mathematics(rules, "rules"),
      ...numbersOf(numbers),
      ...(products.length ? [element("h2", { text: say("upstream × local = downstream") })] : []),
      ...mathematics(products, "products"),
      ...(message ? [element("p", { class: "trouble", role: "status", text: message })] : []),
      element("div", { class: "row offers" }, offers.map(({ label, event }) =>
        button({ text: label }, () => this.model.edit(event)))),
    ], focused);
  }

  /**
   * Say which rule went wrong in backward, and where: for the selected node's number, or else for the first ones.
   * @param {InspectorFacts | undefined} inspector
   * @param {Picture["faults"]} faults
   */
  #showFaults(inspector, faults = {}) {
    const told = inspector ? [faults[inspector.id]] : Object.values(faults).slice(0, MOST_FAULTS);
    const texts = told.flatMap((fault) => (fault ? [fault.why] : []));
    this.faults.replaceChildren(...texts.map((text) => element("p", { class: "trouble", text })));
  }

  /**
   * Show other parts; a field that somebody is typing into is not taken out of the page, which would end the typing.
   * @param {readonly HTMLElement[]} parts
   * @param {EditField | undefined} focused
   */
  #put(parts, focused) {
    if (focused === undefined || !this.content.contains(focused.box)) {
      this.content.replaceChildren(...parts);
      return;
    }
    const place = parts.indexOf(focused.box);
    for (const old of [...this.content.children]) if (old !== focused.box) old.remove();
    focused.box.before(...parts.slice(0, place));
    focused.box.after(...parts.slice(place + 1));
  }

  /**
   * @param {InspectorFacts} inspector
   * @param {InspectorField} facts
   */
  #field({ id }, facts) {
    const key = facts.parameter ?? facts.edits;
    const field = this.#fields.get(key) ?? new EditField(facts, (text) => this.model.edit(editOf(id, facts, text)));
    this.#fields.set(key, field);
    field.show(facts.text);
    return field;
  }

  /**
   * Say what was refused below its field. Answers whether the refusal was of one of these.
   * @param {Refusal} refusal
   */
  refuse(refusal) {
    return [...this.#fields.values()].some((field) => field.refuse(refusal));
  }
}

/**
 * @param {string} node
 * @param {InspectorField} facts
 * @param {string} text
 * @returns {import("../model/types/event_types.js").EditEvent}
 */
function editOf(node, { edits, parameter }, text) {
  if (edits === "name") return { type: "rename", node, name: text };
  if (edits === "range") return { type: "set range", node, text };
  if (edits === "value") return { type: "set value", node, value: text };
  return { type: "set parameter", node, name: parameter, value: text };
}

/** @param {InspectorFacts["numbers"]} numbers */
function numbersOf(numbers) {
  const rows = Object.entries(numbers).flatMap(([name, text]) => [
    element("dt", { class: name, text: name }), element("dd", { text, "data-number": name }),
  ]);
  return [element("dl", { class: "numbers" }, rows)];
}

/**
 * @param {readonly InspectorRule[]} rules
 * @param {string} name
 */
function mathematics(rules, name) {
  if (rules.length === 0) return [];
  const made = rules.map(({ lines, spoken }) => element("div", {}, lines.map((line, index) => {
    const written = formula(line, spoken);
    if (index > 0) written.setAttribute("aria-hidden", "true"); // the first line says it all
    return written;
  })));
  return [element("div", { class: "formulas", "data-testid": name }, made)];
}
