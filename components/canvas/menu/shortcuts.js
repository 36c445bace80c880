/** The shortcuts, which `?` shows too. */

import { say } from "../parts/messages.js";

/**
 * @param {import("./menu.js").MenuTools} tools
 * @returns {import("./menu.js").Entry}
 */
export function shortcutsEntry({ dialogs }) {
  return { name: "shortcuts", text: say("Shortcuts (?)"), press: () => dialogs.showShortcuts() };
}
