/**
 * What the output that is differentiated says on itself, "gradient of z", and where another one is chosen.
 *
 * @typedef {import("../model/types.js").Picture} Picture
 * @typedef {import("../model/panel_types.js").OutputFacts} OutputFacts
 */

import { element } from "../parts/dom.js";
import { say } from "../parts/messages.js";
import { shownAs } from "../model/block_model.js";

export class OutputTag {
  /** @type {readonly OutputFacts[] | undefined} */
  #outputs;

  /** @param {(node: string, output: number) => void} differentiate */
  constructor(differentiate) {
    this.choice = element("select", { "aria-label": say("gradient of"), "data-testid": "output-tag" });
    this.choice.addEventListener("change", () => {
      const chosen = this.#outputs?.[this.choice.selectedIndex];
      if (chosen) differentiate(chosen.node, chosen.output);
    });
    // Keys within it walk its options.
    this.choice.addEventListener("keydown", (event) => event.key !== "Escape" && event.stopPropagation());
    this.box = element("label", { class: "tag output-tag", title: say("Backward starts here, with gradient 1.") }, [
      say("gradient of"), this.choice,
    ]);
  }

  /**
   * Stand on the node of the output that is differentiated.
   * @param {Picture} picture
   * @param {(id: string) => HTMLElement | undefined} elementOf
   */
  show(picture, elementOf) {
    const { outputs } = picture;
    const chosen = outputs?.find((each) => each.chosen);
    const home = chosen && elementOf(shownAs(picture, chosen.node));
    if (!home) {
      this.box.remove();
      return;
    }
    if (this.box.parentElement !== home) home.append(this.box);
    if (outputs === this.#outputs) return;
    this.#outputs = outputs;
    this.choice.replaceChildren(...(outputs ?? []).map(({ name, chosen: isChosen }) =>
      element("option", { text: name, selected: isChosen })));
  }
}
