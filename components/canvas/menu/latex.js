/** The derivation as LaTeX: every step's equations. */

import { say } from "../parts/messages.js";
import { exportEntry } from "./exporting.js";

/** @param {import("./menu.js").MenuTools} tools */
export function latexEntry(tools) {
  return exportEntry(tools, "latex", say("Derivation (LaTeX)"), "latex");
}
