/** The entries of the menu, in the order in which they stand there. */

import { firstStepsEntry } from "./first_steps.js";
import { shortcutsEntry } from "./shortcuts.js";
import { tidyEntry } from "./tidy.js";

/** @type {readonly ((tools: import("./menu.js").MenuTools) => import("./menu.js").Entry)[]} */
const MAKERS = [tidyEntry, firstStepsEntry, shortcutsEntry];

/**
 * @param {import("./menu.js").MenuTools} tools
 * @returns {import("./menu.js").Entry[]}
 */
export function menuEntries(tools) {
  return MAKERS.map((make) => make(tools));
}
