/** How fast and how far a descent goes: the learning rate as a field and on a log scale, and the number of steps. */

import { element, setText } from "../parts/dom.js";

const MIN_RATE = 1e-8;
const MAX_RATE = 1e3;
const MAX_STEPS = 500;
/** Where the slider stands in each power of ten. */
const MANTISSAS = [1, 2, 5];
const SLIDER = { min: -18, max: 3 };

export class Pace {
  /** @param {(part: {rate?: number, steps?: number}) => void} change */
  constructor(change) {
    this.change = change;
    this.rate = field("Learning rate", "rate", "decimal", () => this.takeRate());
    this.steps = field("Steps", "steps", "numeric", () => this.takeSteps());
    this.slider = element("input", { type: "range", ...SLIDER, "aria-label": "Learning rate, log scale", "data-testid": "rate-slider" });
    this.slider.addEventListener("input", () => this.slideRate());
    this.refusal = element("p", { class: "differs", role: "alert", "data-testid": "descent-refusal", hidden: true });
    const row = element("div", { class: "row" }, [
      element("label", {}, ["rate", this.rate]), this.slider, element("label", {}, [this.steps, "steps"]),
    ]);
    row.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.putBack();
    });
    this.parts = [row, this.refusal];
  }

  /** Show what counts, but not in a field that somebody types in. */
  show(look, focused) {
    this.shown = look;
    if (focused !== this.rate) this.rate.value = String(look.rate);
    if (focused !== this.steps) this.steps.value = String(look.steps);
    if (focused !== this.slider) this.slider.value = String(Math.round(Math.log10(look.rate) * MANTISSAS.length));
  }

  /** Escape: the fields have what counts again. */
  putBack() {
    this.refuse("");
    this.show(this.shown, null);
  }

  slideRate() {
    const place = Number(this.slider.value);
    const power = Math.floor(place / MANTISSAS.length);
    const rate = Number(`${MANTISSAS[place - power * MANTISSAS.length]}e${power}`);
    this.rate.value = String(rate);
    this.refuse("");
    this.change({ rate });
  }

  takeRate() {
    const rate = Number(this.rate.value.trim().replace("−", "-").replace(",", ".") || "nothing");
    if (!(rate >= MIN_RATE && rate <= MAX_RATE)) return this.refuse("The learning rate is a number above 0, such as 0.1, and at most 1000.");
    this.refuse("");
    this.slider.value = String(Math.round(Math.log10(rate) * MANTISSAS.length));
    this.change({ rate });
  }

  takeSteps() {
    const steps = Number(this.steps.value.trim() || "nothing");
    if (!(Number.isInteger(steps) && steps >= 1 && steps <= MAX_STEPS)) return this.refuse(`The number of steps is a whole number from 1 to ${MAX_STEPS}.`);
    this.refuse("");
    this.change({ steps });
  }

  refuse(text) {
    setText(this.refusal, text);
    this.refusal.hidden = text === "";
  }
}

function field(label, name, inputmode, take) {
  const made = element("input", { class: "number", inputmode, "aria-label": label, "data-testid": name });
  made.addEventListener("change", take);
  return made;
}
