/**
 * What a lesson offers to choose from: one answer counts, after a wrong one there is a hint and a second try, and then
 * the right one is shown. How far somebody has come is told by a mark and a word.
 *
 * @typedef {import("../../model/types/lesson_types.js").Choice} Choice
 */

import { button, element, setAttribute, setText } from "../../parts/dom.js";
import { mark, say } from "../../parts/messages.js";
import { choiceMark, hasEnded } from "../../model/lesson/choice.js";

const MARKS = { open: "", right: "✓ ", wrong: "✗ ", shown: "✓ " };
const WORDS = {
  open: mark("{choice}"), right: mark("{choice}, right"), wrong: mark("{choice}, not right"),
  shown: mark("{choice}, the right answer"),
};
const TOLD = {
  open: "", again: mark("Not yet. One more try."), right: mark("Right."), late: mark("Right, at the second try."),
  wrong: mark("Not right; the right answer is marked."),
};

export class Choices {
  /** @param {(place: number) => void} choose locks a choice, by its place */
  constructor(choose) {
    this.choose = choose;
    this.row = element("div", { class: "choice-row", role: "group", "aria-label": say("Choices") });
    this.told = element("p", { class: "choice-told", role: "status", "data-testid": "choice-told" });
    this.box = element("div", { class: "choices", hidden: true }, [this.row, this.told]);
  }

  /** @param {Choice} [choice] */
  show(choice) {
    this.box.hidden = choice === undefined;
    const choices = choice?.choices ?? [];
    while (this.row.children.length > choices.length) this.row.lastElementChild?.remove();
    choices.forEach((text, place) => this.#showOne(/** @type {Choice} */ (choice), text, place));
    const told = choice && TOLD[choice.state] ? say(TOLD[choice.state]) : "";
    setText(this.told, [told, choice?.hint ?? ""].filter(Boolean).join(" "));
    setAttribute(this.told, "data-state", choice?.state ?? "open");
  }

  /**
   * @param {Choice} choice
   * @param {string} text
   * @param {number} place
   */
  #showOne(choice, text, place) {
    const held = this.row.children[place];
    const made = held ?? button({ text: "", class: "lesson-choice", "data-choice": String(place) }, () => {
      // A choice that is locked stays in the order of Tab, so that it can be read; it takes no second press.
      if (made.getAttribute("aria-disabled") === "false") this.choose(place);
    });
    if (!held) this.row.append(made);
    const state = choiceMark(choice, place);
    setText(made, `${MARKS[state]}${text}`);
    setAttribute(made, "aria-label", say(WORDS[state], { choice: text }));
    setAttribute(made, "data-state", state);
    setAttribute(made, "aria-disabled", String(state !== "open" || hasEnded(choice)));
  }
}
