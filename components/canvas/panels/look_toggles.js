/** What is drawn on wires and nodes beside their numbers: local derivatives, and bars of |grad|. */

/** @typedef {"local" | "bars"} Toggle */

import { button, element, setText } from "../parts/dom.js";
import { say } from "../parts/messages.js";
import { powerOfTen } from "../parts/numbers.js";

export class LookToggles {
  /** @param {(name: Toggle) => void} toggle */
  constructor(toggle) {
    this.toggles = {
      local: toggleButton("local", say("× local"), say("Local derivatives on the wires (L)"), toggle),
      bars: toggleButton("bars", say("|grad|"), say("Bars of |grad| on a log scale (G)"), toggle),
    };
    this.scale = element("span", { class: "bar-scale", "data-testid": "bar-scale", hidden: true });
    this.box = element("div", { class: "look-toggles", role: "group", "aria-label": say("On wires and nodes") }, [
      this.toggles.local, this.toggles.bars, this.scale,
    ]);
  }

  /** @param {{low: number, high: number} | undefined} bars */
  show(bars) {
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
