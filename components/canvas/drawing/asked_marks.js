/**
 * The places on a node where a hidden number stands: to be tapped by who knows it.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 */

import { element, setAttribute } from "../parts/dom.js";
import { say } from "../parts/messages.js";
import { hiddenAt } from "../model/graph/asked.js";

const KINDS = /** @type {const} */ (["data", "grad"]);

/**
 * Put a mark over each hidden number of a node, or take it away.
 * @param {HTMLElement} made
 * @param {Picture} picture
 * @param {string} id
 */
export function markAsked(made, picture, id) {
  const hidden = hiddenAt(picture, id);
  for (const kind of KINDS) {
    const asked = hidden.find((each) => each.kind === kind);
    const held = made.querySelector(`.asked-mark.${kind}`);
    if (!asked) {
      held?.remove();
      continue;
    }
    const place = held ?? buildMark(kind);
    if (held === null) made.append(place);
    setAttribute(place, "aria-label", say("{name} is hidden: answer it", { name: asked.name }));
    setAttribute(place, "data-ask", asked.name);
  }
}

/** @param {string} kind */
function buildMark(kind) {
  const made = element("div", { class: `asked-mark ${kind}`, role: "button", tabindex: "-1", "data-kind": kind });
  // After a finger's tap the browser would move the focus to the node, away from where the answer is typed.
  made.addEventListener("touchend", (event) => event.preventDefault(), { passive: false });
  return made;
}
