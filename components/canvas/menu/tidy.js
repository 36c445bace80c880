/** Tidy, which a phone's row of tools has no room for. */

import { say } from "../parts/messages.js";

/**
 * @param {import("./menu.js").MenuTools} tools
 * @returns {import("./menu.js").Entry}
 */
export function tidyEntry({ tidy }) {
  return { name: "tidy", text: say("Tidy the graph (T)"), press: tidy };
}
