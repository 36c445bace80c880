/**
 * The strip above the stage: what the open lesson asks, large, what there is to choose from, and what there is to see in
 * it for who has answered or wants it.
 *
 * @typedef {import("../../model/types/lesson_types.js").LessonFacts} LessonFacts
 */

import { button, element, setText } from "../../parts/dom.js";
import { say } from "../../parts/messages.js";
import { Built } from "./built.js";
import { Choices } from "./choices.js";

export class QuestionStrip {
  /** Of which lesson's opening the explanation is open or closed. */
  #asked = "";
  /** @type {LessonFacts | undefined} */
  #lesson;
  /** Whether the open lesson was answered when it was shown last. */
  #isAnswered = false;

  /**
   * @param {import("../../model/page_model.js").PageModel} model
   * @param {import("../../model/kept/progress.js").Progress} progress
   * @param {import("../steps/stepper.js").Stepper} stepper
   * @param {() => void} openWriting opens the panel in which a lesson is written
   */
  constructor(model, progress, stepper, openWriting) {
    this.progress = progress;
    this.question = element("p", { class: "question-text", "data-testid": "question" });
    this.insight = element("p", { class: "insight", hidden: true, "data-testid": "insight" });
    this.explain = button({ text: say("Explain"), "aria-expanded": "false" }, () => {
      if (this.#lesson && this.#lesson.insight === undefined) model.command({ type: "explain" });
      this.#open(Boolean(this.insight.hidden));
    });
    this.back = button({ text: say("Back to writing"), class: "primary", hidden: true, "data-control": "end-try" }, () => {
      model.command({ type: "end try" });
      openWriting();
    });
    this.next = button({ text: "", class: "next-lesson", hidden: true, "data-control": "next-lesson" }, () => {
      stepper.setOpen(false); // in the next graph nothing would be computed yet
      if (this.#lesson?.number !== undefined) model.command({ type: "lesson", lesson: this.#lesson.number }); // counted from 0
    });
    this.choices = new Choices((place) => model.command({ type: "choose answer", place }));
    this.built = new Built(() => model.command({ type: "check built" }));
    this.box = element("section", { class: "question", "aria-label": say("Question"), hidden: true }, [
      element("div", { class: "question-row" }, [this.question, this.explain, this.back]), this.choices.box, this.built.box, this.insight, this.next,
    ]);
  }

  /** @param {boolean} isOpen */
  #open(isOpen) {
    this.insight.hidden = !isOpen;
    // Of a lesson that asks for words nobody but the explanation can say whether they are right.
    if (isOpen && this.#lesson && this.#lesson.answered === undefined) this.progress.finish(this.#lesson.key);
    this.explain.setAttribute("aria-expanded", String(isOpen));
    this.explain.textContent = isOpen ? say("Hide the explanation") : say("Explain");
  }

  /** @param {import("../../model/types/picture_types.js").Picture} picture */
  show({ lesson, document }) {
    this.box.hidden = lesson === undefined;
    this.#lesson = lesson;
    setText(this.question, lesson?.question ?? "");
    setText(this.insight, lesson?.insight ?? "");
    this.next.hidden = lesson?.next === undefined;
    setText(this.next, lesson?.next === undefined ? "" : say("Next lesson: {title}", { title: lesson.next }));
    this.choices.show(lesson?.choice);
    this.built.show(lesson?.build);
    this.back.hidden = lesson?.tried !== true;
    const asked = lesson ? `${document} ${lesson.key}` : "";
    const isAnswered = lesson?.answered === true;
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.#open(isAnswered && Boolean(lesson?.choice ?? lesson?.build));
    } else if (isAnswered && !this.#isAnswered && (lesson?.choice ?? lesson?.build)) this.#open(true);
    this.#isAnswered = isAnswered;
    if (lesson && isAnswered && !lesson.tried) this.progress.finish(lesson.key);
  }
}
