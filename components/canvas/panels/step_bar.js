/** The bar below the stage while somebody steps: controls, slider, the sentence and the formula of the step. */

import { element, setText } from "../parts/dom.js";
import { formula } from "../parts/math.js";

export class StepBar {
  /** @param {import("../canvas.js").Canvas} canvas @param {import("./stepper.js").Stepper} stepper */
  constructor(canvas, stepper) {
    this.canvas = canvas;
    this.stepper = stepper;
    this.buttons = {
      first: button("To the start (Home)", "⇤", () => stepper.go(0)),
      back: button("Back (←)", "←", () => stepper.back()),
      play: button("Play (Space)", "Play", () => stepper.togglePlay()),
      next: button("Next (→)", "→", () => stepper.next()),
      last: button("To the end (End)", "⇥", () => stepper.go(stepper.count)),
      restart: button("Restart: play from the start", "↻", () => stepper.play(stepper.count, 0)),
      forward: button("Run forward (F)", "Forward", () => stepper.playForward()),
      backward: button("Run backward (B)", "Backward", () => stepper.playBackward()),
      cleargrad: button("Set every grad to None", "cleargrad", () => stepper.clearGrads()),
    };
    for (const [name, made] of Object.entries(this.buttons)) made.dataset.step = name;
    this.slider = element("input", { type: "range", min: "0", step: "1", "aria-label": "Step", "data-testid": "step" });
    this.slider.addEventListener("input", () => stepper.go(Number(this.slider.value)));
    this.slider.addEventListener("keydown", (event) => {
      // The arrows are the slider's own; all else means the same as anywhere.
      if (!event.key.startsWith("Arrow") && stepper.press(event)) event.preventDefault();
      event.stopPropagation();
    });
    this.speed = element("select", { "aria-label": "Speed of play", title: "Speed of play" }, stepper.speeds.map((speed) =>
      element("option", { value: speed, text: `${speed}×`, selected: speed === stepper.speed })));
    this.speed.addEventListener("change", () => (stepper.speed = Number(this.speed.value)));
    this.caption = element("p", { class: "caption", "aria-live": "polite", "data-testid": "caption" });
    this.slips = element("p", { class: "slip", role: "alert", "data-testid": "slip", hidden: true });
    this.formulas = element("div", { class: "formulas", "data-testid": "formulas" });
    const controls = element("div", { class: "step-controls" }, [...Object.values(this.buttons), this.slider, this.speed]);
    this.box = element("section", {
      class: "stepbar", "aria-label": "Steps: arrow keys go back and forth", tabindex: "0", hidden: true,
    }, [controls, this.caption, this.slips, this.formulas]);
    canvas.root.append(this.box);
    // Steps differ in how much there is to say. The bar keeps the room that it once took, or the stage would change
    // its size, and the graph its place, from step to step.
    this.tallest = 0;
    new ResizeObserver(() => this.keepHeight()).observe(this.box);
  }

  keepHeight() {
    if (this.box.offsetHeight <= this.tallest) return;
    this.tallest = this.box.offsetHeight;
    this.box.style.minHeight = `${this.tallest}px`;
  }

  /** Another graph has other things to say. */
  forgetHeight() {
    this.tallest = 0;
    this.box.style.minHeight = "";
  }

  show(picture) {
    const { stepper } = this;
    const wasHidden = this.box.hidden;
    this.box.hidden = !stepper.isOpen;
    if (!stepper.isOpen || picture.document !== this.document) this.forgetHeight();
    this.document = picture.document;
    if (!stepper.isOpen) return;
    const { step, count, position } = stepper;
    this.slider.max = String(count);
    this.slider.value = String(position);
    this.slider.setAttribute("aria-valuetext", `step ${position} of ${count}`);
    this.buttons.back.disabled = this.buttons.first.disabled = position === 0;
    this.buttons.next.disabled = this.buttons.last.disabled = position === count;
    const play = stepper.playing ? ["Pause", "Pause (Space)"] : ["Play", "Play (Space)"];
    setText(this.buttons.play, play[0]);
    this.buttons.play.title = play[1];
    this.buttons.play.setAttribute("aria-label", play[1]);
    setText(this.caption, this.told(picture, step));
    this.buttons.cleargrad.hidden = !stepper.byHand;
    const slips = step?.slips.join(" ") ?? "";
    const notice = stepper.position === count ? (this.canvas.answer?.notice ?? "") : "";
    setText(this.slips, slips ? `✗ ${slips}` : notice);
    this.slips.hidden = this.slips.textContent === "";
    if (step !== this.shownStep) {
      this.formulas.replaceChildren(...(step?.formulas ?? []).map((tree, index) => formula(tree, step.latex[index])));
    }
    this.shownStep = step;
    if (wasHidden) this.box.focus({ preventScroll: true });
  }

  told(picture, step) {
    if (picture.steps?.stale) return "The graph has changed since Forward: press Forward to have new steps.";
    return step?.caption ?? this.stepper.steps?.begin ?? "…";
  }
}

function button(title, text, act) {
  const made = element("button", { type: "button", title, "aria-label": title, text });
  made.addEventListener("click", act);
  return made;
}
