/** What is drawn on wires and nodes beside their numbers: local derivatives, bars of |grad|, wires as wide as gradients. */

/** @typedef {"local" | "bars" | "widths"} Toggle */

import { button, element, setText } from "../parts/dom.js";
import { say } from "../parts/messages.js";
import { powerOfTen } from "../parts/numbers.js";

export class LookToggles {
  /** @param {(name: Toggle) => void} toggle */
  constructor(toggle) {
    this.toggles = {
      local: toggleButton("local", say("× local"), say("Local derivatives on the wires (L)"), toggle),
      bars: toggleButton("bars", say("|grad|"), say("Bars of |grad| on a log scale (G)"), toggle),
      widths: toggleButton("widths", say("Widths"),
        say("Wires as wide as the gradient that came back over them, on a log scale (W)"), toggle),
    };
    this.scale = element("span", { class: "scale-told", "data-testid": "bar-scale", hidden: true });
    this.widthScale = element("span", { class: "scale-told", "data-testid": "width-scale", hidden: true });
    this.box = element("div", { class: "look-toggles", role: "group", "aria-label": say("On wires and nodes") }, [
      this.toggles.local, this.toggles.bars, this.scale, this.toggles.widths, this.widthScale,
    ]);
  }

  /** @param {import("../model/types/picture_types.js").Picture} picture */
  show({ bars, widths }) {
    this.scale.hidden = !bars;
    if (bars) setText(this.scale, say("log scale, {low} to {high}", spannedBy(bars)));
    this.widthScale.hidden = !widths;
    if (widths) setText(this.widthScale, say("thin {low} to wide {high}, log scale; dashed: 0 or none", spannedBy(widths)));
  }

  /**
   * Show what is drawn on wires and nodes.
   * @param {Readonly<Record<Toggle, boolean>>} look
   */
  mark(look) {
    for (const name of /** @type {const} */ (["local", "bars", "widths"])) {
      this.toggles[name].setAttribute("aria-pressed", String(look[name]));
    }
  }
}

/** @param {{low: number, high: number}} powers */
function spannedBy({ low, high }) {
  return { low: powerOfTen(low), high: powerOfTen(high) };
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
