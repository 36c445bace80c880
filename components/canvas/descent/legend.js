/** What the colours of the map stand for. */

import { element } from "../parts/dom.js";
import { say } from "../parts/messages.js";
import { bandColours } from "./contour.js";

/**
 * @param {{levels: readonly string[], cells: readonly number[]}} map
 * @param {string} output
 * @param {import("../parts/theme.js").Theme} theme
 * @returns {(Node | string)[]}
 */
export function legendOf({ levels, cells }, output, theme) {
  const swatches = bandColours(levels.length - 1, theme).map((colour, band) => {
    const title = say("{output} from {low} to {high}", { output, low: levels[band], high: levels[band + 1] });
    const made = element("i", { title });
    made.style.background = `rgb(${colour.map(Math.round).join(" ")})`;
    return made;
  });
  const scale = element("span", { class: "swatches" }, swatches);
  const blanks = cells.some((cell) => cell < 0) ? [element("span", { text: say("hatched: not finite") })] : [];
  return [`${output} `, levels[0], scale, levels[levels.length - 1], ...blanks];
}
