/**
 * The fields of who writes a lesson: what it asks, of which kind the answer is, and how it opens.
 *
 * @typedef {import("../../model/types/lesson_types.js").LessonFields} Fields
 * @typedef {import("../../model/types/picture_types.js").Picture} Picture
 * @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field
 */

import { INPUT } from "../../model/graph/picture.js";
import { element, focusedIn, setText } from "../../parts/dom.js";
import { mark, say } from "../../parts/messages.js";
import { VARIANTS } from "../steps/run_controls.js";

/** The kinds of answer. */
const KINDS = {
  number: mark("A number: tap the numbers to hide"),
  choice: mark("One of several choices"),
  function: mark("A Function of this graph"),
  build: mark("A graph that is built"),
  text: mark("Words, said aloud or written"),
};
const LONGEST = 2000;
/** Characters of a question that make a title where none is given. */
const TITLE = 60;

export class LessonFields {
  /** What was told last, as JSON by field. @type {Record<string, string>} */
  #told = {};

  /**
   * @param {() => void} onChange something else is written
   * @param {() => void} onInput somebody writes
   */
  constructor(onChange, onInput) {
    this.question = withoutCompletion(element("textarea", { rows: "2", maxlength: LONGEST, "data-field": "question" }));
    this.title = withoutCompletion(element("input", { type: "text", maxlength: 80, "data-field": "title" }));
    this.answer = choiceField("answer", Object.entries(KINDS).map(([value, label]) => [value, say(label)]));
    this.choices = withoutCompletion(element("textarea", { rows: "3", maxlength: LONGEST, "data-field": "choices" }));
    this.right = choiceField("right", []);
    this.formula = withoutCompletion(element("input", { type: "text", maxlength: LONGEST, "data-field": "formula", placeholder: "z = x² + y²" }));
    this.hint = withoutCompletion(element("textarea", { rows: "2", maxlength: LONGEST, "data-field": "hint" }));
    this.insight = withoutCompletion(element("textarea", { rows: "2", maxlength: LONGEST, "data-field": "insight" }));
    this.minutes = element("input", { type: "number", min: 1, max: 90, value: 5, class: "lesson-minutes", "data-field": "minutes" });
    this.level = choiceField("level", []);
    this.panel = choiceField("panel", []);
    this.engine = choiceField("engine", VARIANTS.map(({ name, label }) => [name, say(label)]));
    this.automatic = element("input", { type: "checkbox", "data-field": "automatic" });
    this.fixed = element("div", { class: "row", role: "group", "aria-label": say("Inputs that stay as they are") });
    this.ofChoices = labelled(say("Choices, one a line"), this.choices);
    this.ofRight = labelled(say("The right one"), this.right);
    this.ofFormula = labelled(say("The formula that is right"), this.formula);
    this.box = element("div", { class: "lesson-fields" }, [
      labelled(say("Question"), this.question), labelled(say("Title in the list"), this.title),
      labelled(say("What is answered"), this.answer), this.ofChoices, this.ofRight, this.ofFormula,
      labelled(say("Hint after a wrong answer"), this.hint), labelled(say("Explanation at the end"), this.insight),
    ]);
    this.more = element("details", { class: "lesson-more" }, [
      element("summary", { text: say("How it opens") }),
      element("div", { class: "row" }, [labelled(say("Minutes"), this.minutes), labelled(say("Level"), this.level)]),
      labelled(say("Panel that opens"), this.panel), labelled(say("Rule of Backward"), this.engine),
      element("label", { class: "row" }, [this.automatic, say("Forward and Backward run by themselves")]),
      element("p", { text: say("Inputs that stay as they are") }), this.fixed,
    ]);
    for (const box of [this.box, this.more]) {
      box.addEventListener("keydown", (event) => event.stopPropagation());
      box.addEventListener("input", () => {
        this.#showKind();
        onInput();
      });
      box.addEventListener("change", () => onChange());
    }
  }

  /** What is written, as a lesson's file has it. @returns {Fields} */
  get value() {
    const answer = this.answer.value;
    const question = this.question.value.trim();
    const choices = distinctLines(this.choices.value);
    const fixed = this.#fixed;
    const right = answer === "build" ? this.formula.value.trim() : this.right.value;
    return {
      title: this.title.value.trim() || shortened(question), question, answer, insight: this.insight.value.trim(),
      hint: this.hint.value.trim(), minutes: this.minutes.valueAsNumber || 5, level: Number(this.level.value) || 1,
      panel: this.panel.value, engine: this.engine.value, automatic: this.automatic.checked, fixed,
      ...(answer === "choice" && { choices }), ...(["choice", "function", "build"].includes(answer) && { right }),
    };
  }

  get #fixed() {
    return [...this.fixed.querySelectorAll("input")].filter(({ checked }) => checked).map(({ value }) => value);
  }

  get #texts() {
    const { question, title, answer, choices, right, formula, hint, insight, minutes, level, panel, engine } = this;
    return { question, title, answer, choices, right, formula, hint, insight, minutes, level, panel, engine };
  }

  /** What stands in the fields, whole or not. @returns {import("../../model/kept/lesson_drafts.js").Draft} */
  get draft() {
    const texts = Object.entries(this.#texts).map(([name, field]) => [name, field.value]);
    return { ...Object.fromEntries(texts), automatic: this.automatic.checked, fixed: this.#fixed };
  }

  /**
   * Go on with what was written before; it has not been handed over, so it stands in the place of what is told.
   * @param {import("../../model/kept/lesson_drafts.js").Draft} draft
   */
  takeUp(draft) {
    const { automatic, fixed, right, ...others } = draft;
    const texts = this.#texts;
    const fillIn = (/** @type {object} */ values) => Object.entries(values).forEach(([name, value]) => {
      if (name in texts) texts[/** @type {keyof typeof texts} */ (name)].value = String(value);
    });
    fillIn(others);
    this.#showKind(); // what is right is chosen among what stands in the other fields
    if (right !== undefined) fillIn({ right });
    if (typeof automatic === "boolean") this.automatic.checked = automatic;
    if (Array.isArray(fixed)) for (const box of this.fixed.querySelectorAll("input")) box.checked = fixed.includes(box.value);
  }

  /** What is missing, in words. @returns {string[]} */
  get missing() {
    const { question, insight, answer, choices = [], right } = this.value;
    return [
      question ? "" : say("a question"), insight ? "" : say("an explanation"),
      answer === "choice" && choices.length < 2 ? say("two choices or more") : "",
      answer !== "number" && answer !== "text" && !right && (answer !== "choice" || choices.length >= 2) ? say("the right answer") : "",
    ].filter((each) => each !== "");
  }

  /**
   * @param {Picture} picture
   * @param {import("../../model/types/lesson_types.js").LessonForm} form
   */
  show(picture, { levels, fields = {} }) {
    offer(this.level, levels.map((level, index) => [String(index + 1), level]));
    offer(this.panel, [["", say("none")], ...(picture.panels ?? []).map(({ name, title }) => /** @type {[string, string]} */ ([name, title]))]);
    this.nodes = picture.order.map((id) => picture.nodes[id]).filter((node) => node !== undefined && node.op !== "Block");
    const names = this.nodes.filter(({ op }) => op === INPUT).map(({ name }) => name);
    const checked = new Set(this.value.fixed);
    if (names.join() !== [...this.fixed.querySelectorAll("input")].map(({ value }) => value).join()) {
      this.fixed.replaceChildren(...names.map((name) => {
        const box = element("input", { type: "checkbox", value: name, checked: checked.has(name) });
        return element("label", { class: "row" }, [box, name]);
      }));
    }
    this.#take("question", fields.question, (value) => fill(this.question, value));
    this.#take("title", fields.title, (value) => fill(this.title, value === shortened(this.question.value.trim()) ? "" : value));
    this.#take("answer", fields.answer ?? (fields.question ? "text" : "number"), (value) => fill(this.answer, value));
    this.#take("choices", fields.choices, (value) => fill(this.choices, value.join("\n")));
    this.#take("hint", fields.hint, (value) => fill(this.hint, value));
    this.#take("insight", fields.insight, (value) => fill(this.insight, value));
    this.#take("minutes", fields.minutes ?? 5, (value) => fill(this.minutes, String(value)));
    this.#take("level", fields.level ?? 1, (value) => fill(this.level, String(value)));
    this.#take("panel", fields.panel ?? "", (value) => fill(this.panel, value));
    this.#take("engine", fields.engine ?? "step 16", (value) => fill(this.engine, value));
    this.#take("automatic", fields.automatic ?? true, (value) => void (this.automatic.checked = value));
    this.#take("fixed", fields.fixed, (value) => {
      for (const box of this.fixed.querySelectorAll("input")) box.checked = value.includes(box.value);
    });
    this.#showKind();
    this.#take("right", fields.right, (value) => fill(this.answer.value === "build" ? this.formula : this.right, value));
  }

  /** Another graph is open, of which nothing is written yet. */
  forget() {
    this.#told = {};
    for (const field of [this.question, this.title, this.choices, this.formula, this.hint, this.insight]) field.value = "";
    for (const box of this.fixed.querySelectorAll("input")) box.checked = false;
  }

  /**
   * Fill a field with what is told, where that is not what was told before: what somebody types stays.
   * @template Value
   * @param {string} name
   * @param {Value | undefined} value
   * @param {(value: Value) => void} take
   */
  #take(name, value, take) {
    if (value === undefined) return;
    const told = JSON.stringify(value);
    if (told === this.#told[name]) return;
    this.#told[name] = told;
    take(value);
  }

  /** Show what belongs to the kind of answer. */
  #showKind() {
    const kind = this.answer.value;
    this.ofChoices.hidden = kind !== "choice";
    this.ofFormula.hidden = kind !== "build";
    this.ofRight.hidden = kind !== "choice" && kind !== "function";
    const functions = (this.nodes ?? []).filter(({ op }) => op !== INPUT).map(({ name }) => name);
    const offered = kind === "choice" ? distinctLines(this.choices.value) : functions;
    offer(this.right, [["", "–"], ...offered.map((each) => /** @type {[string, string]} */ ([each, each]))]);
  }
}

/** @param {string} written */
function distinctLines(written) {
  return [...new Set(written.split("\n").map((line) => line.trim()).filter((line) => line !== ""))];
}

/** @param {string} question */
function shortened(question) {
  return question.length > TITLE ? `${question.slice(0, TITLE - 1)}…` : question;
}

/**
 * Fill a field, unless somebody is writing in it.
 * @param {Field} field
 * @param {string} value
 */
function fill(field, value) {
  if (focusedIn(field) !== field || field instanceof HTMLSelectElement) field.value = value;
}

/**
 * @template {HTMLElement} Made
 * @param {Made} made
 */
function withoutCompletion(made) {
  made.setAttribute("autocomplete", "off");
  return made;
}

/**
 * @param {string} name
 * @param {readonly (readonly [value: string, label: string])[]} options
 */
function choiceField(name, options) {
  const made = element("select", { "data-field": name });
  offer(made, options);
  return made;
}

/**
 * Offer these, and keep what is chosen where it is still among them.
 * @param {HTMLSelectElement} select
 * @param {readonly (readonly [value: string, label: string])[]} options
 */
function offer(select, options) {
  const present = [...select.options];
  if (present.length === options.length && options.every(([value, label], at) => present[at].value === value && present[at].text === label)) return;
  const chosen = select.value;
  select.replaceChildren(...options.map(([value, label]) => {
    const option = element("option", { value });
    setText(option, label);
    return option;
  }));
  if (options.some(([value]) => value === chosen)) select.value = chosen;
}

/**
 * @param {string} label
 * @param {HTMLElement} field
 */
function labelled(label, field) {
  return element("label", { class: "lesson-field" }, [element("span", { text: label }), field]);
}
