/** Where the page's parts stand: strips above and below, and between them the stage, the open panel and the rail. */

import { element } from "../parts/dom.js";

/**
 * @param {HTMLElement} root
 * @param {object} parts
 * @param {HTMLElement[]} parts.top what the graph is, and what is done with all of it
 * @param {HTMLElement[]} parts.strips
 * @param {HTMLElement} parts.stage
 * @param {HTMLElement} parts.side
 * @param {HTMLElement[]} parts.rail
 * @param {HTMLElement[]} parts.bottom
 */
export function layOut(root, { top, strips, stage, side, rail, bottom }) {
  root.append(
    element("div", { class: "top" }, top), ...strips,
    element("div", { class: "middle" }, [stage, side, element("div", { class: "rail" }, rail)]),
    ...bottom,
  );
}
