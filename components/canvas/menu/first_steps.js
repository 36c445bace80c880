/** The first steps, once more, on request. */

import { say } from "../parts/messages.js";

/**
 * @param {import("./menu.js").MenuTools} tools
 * @returns {import("./menu.js").Entry}
 */
export function firstStepsEntry({ firstSteps }) {
  return { name: "first-steps", text: say("Four first steps"), press: () => firstSteps.start(), isOffered: () => !firstSteps.isOn };
}
