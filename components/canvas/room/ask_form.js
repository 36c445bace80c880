/**
 * Where a teacher says what is asked: a number of the open graph, a choice, the next Function, or the graph to be built.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 *
 * @typedef {object} Asking
 * @property {() => Picture} picture
 * @property {() => number} done how many steps were made
 * @property {() => void} beginSteps goes to where the next Function can be asked for
 * @property {(question: Record<string, unknown>, key?: string) => void} ask
 * @property {(question: Record<string, unknown>, key?: string) => void} list keeps a question to be asked later
 */

import { askableNumbers, choiceOfLesson, documentToAsk, numberQuestion, typedChoice } from "../model/room/room_questions.js";
import { button, element } from "../parts/dom.js";
import { mark, say } from "../parts/messages.js";
import { OnePress } from "../parts/one_press.js";

/** @typedef {"number" | "lesson" | "choice" | "function" | "build"} Kind */
/** @type {Record<Kind, string>} */
const KINDS = {
  number: mark("A number of this graph"), lesson: mark("The choices of this lesson"), choice: mark("A choice of your own"),
  function: mark("Which Function next?"), build: mark("Build a graph like this one"),
};

export class AskForm {
  /** @param {Asking} asking */
  constructor(asking) {
    this.asking = asking;
    this.kind = element("select", { "aria-label": say("What is asked"), "data-control": "ask-kind" });
    this.kind.addEventListener("change", () => this.#turn());
    this.number = element("select", { "aria-label": say("Which number"), "data-control": "ask-number" });
    this.number.addEventListener("change", () => this.#turn());
    this.title = element("input", { type: "text", maxlength: 500, "aria-label": say("Question"), placeholder: say("Question"), "data-control": "ask-title" });
    this.choices = element("textarea", {
      rows: 3, "aria-label": say("Choices, one a line"), placeholder: say("One choice a line; a * before the right one"), "data-control": "ask-choices",
    });
    this.send = button({ text: say("Ask the class"), class: "primary", "data-control": "ask-send" }, () => this.#ask(this.asking.ask));
    this.later = button({
      text: say("Ask later"), title: say("Put it on the list of questions that come next"), "data-control": "ask-later",
    }, () => {
      const said = [this.kind, this.number, this.title, this.choices].map(({ value }) => value).join("\n");
      if (!listing.take() && said === listed) return;
      listed = said;
      this.#ask(this.asking.list);
    });
    const listing = new OnePress(this.later);
    let listed = "";
    this.box = element("form", { class: "room-ask", hidden: true, "aria-label": say("Ask the class") }, [
      this.kind, this.number, this.title, this.choices, element("span", { class: "room-row" }, [this.send, this.later]),
    ]);
    this.box.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#ask(this.asking.ask);
    });
    this.box.addEventListener("keydown", (event) => event.stopPropagation());
  }

  open() {
    const { lesson, order } = this.asking.picture();
    const kinds = /** @type {Kind[]} */ (Object.keys(KINDS)).filter((kind) => (kind === "lesson" ? Boolean(lesson?.choice) : kind === "choice" || order.length > 0));
    this.kind.replaceChildren(...kinds.map((kind) => element("option", { value: kind, text: say(KINDS[kind]) })));
    if (lesson?.choice) this.kind.value = "lesson";
    this.number.replaceChildren(...askableNumbers(this.asking.picture()).map(({ name }) => element("option", { value: name, text: name })));
    this.box.hidden = false;
    this.title.value = "";
    this.#turn();
    this.kind.focus();
  }

  close() {
    this.box.hidden = true;
  }

  /** Another kind of question is asked: its words are suggested, unless others have been typed. */
  #turn() {
    const { lesson, formula = "" } = this.asking.picture();
    const kind = this.kind.value;
    const titles = {
      number: lesson && !lesson.choice ? lesson.question : "", choice: "", lesson: "", function: say("Which Function comes next?"), build: say("Build {formula}", { formula }),
    };
    if (!this.title.value || Object.values(titles).includes(this.title.value)) this.title.value = titles[/** @type {Kind} */ (kind)];
    if (kind === "function") this.asking.beginSteps();
    // The choices that a lesson offers are what its question is about, not a number.
    this.title.placeholder = kind === "number" ? say("What is {name}?", { name: this.number.value }) : say("Question");
    this.number.hidden = kind !== "number";
    this.choices.hidden = kind !== "choice";
    this.title.hidden = kind === "lesson";
  }

  /** @param {Asking["ask"]} ask */
  #ask(ask) {
    const picture = this.asking.picture();
    const title = this.title.value.trim();
    switch (this.kind.value) {
      case "number": {
        const chosen = askableNumbers(picture).find(({ name }) => name === this.number.value);
        ask(numberQuestion(picture, this.number.value, title), chosen?.key);
        break;
      }
      case "lesson":
        ask(choiceOfLesson(picture), `${picture.document} ${picture.lesson?.key}`);
        break;
      case "choice":
        ask(typedChoice(picture, title, this.choices.value));
        break;
      case "function":
        ask({ kind: "function", title: title || say("Which Function comes next?"), done: this.asking.done(), graph: documentToAsk(picture) });
        break;
      default:
        ask({ kind: "build", title: title || say("Build {formula}", { formula: picture.formula ?? "" }), graph: documentToAsk(picture) });
    }
  }
}
