/** How fast and how far a descent goes: the learning rate as a field and on a log scale, and the number of steps. */

import { element, setText } from "../parts/dom.js";
import { isWaitingForFocus, onLeave } from "../parts/leaving.js";
import { say } from "../parts/messages.js";

/** Where the slider stands in each power of ten. */
const MANTISSAS = [1, 2, 5];
const SLIDER = { min: -18, max: 3 };

/** @typedef {{minRate: number, maxRate: number, maxSteps: number}} RateLimits */

export class RateFields {
  /** What counts. */
  #shown = { rate: 1, steps: 1 };

  /**
   * @param {() => RateLimits} limits
   * @param {(part: {rate?: number, steps?: number}) => void} change
   */
  constructor(limits, change) {
    this.limits = limits;
    this.change = change;
    this.rate = field(say("Learning rate"), "rate", "decimal", () => this.#takeRate());
    this.steps = field(say("Steps"), "steps", "numeric", () => this.#takeSteps());
    this.slider = element("input", {
      type: "range", ...SLIDER, "aria-label": say("Learning rate, log scale"), "data-testid": "rate-slider",
    });
    this.slider.addEventListener("input", () => this.#slideRate());
    this.refusal = element("p", { class: "differs", role: "alert", "data-testid": "descent-refusal", hidden: true });
    const row = element("div", { class: "row" }, [
      element("label", {}, [say("rate"), this.rate]), this.slider, element("label", {}, [this.steps, say("steps")]),
    ]);
    row.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#putBack();
    });
    this.parts = [row, this.refusal];
  }

  /**
   * Show what counts, but not in a field that somebody types in.
   * @param {{rate: number, steps: number}} look
   * @param {Element | null} focused
   */
  show(look, focused) {
    this.#shown = look;
    if (focused !== this.rate && !isWaitingForFocus(this.rate)) this.rate.value = String(look.rate);
    if (focused !== this.steps && !isWaitingForFocus(this.steps)) this.steps.value = String(look.steps);
    if (focused !== this.slider) this.#putSlider(look.rate);
  }

  /** Escape: the fields have what counts again. */
  #putBack() {
    this.#refuse("");
    this.show(this.#shown, null);
  }

  /** @param {number} rate */
  #putSlider(rate) {
    this.slider.value = String(Math.round(Math.log10(rate) * MANTISSAS.length));
  }

  #slideRate() {
    const place = Number(this.slider.value);
    const power = Math.floor(place / MANTISSAS.length);
    const rate = Number(`${MANTISSAS[place - power * MANTISSAS.length]}e${power}`);
    this.rate.value = String(rate);
    this.#refuse("");
    this.change({ rate });
  }

  #takeRate() {
    const rate = Number(this.rate.value.trim().replace("−", "-").replace(",", ".") || "nothing");
    const { minRate, maxRate } = this.limits();
    if (!(rate >= minRate && rate <= maxRate)) {
      this.#refuse(say("The learning rate is a number above 0, such as 0.1, and at most {limit}.", { limit: maxRate }));
      return;
    }
    this.#refuse("");
    this.#putSlider(rate);
    this.change({ rate });
  }

  #takeSteps() {
    const steps = Number(this.steps.value.trim() || "nothing");
    const { maxSteps } = this.limits();
    if (!(Number.isInteger(steps) && steps >= 1 && steps <= maxSteps)) {
      this.#refuse(say("The number of steps is a whole number from 1 to {limit}.", { limit: maxSteps }));
      return;
    }
    this.#refuse("");
    this.change({ steps });
  }

  /** @param {string} text */
  #refuse(text) {
    setText(this.refusal, text);
    this.refusal.hidden = text === "";
  }
}

/**
 * @param {string} label
 * @param {string} name
 * @param {string} inputmode
 * @param {() => void} take
 */
function field(label, name, inputmode, take) {
  const made = element("input", { class: "number", inputmode, "aria-label": label, "data-testid": name });
  let taken = "";
  const takeNew = () => {
    if (made.value !== taken) take();
    taken = made.value;
  };
  made.addEventListener("focus", () => {
    if (!isWaitingForFocus(made)) taken = made.value;
  });
  made.addEventListener("keydown", ({ key }) => key === "Enter" && takeNew());
  onLeave(made, takeNew);
  return made;
}
