/**
 * Which controls of the page are shown: a link may leave some out for students, and an embedded page shows question, graph
 * and steps alone. The style sheets do the rest, here and of the page around.
 */

import { isEmbedded } from "../../parts/embedding.js";
import { mark } from "../../parts/messages.js";

/** What a link may leave out, by the names that it has there. */
export const CONTROLS = {
  palette: mark("Palette"), panels: mark("Panels"), code: mark("Code"), formula: mark("Formula"), menu: mark("Menu"),
  lessons: mark("Lessons and files"),
};

/**
 * @param {HTMLElement} root of the canvas
 * @param {readonly string[]} [hides] by the link that the page was opened with
 */
export function showControls(root, hides = []) {
  const left = Object.keys(CONTROLS).filter((name) => hides.includes(name));
  for (const place of [root, root.ownerDocument.documentElement]) {
    if (left.length > 0) place.dataset.leaves = left.join(" ");
    else delete place.dataset.leaves;
    if (isEmbedded()) place.dataset.embedded = "";
  }
}
