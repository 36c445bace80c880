/**
 * What may have been meant, to be taken with one tap.
 *
 * @typedef {{label: string, text: string}} Offer what is shown, and the whole text that says it
 */

import { button, element } from "./dom.js";

/**
 * A button for each offer; pressing one leaves the focus where it is, so that a field that is typed into stays open.
 * @param {readonly Offer[]} offers
 * @param {(text: string) => void} take
 */
export function offerButtons(offers, take) {
  const buttons = offers.map(({ label, text }) => button({ text: label, class: "offer" }, () => take(text)));
  for (const made of buttons) made.addEventListener("pointerdown", (event) => event.preventDefault());
  return element("span", { class: "offers-made" }, buttons);
}
