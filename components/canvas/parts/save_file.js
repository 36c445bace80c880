/** Let the browser save what it has as a file. */

import { element } from "./dom.js";

/**
 * @param {string | Blob} content
 * @param {string} type
 * @param {string} name
 */
export function saveFile(content, type, name) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  element("a", { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
