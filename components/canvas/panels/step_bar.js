/**
 * The bar below the stage while somebody steps: controls, slider, the sentence and the formula of the step.
 *
 * @typedef {import("../model/types.js").Picture} Picture
 * @typedef {import("../model/types.js").Step} Step
 */

import { button, element, setText } from "../parts/dom.js";
import { formula } from "../parts/math.js";
import { say } from "../parts/messages.js";
import { SPEEDS } from "./stepper.js";

export class StepBar {
  /** @type {number | undefined} */
  #document;
  /** @type {Step | undefined} */
  #shownStep;
  // Steps differ in how much there is to say. The bar keeps the room that it once took, or the stage would change
  // its size, and the graph its place, from step to step.
  #tallest = 0;

  /**
   * @param {HTMLElement} parent
   * @param {import("./stepper.js").Stepper} stepper
   */
  constructor(parent, stepper) {
    this.stepper = stepper;
    this.first = control("first", say("To the start (Home)"), "⇤", () => stepper.go(0));
    this.back = control("back", say("Back (←)"), "←", () => stepper.back());
    this.play = control("play", say("Play (Space)"), say("Play"), () => stepper.togglePlay());
    this.next = control("next", say("Next (→)"), "→", () => stepper.next());
    this.last = control("last", say("To the end (End)"), "⇥", () => stepper.go(stepper.at.count));
    this.clear = control("cleargrad", say("Set every grad to None"), "cleargrad", () => stepper.clearGrads());
    const buttons = [
      this.first, this.back, this.play, this.next, this.last,
      control("restart", say("Restart: play from the start"), "↻", () => stepper.play(stepper.at.count, 0)),
      control("forward", say("Run forward (F)"), say("Forward"), () => stepper.playForward()),
      control("backward", say("Run backward (B)"), say("Backward"), () => stepper.playBackward()),
      this.clear,
    ];
    this.slider = this.#makeSlider();
    this.caption = element("p", { class: "caption", "aria-live": "polite", "data-testid": "caption" });
    this.slips = element("p", { class: "slip", role: "alert", "data-testid": "slip", hidden: true });
    this.formulas = element("div", { class: "formulas", "data-testid": "formulas" });
    const controls = element("div", { class: "step-controls" }, [...buttons, this.slider, this.#makeSpeed()]);
    this.box = element("section", {
      class: "stepbar", "aria-label": say("Steps: arrow keys go back and forth"), tabindex: "0", hidden: true,
    }, [controls, this.caption, this.slips, this.formulas]);
    parent.append(this.box);
    new ResizeObserver(() => this.#keepHeight()).observe(this.box);
  }

  #makeSlider() {
    const slider = element("input", {
      type: "range", min: "0", step: "1", "aria-label": say("Step"), "data-testid": "step",
    });
    slider.addEventListener("input", () => this.stepper.go(Number(slider.value)));
    slider.addEventListener("keydown", (event) => {
      // The arrows are the slider's own; all else means the same as anywhere.
      if (!event.key.startsWith("Arrow") && this.stepper.press(event)) event.preventDefault();
      event.stopPropagation();
    });
    return slider;
  }

  #makeSpeed() {
    const title = say("Speed of play");
    const speed = element("select", { "aria-label": title, title }, SPEEDS.map((each) =>
      element("option", { value: each, text: `${each}×`, selected: each === this.stepper.speed })));
    speed.addEventListener("change", () => (this.stepper.speed = Number(speed.value)));
    return speed;
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
    this.#showPosition();
    setText(this.caption, this.#caption(picture));
    this.clear.hidden = !this.stepper.isByHand;
    const slips = at.step?.slips.join(" ") ?? "";
    setText(this.slips, slips ? `✗ ${slips}` : at.isAtEnd ? notice : "");
    this.slips.hidden = this.slips.textContent === "";
    this.#showFormulas(at.step);
    if (wasHidden) this.box.focus({ preventScroll: true });
  }

  #showPosition() {
    const { position, count, isAtEnd, isPlaying } = this.stepper.at;
    this.slider.max = String(count);
    this.slider.value = String(position);
    this.slider.setAttribute("aria-valuetext", say("step {position} of {count}", { position, count }));
    this.back.disabled = this.first.disabled = position === 0;
    this.next.disabled = this.last.disabled = isAtEnd;
    setText(this.play, isPlaying ? say("Pause") : say("Play"));
    this.play.title = isPlaying ? say("Pause (Space)") : say("Play (Space)");
    this.play.setAttribute("aria-label", this.play.title);
  }

  /** @param {Step | undefined} step */
  #showFormulas(step) {
    if (step === this.#shownStep) return;
    this.#shownStep = step;
    const trees = step?.formulas ?? [];
    this.formulas.replaceChildren(...trees.map((tree, index) => formula(tree, step?.spoken[index] ?? "")));
  }

  /** @param {Picture} picture */
  #caption(picture) {
    if (picture.steps?.stale) return say("The graph has changed since Forward: press Forward to have new steps.");
    const { step, steps, position, after } = this.stepper.at;
    return step?.caption ?? (position === after ? steps?.begin : undefined) ?? "…";
  }
}

/**
 * @param {string} name
 * @param {string} title
 * @param {string} text
 * @param {() => unknown} act
 */
function control(name, title, text, act) {
  return button({ title, text, "data-step": name }, act);
}
