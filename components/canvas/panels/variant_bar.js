/** In the corner of the stage: which of the book's variants runs backward, and what is drawn on wires and nodes. */

/** @typedef {"local" | "bars"} Toggle */

import { button, element, setText } from "../parts/dom.js";
import { mark, say } from "../parts/messages.js";
import { powerOfTen } from "../parts/numbers.js";

const CORRECT = "step 16";
const VARIANTS = [
  {
    name: "step 13", step: "13", remark: mark("Step 13 overwrites: x.grad = gx"),
    title: mark("Step 13: x.grad = gx overwrites, and the Function met last comes next"),
  },
  {
    name: "step 14", step: "14", remark: mark("Step 14 accumulates, but takes the Function met last"),
    title: mark("Step 14: gradients accumulate, and the Function met last comes next"),
  },
  {
    name: CORRECT, step: "16", remark: "",
    title: mark("Step 16: gradients accumulate, in order of generation: the correct engine"),
  },
];

export class VariantBar {
  /**
   * @param {object} acts
   * @param {(variant: string) => void} acts.choose
   * @param {(name: Toggle) => void} acts.toggle
   */
  constructor({ choose, toggle }) {
    this.variants = new Map(VARIANTS.map(({ name, step, title }) =>
      [name, button({ text: step, title: say(title), "data-variant": name }, () => choose(name))]));
    const group = element("div", { class: "variants", role: "group", "aria-label": say("Engine, by step of the book") }, [
      element("span", { text: say("Engine") }), ...this.variants.values(),
    ]);
    this.remark = element("span", { class: "variant-remark" });
    this.toggles = {
      local: toggleButton("local", say("× local"), say("Local derivatives on the wires (L)"), toggle),
      bars: toggleButton("bars", say("|grad|"), say("Bars of |grad| on a log scale (G)"), toggle),
    };
    this.scale = element("span", { class: "bar-scale", "data-testid": "bar-scale", hidden: true });
    const remarks = element("div", { class: "remarks" }, [this.remark, this.scale]);
    this.bar = element("div", { class: "variant-bar" }, [remarks, group, this.toggles.local, this.toggles.bars]);
  }

  /**
   * @param {{low: number, high: number} | undefined} bars
   * @param {string | undefined} variant
   */
  show(bars, variant) {
    for (const [name, made] of this.variants) {
      made.setAttribute("aria-pressed", String(name === variant));
      made.classList.toggle("wrong-variant", name === variant && name !== CORRECT);
    }
    const remark = VARIANTS.find(({ name }) => name === variant)?.remark ?? "";
    setText(this.remark, remark && say(remark));
    this.scale.hidden = !bars;
    if (!bars) return;
    const places = { low: powerOfTen(bars.low), high: powerOfTen(bars.high) };
    setText(this.scale, say("log scale, {low} to {high}", places));
  }

  /**
   * Show what is drawn on wires and nodes.
   * @param {Readonly<Record<Toggle, boolean>>} look
   */
  mark(look) {
    this.toggles.local.setAttribute("aria-pressed", String(look.local));
    this.toggles.bars.setAttribute("aria-pressed", String(look.bars));
  }
}

/**
 * @param {Toggle} name
 * @param {string} text
 * @param {string} title
 * @param {(name: Toggle) => void} toggle
 */
function toggleButton(name, text, title, toggle) {
  return button({ text, title, "aria-pressed": "false", "data-toggle": name }, () => toggle(name));
}
