/** The controls of the steps: to the start, back, play, on, to the end, and a slider over all steps. */

import { button, element, setText } from "../../parts/dom.js";
import { say } from "../../parts/messages.js";
import { SPEEDS } from "./stepper.js";

export class StepControls {
  /** @param {import("./stepper.js").Stepper} stepper */
  constructor(stepper) {
    this.stepper = stepper;
    this.first = control("first", say("To the start (Home)"), "⇤", () => stepper.enter(() => stepper.go(0)));
    this.back = control("back", say("Back (←)"), "←", () => stepper.enter(() => stepper.back(), "end"));
    this.play = control("play", say("Play (Space)"), "▶", () => stepper.enter(() => stepper.togglePlay()));
    this.next = control("next", say("Next (→)"), "→", () => stepper.enter(() => stepper.next()));
    this.last = control("last", say("To the end (End)"), "⇥", () => stepper.enter(() => stepper.go(stepper.at.count)));
    this.restart = control("restart", say("Restart: play from the start"), "↻", () =>
      stepper.play(stepper.at.count, 0));
    this.slider = this.#makeSlider();
    this.speed = this.#makeSpeed();
    this.box = element("div", { class: "step-controls", role: "group", "aria-label": say("Steps") }, [
      this.first, this.back, this.play, this.next, this.last, this.slider,
    ]);
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

  /** Show where in the steps somebody is. */
  show() {
    const { isOpen, position, count, isAtEnd, isPlaying } = this.stepper.at;
    for (const each of [this.slider, this.restart, this.speed]) each.hidden = !isOpen;
    this.slider.max = String(count);
    this.slider.value = String(position);
    this.slider.setAttribute("aria-valuetext", say("step {position} of {count}", { position, count }));
    this.back.disabled = isOpen && position === 0;
    this.first.disabled = isOpen && position === 0;
    this.next.disabled = isOpen && isAtEnd;
    this.last.disabled = !isOpen || isAtEnd; // who does not step sees the end
    setText(this.play, isPlaying ? "▮▮" : "▶");
    this.play.title = isPlaying ? say("Pause (Space)") : say("Play (Space)");
    this.play.setAttribute("aria-label", this.play.title);
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
