/** A web page of the graph that opens offline, to be looked at and moved about. */

import { say } from "../parts/messages.js";
import { exportEntry } from "./exporting.js";

/** @param {import("./menu.js").MenuTools} tools */
export function webPageEntry(tools) {
  return exportEntry(tools, "web-page", say("Web page (HTML)"), "page");
}
