/**
 * Over which inputs the plot goes, and whether the others are held.
 *
 * @typedef {import("../model/types/panel_types.js").DescentFacts} DescentFacts
 * @typedef {import("../model/types/exchange_types.js").DescentLook} DescentLook
 */

import { element } from "../parts/dom.js";
import { say } from "../parts/messages.js";

/** In place of a second input. */
const NO_AXIS = "none";

export class AxisChoices {
  /** The inputs that the plot goes over now. @type {readonly string[]} */
  #axes = [];

  /** @param {(part: Partial<DescentLook>) => void} change */
  constructor(change) {
    this.change = change;
    this.across = choice(say("Across"), "across", () => this.#choose());
    this.up = choice(say("Up"), "up", () => this.#choose());
    this.hold = element("input", { type: "checkbox", "data-testid": "hold" });
    this.hold.addEventListener("change", () => change({ hold: this.hold.checked }));
    this.holding = element("label", { hidden: true }, [this.hold, say("Hold the other inputs")]);
    this.box = element("div", { class: "row" }, [
      element("label", {}, [say("across"), this.across]), element("label", {}, [say("up"), this.up]), this.holding,
    ]);
  }

  #choose() {
    const [before, other] = this.#axes;
    const [across, up] = [this.across.value, this.up.value];
    if (across !== up) this.change({ across, up });
    // The same twice: the one that was there gives way.
    else if (across !== before) this.change({ across, up: before });
    else this.change({ across: other ?? across, up });
  }

  /**
   * @param {DescentFacts} descent
   * @param {boolean} hold
   */
  show({ inputs = [], axes = [], others = 0 }, hold) {
    this.#axes = axes;
    fillChoice(this.across, inputs, axes[0]);
    fillChoice(this.up, [...inputs, [NO_AXIS, say("none: a curve")]], axes[1] ?? NO_AXIS);
    this.up.disabled = inputs.length < 2;
    this.box.hidden = inputs.length === 0;
    this.holding.hidden = others === 0;
    this.hold.checked = hold;
  }
}

/**
 * @param {string} label
 * @param {string} name
 * @param {() => void} act
 */
function choice(label, name, act) {
  const made = element("select", { "aria-label": label, "data-testid": `axis-${name}` });
  made.addEventListener("change", act);
  return made;
}

/**
 * @param {HTMLSelectElement} select
 * @param {readonly (readonly [value: string, text: string])[]} options
 * @param {string} chosen
 */
function fillChoice(select, options, chosen) {
  select.replaceChildren(...options.map(([value, text]) => element("option", { value, text })));
  select.value = chosen;
}
