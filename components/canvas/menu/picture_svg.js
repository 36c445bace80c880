/** The picture as SVG, which every size of paper and screen draws sharp. */

import { say } from "../parts/messages.js";
import { exportEntry } from "./exporting.js";

/** @param {import("./menu.js").MenuTools} tools */
export function pictureSvgEntry(tools) {
  return exportEntry(tools, "picture-svg", say("Picture (SVG)"), "svg");
}
