/**
 * What the output that is differentiated says on itself, "gradient of z", and where another one is chosen.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../model/types/panel_types.js").OutputFacts} OutputFacts
 */

import { element, setText } from "../parts/dom.js";
import { say } from "../parts/messages.js";
import { shownAs } from "../model/graph/block_model.js";
import { tagSize } from "./tag_size.js";

/**
 * The node on which the label stands, or the closed block around it.
 * @param {Picture} picture
 */
export function taggedNode(picture) {
  const chosen = picture.outputs?.find((each) => each.chosen);
  return chosen && shownAs(picture, chosen.node);
}

export class OutputTag {
  /** @type {readonly OutputFacts[] | undefined} */
  #outputs;
  /** What stands above the output's node. @type {import("./tag_size.js").Above[]} */
  #above = [];

  /** @param {(node: string, output: number) => void} differentiate */
  constructor(differentiate) {
    this.choice = element("select", { "aria-label": say("gradient of"), "data-testid": "output-tag" });
    this.choice.addEventListener("change", () => {
      const chosen = this.#outputs?.[this.choice.selectedIndex];
      if (chosen) differentiate(chosen.node, chosen.output);
    });
    /** In the place of the choice under a finger, for which it would be too small: the strip of time has one. */
    this.name = element("b", { class: "output-name" });
    // Keys within it walk its options.
    this.choice.addEventListener("keydown", (event) => event.key !== "Escape" && event.stopPropagation());
    this.box = element("label", { class: "tag output-tag", title: say("Backward starts here, with gradient 1.") }, [
      say("gradient of"), this.choice, this.name,
    ]);
  }

  /**
   * Be as large as it can be read without lying over what stands above.
   * @param {number} scale
   */
  place(scale) {
    const size = tagSize(scale, this.#above);
    this.box.hidden = size === 0;
    if (size > 0) this.box.style.fontSize = `${size}px`;
  }

  /**
   * Stand on the node of the output that is differentiated.
   * @param {Picture} picture
   * @param {(id: string) => HTMLElement | undefined} elementOf
   */
  show(picture, elementOf) {
    const { outputs } = picture;
    const chosen = outputs?.find((each) => each.chosen);
    const tagged = taggedNode(picture);
    const home = tagged && elementOf(tagged);
    if (!chosen || !home) {
      this.box.remove();
      return;
    }
    setText(this.name, chosen.name);
    if (this.box.parentElement !== home) home.append(this.box);
    const { nodes, order, settings } = picture;
    const { x, y } = nodes[tagged];
    this.#above = order.map((id) => ({ across: nodes[id].x - x, up: y - nodes[id].y - settings.node.height }))
      .filter(({ up }) => up > -settings.node.height);
    if (outputs === this.#outputs) return;
    this.#outputs = outputs;
    this.choice.replaceChildren(...(outputs ?? []).map(({ name, chosen: isChosen }) =>
      element("option", { text: name, selected: isChosen })));
  }
}
