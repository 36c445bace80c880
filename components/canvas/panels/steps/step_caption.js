/**
 * What a step says: its sentence, what went wrong in it, and its formulas with the numbers plugged in.
 *
 * @typedef {import("../../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../../model/types/panel_types.js").Step} Step
 */

import { button, element, setText } from "../../parts/dom.js";
import { formula } from "../../parts/math.js";
import { say } from "../../parts/messages.js";

export class StepCaption {
  /** @type {number | undefined} */
  #document;
  /** @type {Step | undefined} */
  #shownStep;
  // Steps differ in how much there is to say. The room that was once taken is kept, or the stage would change its size,
  // and the graph its place, from step to step.
  #tallest = 0;

  /**
   * @param {import("./stepper.js").Stepper} stepper
   * @param {{toggleDetails: () => unknown, leave: () => unknown}} acts
   * @param {readonly HTMLElement[]} controls of playing, which have their place beside the sentence
   */
  constructor(stepper, { toggleDetails, leave }, controls) {
    this.stepper = stepper;
    this.details = button({
      text: say("Details"), title: say("Work list, ledger and the lines that run"), "aria-pressed": "false",
      "data-step": "details",
    }, toggleDetails);
    const close = button({ text: "×", title: say("End stepping (S)"), "data-step": "leave" }, leave);
    this.caption = element("p", { class: "caption", "aria-live": "polite", "data-testid": "caption" });
    this.slips = element("p", { class: "slip", role: "alert", "data-testid": "slip", hidden: true });
    this.formulas = element("div", { class: "formulas", "data-testid": "formulas" });
    this.box = element("section", {
      class: "step-caption", "aria-label": say("Steps: arrow keys go back and forth"), tabindex: "0", hidden: true,
    }, [
      element("div", { class: "caption-row" }, [this.caption, ...controls, this.details, close]), this.slips, this.formulas,
    ]);
    new ResizeObserver(() => this.#keepHeight()).observe(this.box);
  }

  #keepHeight() {
    if (this.box.offsetHeight <= this.#tallest) return;
    this.#tallest = this.box.offsetHeight;
    this.box.style.minHeight = `${this.#tallest}px`;
  }

  /** Another graph has other things to say. */
  #forgetHeight() {
    this.#tallest = 0;
    this.box.style.minHeight = "";
  }

  /**
   * @param {Picture} picture
   * @param {string} notice what is to be said of the graph at the last step
   */
  show(picture, notice) {
    const { at } = this.stepper;
    const wasHidden = this.box.hidden;
    this.box.hidden = !at.isOpen;
    if (!at.isOpen || picture.document !== this.#document) this.#forgetHeight();
    this.#document = picture.document;
    if (!at.isOpen) return;
    this.details.setAttribute("aria-pressed", String(this.stepper.model.look.panel === "steps"));
    setText(this.caption, this.#told(picture));
    const slips = at.step?.slips.join(" ") ?? "";
    setText(this.slips, slips ? `✗ ${slips}` : at.isAtEnd ? notice : "");
    this.slips.hidden = this.slips.textContent === "";
    this.#showFormulas(at.step);
    if (wasHidden) this.box.focus({ preventScroll: true });
  }

  /** @param {Step | undefined} step */
  #showFormulas(step) {
    if (step === this.#shownStep) return;
    this.#shownStep = step;
    const trees = step?.formulas ?? [];
    this.formulas.replaceChildren(...trees.map((tree, index) => formula(tree, step?.spoken[index] ?? "")));
  }

  /** @param {Picture} picture */
  #told(picture) {
    if (picture.steps?.stale) return say("The graph has changed since Forward: press Forward to have new steps.");
    const { step, steps, position, after } = this.stepper.at;
    if (!steps && picture.panelTrouble) return picture.panelTrouble;
    return step?.caption ?? (position === after ? steps?.begin : undefined) ?? "…";
  }
}
