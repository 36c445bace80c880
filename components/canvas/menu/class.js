/** The room of a class: a teacher asks, students answer. */

import { say } from "../parts/messages.js";

/**
 * @param {import("./menu.js").MenuTools} tools
 * @returns {import("./menu.js").Entry}
 */
export function classEntry({ room }) {
  return { name: "class", text: say("Class…"), press: () => room.dialog.open(), isOffered: () => room.isOffered };
}
