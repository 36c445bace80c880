/**
 * What runs and how: Forward, Backward, cleargrad, Automatic, the output that is differentiated, and the rule.
 *
 * @typedef {import("../../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../../model/types/exchange_types.js").Message} Message
 * @typedef {import("../../model/types/panel_types.js").OutputFacts} OutputFacts
 */

import { button, element, setText } from "../../parts/dom.js";
import { mark, say } from "../../parts/messages.js";

const CORRECT = "step 16";
/** The book's variants of backward, each by what it does; which step of the book it is stands behind. */
export const VARIANTS = [
  { name: CORRECT, label: mark("correct (step 16)"), remark: "" },
  {
    name: "step 14", label: mark("adds, in the wrong order (step 14)"),
    remark: mark("Step 14 accumulates, but takes the Function met last"),
  },
  {
    name: "step 13", label: mark("overwrites (step 13)"), remark: mark("Step 13 overwrites: x.grad = gx"),
  },
];

export class RunControls {
  /** @type {readonly OutputFacts[] | undefined} */
  #outputs;

  /**
   * @param {import("./stepper.js").Stepper} stepper
   * @param {object} acts
   * @param {(variant: string) => void} acts.chooseVariant
   * @param {(automatic: boolean) => void} acts.setAutomatic
   * @param {(node: string, output: number) => void} acts.differentiate
   */
  constructor(stepper, { chooseVariant, setAutomatic, differentiate }) {
    this.forward = run("forward", say("Forward"), say("Run Forward (F while stepping)"), () => stepper.playForward());
    this.backward = run("backward", say("Backward"), say("Run Backward (B while stepping)"), () =>
      stepper.playBackward());
    this.clear = run("cleargrad", "cleargrad", say("Set every grad to None"), () => stepper.clearGrads());
    this.automatic = element("input", { type: "checkbox", role: "switch", "data-testid": "automatic" });
    this.automatic.addEventListener("change", () => setAutomatic(this.automatic.checked));
    const automatic = element("label", { class: "switch", title: say("Run Forward and Backward after every edit") }, [
      this.automatic, say("Automatic"),
    ]);
    this.output = element("select", { "data-testid": "differentiated" });
    this.output.addEventListener("change", () => {
      const chosen = this.#outputs?.[this.output.selectedIndex];
      if (chosen) differentiate(chosen.node, chosen.output);
    });
    this.ofOutput = element("label", {
      class: "choice", title: say("Backward starts here, with gradient 1."),
    }, [say("gradient of"), this.output]);
    this.variant = element("select", { "data-testid": "variant" }, VARIANTS.map(({ name, label }) =>
      element("option", { value: name, text: say(label) })));
    this.variant.addEventListener("change", () => chooseVariant(this.variant.value));
    const rule = element("label", { class: "choice", title: say("How Backward visits Functions and adds gradients") }, [
      say("backward"), this.variant,
    ]);
    /** Says what a wrong rule does, for a place of its own. */
    this.remark = element("p", { class: "variant-remark", role: "status", hidden: true });
    this.box = element("div", { class: "run-controls" }, [
      this.forward, this.backward, this.clear, automatic, this.ofOutput, rule,
    ]);
  }

  /**
   * @param {Picture} picture
   * @param {Message | undefined} answer
   */
  show({ outputs }, answer) {
    const automatic = answer?.automatic ?? true;
    this.automatic.checked = automatic;
    this.clear.hidden = automatic;
    this.#showOutputs(outputs);
    const variant = answer?.variant ?? CORRECT;
    this.variant.value = variant;
    this.variant.classList.toggle("wrong-variant", variant !== CORRECT);
    const remark = VARIANTS.find(({ name }) => name === variant)?.remark ?? "";
    setText(this.remark, remark && say(remark));
    this.remark.hidden = remark === "";
  }

  /** @param {readonly OutputFacts[] | undefined} outputs */
  #showOutputs(outputs) {
    this.ofOutput.hidden = !outputs?.length;
    if (outputs === this.#outputs) return;
    this.#outputs = outputs;
    this.output.replaceChildren(...(outputs ?? []).map(({ name, chosen }) =>
      element("option", { text: name, selected: chosen })));
  }
}

/**
 * @param {string} name
 * @param {string} text
 * @param {string} title
 * @param {() => unknown} act
 */
function run(name, text, title, act) {
  return button({ text, title, "aria-label": text, "data-step": name }, act);
}
