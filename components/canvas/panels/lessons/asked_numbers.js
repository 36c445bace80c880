/**
 * The numbers that are asked for, below the question: each with a mark and a word for how far somebody has come, and a
 * line in which the chosen one is answered, once and then once more.
 *
 * @typedef {import("../../model/types/asked_types.js").AskedNumber} AskedNumber
 * @typedef {import("../../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../../model/types/panel_types.js").Step} Step
 */

import { button, element, focusedIn, setAttribute, setText } from "../../parts/dom.js";
import { belongsToComposition } from "../../parts/keys.js";
import { mark, say } from "../../parts/messages.js";
import { offerButtons } from "../../parts/offers.js";
import { askedBy, isHidden, keyOf, nameOf } from "../../model/graph/asked.js";

const MARKS = { open: "?", again: "✗", right: "✓", late: "✓", wrong: "✗", revealed: "○" };
/** What stands on a number, with the mark before it. */
const STATES = {
  open: mark("{name}"), again: mark("{name}: one more try"), right: mark("{name}: right"),
  late: mark("{name}: right, second try"), wrong: mark("{name}: wrong"), revealed: mark("{name}: revealed"),
};
const WORDS = {
  open: mark("{name}, not answered"), again: mark("{name}, wrong, one more try"), right: mark("{name}, right"),
  late: mark("{name}, right at the second try"), wrong: mark("{name}, wrong"), revealed: mark("{name}, revealed"),
};

/** What is typed as one's name stands among what is typed as answers. */
const OWN_NAME = "own name";

export class AskedNumbers {
  /** The number that is answered, by its key. */
  #chosen = "";
  /** Whether somebody looks at an answer again, though nothing is left to be found. */
  #looksBack = false;
  /** The step at which a number was asked for last. @type {Step | undefined} */
  #step;
  /** @type {readonly AskedNumber[]} */
  #asked = [];
  #isNeeded = false;
  /** The answer that was locked last and may be refused yet. @type {{seq: number, key: string, text: string} | undefined} */
  #sent;
  /** What was refused last, and why; until something else is typed. @type {{key: string, sentence: string} | undefined} */
  #refused;
  /**
   * A class's room, which may take the answers in the place of this line; told a number's name, it begins with it.
   * @type {{answers: (name?: string) => boolean}}
   */
  room = { answers: () => false };

  /**
   * @param {import("../../model/page_model.js").PageModel} model
   * @param {(step: number) => void} goToStep
   */
  constructor(model, goToStep) {
    this.model = model;
    this.chips = element("div", { class: "asked-chips", role: "group", "aria-label": say("Hidden numbers") });
    this.label = element("label", { class: "asked-name", for: "asked-answer" });
    this.field = element("input", {
      class: "asked-answer", id: "asked-answer", type: "text", autocomplete: "off", spellcheck: "false",
      maxlength: 2000, "aria-describedby": "asked-told", "data-testid": "answer",
    });
    this.lock = button({ text: say("Lock"), class: "primary", title: say("Lock the answer: it counts, and cannot be changed"), "data-control": "lock" }, () => this.#lock());
    this.showStep = button({ text: say("Show the step"), "data-control": "show-step" }, () => {
      const { step } = this.chosen ?? {};
      if (step !== undefined) goToStep(step);
    });
    this.reveal = button({ text: say("Reveal"), "data-control": "reveal" }, () => this.#reveal(this.chosen ? [this.chosen] : []));
    this.revealAll = button({ text: say("Reveal all"), "data-control": "reveal-all" }, () => this.#reveal(this.#asked.filter(isHidden)));
    this.told = element("p", { class: "asked-told", id: "asked-told", role: "status", "data-testid": "diagnosis" });
    this.meant = element("div", { class: "asked-meant" });
    this.score = element("span", { class: "asked-score", "data-testid": "score" });
    this.line = element("div", { class: "asked-line" }, [this.label, this.field, this.lock, this.showStep, this.reveal]);
    this.row = element("div", { class: "asked-row" }, [this.chips, this.score, this.revealAll]);
    this.box = element("section", { class: "asked", "aria-label": say("Predict"), hidden: true }, [
      this.row, this.line, this.told, this.meant,
    ]);
    this.name = element("input", {
      class: "asked-answer", id: "own-name", type: "text", autocomplete: "off", spellcheck: "false", maxlength: 100, "data-testid": "own-name",
    });
    this.own = element("div", { class: "asked-line" }, [
      element("label", { for: "own-name", text: say("Your name") }), this.name,
      button({ text: say("My numbers"), "data-control": "own-numbers" }, () => this.#takeOwn()),
    ]);
    this.box.prepend(this.own);
    this.name.addEventListener("input", () => model.unfinished.keepTyped(OWN_NAME, this.name.value));
    this.name.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && !belongsToComposition(event)) this.#takeOwn();
    });
    this.field.addEventListener("input", () => {
      model.unfinished.keepTyped(this.#chosen, this.field.value);
      this.#forgetRefusal();
      setAttribute(this.field, "aria-invalid", "false");
    });
    this.field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && !belongsToComposition(event)) this.#lock();
    });
  }

  /** The number that is answered now. */
  get chosen() {
    return this.#asked.find((each) => keyOf(each) === this.#chosen);
  }

  /**
   * Answer a hidden number at a node; answers false where there is none.
   * @param {string} place
   * @param {string} [kind]
   */
  begin(place, kind) {
    const found = this.#asked.find((each) => each.place === place && isHidden(each) && (kind === undefined || each.kind === kind));
    if (!found) return false;
    if (this.room.answers(found.name)) return true;
    this.#choose(found);
    this.field.focus();
    return true;
  }

  /** Take in that the room may answer now, or no longer. */
  mark() {
    this.box.hidden = !this.#isNeeded || this.room.answers();
  }

  /**
   * @param {Picture} picture
   * @param {Step | undefined} next the step that comes next, before which its number is asked for
   */
  show(picture, next) {
    const asked = picture.asked ?? [];
    this.#asked = asked;
    this.#showOwn(picture);
    this.#isNeeded = asked.length > 0 || Boolean(picture.own);
    this.mark();
    for (const part of [this.row, this.line, this.told]) part.hidden = asked.length === 0;
    if (asked.length === 0) return;
    const stops = next === this.#step ? undefined : askedBy(picture, next);
    this.#step = next;
    if (stops) this.#chosen = keyOf(stops);
    if (!this.chosen) this.#chosen = keyOf(asked.find(isHidden) ?? asked[0]);
    this.#showChips();
    this.#showChosen(next !== undefined && this.chosen !== undefined && this.chosen === askedBy(picture, next));
    setText(this.score, picture.score ?? "");
    const isOver = !asked.some(isHidden);
    this.revealAll.hidden = isOver;
    this.#looksBack &&= isOver;
    this.line.hidden = isOver && !this.#looksBack;
  }

  /** @param {Picture} picture */
  #showOwn({ own }) {
    this.own.hidden = !own;
    const isTyping = focusedIn(this.name) === this.name;
    if (own && !isTyping && this.name.value === "") this.name.value = this.model.unfinished.present.typed?.[OWN_NAME] ?? own.name ?? "";
  }

  #takeOwn() {
    this.model.unfinished.forgetTyped();
    this.model.command({ type: "own numbers", name: this.name.value });
  }

  #showChips() {
    const { chips } = this;
    while (chips.children.length > this.#asked.length) chips.lastElementChild?.remove();
    this.#asked.forEach((each, index) => {
      const held = chips.children[index];
      const chip = held ?? button({ text: "", class: "asked-chip" }, () => this.#choose(this.#asked[index]));
      if (!held) chips.append(chip);
      const told = say(STATES[each.state], { name: each.name });
      setText(chip, `${MARKS[each.state]} ${told}`);
      setAttribute(chip, "aria-label", say(WORDS[each.state], { name: each.name }));
      setAttribute(chip, "title", say(WORDS[each.state], { name: each.name }));
      setAttribute(chip, "data-state", each.state);
      setAttribute(chip, "data-asked", each.name);
      setAttribute(chip, "aria-pressed", String(keyOf(each) === this.#chosen));
    });
  }

  /** @param {boolean} arrives whether the next step gives the number */
  #showChosen(arrives) {
    const { chosen } = this;
    if (!chosen) return;
    const { name, state, tries, sentences, shape, step } = chosen;
    const isOpen = state === "open" || state === "again";
    setText(this.label, shape ? say("{name} of shape {shape} =", { name, shape }) : say("{name} =", { name }));
    const typed = isOpen ? (this.model.unfinished.present.typed?.[this.#chosen] ?? "") : (tries.at(-1) ?? "");
    if (this.field.value !== typed) this.field.value = typed;
    this.field.readOnly = !isOpen;
    setAttribute(this.field, "aria-label", say("Answer for {name}: a number, a fraction or an expression", { name }));
    setAttribute(this.field, "placeholder", shape ? "[1, 2, 3]" : "3/4");
    this.lock.hidden = !isOpen;
    this.reveal.hidden = !isHidden(chosen) || tries.length === 0;
    this.showStep.hidden = step === undefined || tries.length === 0;
    const asks = arrives && state === "open" ? [say("What arrives at {name}? Answer before you go on.", { name })] : [];
    const refused = isOpen && this.#refused?.key === this.#chosen ? [this.#refused.sentence] : [];
    setAttribute(this.field, "aria-invalid", String(refused.length > 0));
    const again = state === "again" ? [say("You answered {answer}. One more try.", { answer: tries[0] })] : [];
    setText(this.told, [...refused, ...asks, ...sentences, ...again].join(" "));
    setAttribute(this.told, "data-state", refused.length ? "refused" : state);
  }

  /** @param {AskedNumber} asked */
  #choose(asked) {
    this.#chosen = keyOf(asked);
    this.#looksBack = !this.#asked.some(isHidden);
    this.line.hidden = false;
    this.meant.replaceChildren();
    this.#showChips();
    this.#showChosen(false);
  }

  #lock() {
    const { chosen } = this;
    const text = this.field.value.trim();
    if (!chosen || text === "" || this.field.readOnly) return;
    this.model.unfinished.keepTyped(this.#chosen);
    const { node, kind, output } = chosen;
    this.#forgetRefusal();
    this.#sent = { seq: this.model.command({ type: "answer", node, kind, output, text }), key: this.#chosen, text };
  }

  #forgetRefusal() {
    this.#refused = undefined;
    this.meant.replaceChildren();
  }

  /**
   * Say at the field why an answer was refused, and let it be mended there. Answers whether the refusal was of an answer.
   * @param {import("../../model/types/exchange_types.js").Refusal} refusal
   */
  refuse({ seq, text, offers = [] }) {
    if (seq !== this.#sent?.seq) return false;
    const { key, text: typed } = this.#sent;
    this.#sent = undefined;
    const { unfinished } = this.model;
    if (!unfinished.present.typed?.[key]) unfinished.keepTyped(key, typed); // unless something was typed meanwhile
    this.#refused = { key, sentence: text };
    this.#showChosen(false);
    if (key !== this.#chosen) return true;
    if (offers.length) this.meant.replaceChildren(offerButtons(offers, (meant) => this.#takeMeant(meant)));
    if (!this.line.hidden) this.field.focus();
    return true;
  }

  /** @param {string} text */
  #takeMeant(text) {
    this.field.value = text;
    this.#lock();
  }

  /** @param {readonly AskedNumber[]} asked */
  #reveal(asked) {
    if (asked.length) this.model.command({ type: "reveal", numbers: asked.map(nameOf) });
  }
}
