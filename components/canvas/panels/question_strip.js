/** The strip above the stage: what the open lesson asks, large, and what there is to see in it for who wants it. */

import { button, element, setText } from "../parts/dom.js";
import { say } from "../parts/messages.js";

export class QuestionStrip {
  /** Of which lesson's opening the explanation is open or closed. */
  #asked = "";

  #lesson = "";

  /** @param {(lesson: string) => void} onExplained the explanation of a lesson was read, by the lesson's key */
  constructor(onExplained) {
    this.onExplained = onExplained;
    this.question = element("p", { class: "question-text", "data-testid": "question" });
    this.insight = element("p", { class: "insight", hidden: true, "data-testid": "insight" });
    this.explain = button({ text: say("Explain"), "aria-expanded": "false" }, () => this.#open(Boolean(this.insight.hidden)));
    this.box = element("section", { class: "question", "aria-label": say("Question"), hidden: true }, [
      element("div", { class: "question-row" }, [this.question, this.explain]), this.insight,
    ]);
  }

  /** @param {boolean} isOpen */
  #open(isOpen) {
    this.insight.hidden = !isOpen;
    if (isOpen) this.onExplained(this.#lesson);
    this.explain.setAttribute("aria-expanded", String(isOpen));
    this.explain.textContent = isOpen ? say("Hide the explanation") : say("Explain");
  }

  /** @param {import("../model/types.js").Picture} picture */
  show({ lesson, document }) {
    this.box.hidden = lesson === undefined;
    const asked = lesson ? `${document} ${lesson.title}` : "";
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#lesson = lesson?.key ?? "";
    setText(this.question, lesson?.question ?? "");
    setText(this.insight, lesson?.insight ?? "");
    this.#open(false);
  }
}
