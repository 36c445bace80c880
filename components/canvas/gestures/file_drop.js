/** A file dropped anywhere on the page is opened; what is no text is refused here, and sent nowhere. */

import { say } from "../parts/messages.js";
import { readText } from "../model/file_text.js";

/** Characters of a file's name that are told. */
const LONGEST_NAME = 200;

/**
 * Whether a file of this name holds a table of data, and no graph.
 * @param {string} name
 */
export function isTable(name) {
  return /\.(csv|tsv)$/i.test(name);
}

/**
 * @param {object} page
 * @param {() => number} page.largestBytes
 * @param {(text: string) => void} page.refuse
 * @param {(text: string, name: string) => void} page.open
 */
export function takeFiles({ largestBytes, refuse, open }) {
  /** @param {DragEvent} event */
  const isFile = (event) => event.dataTransfer?.types.includes("Files") ?? false;
  globalThis.addEventListener("dragover", (event) => {
    if (isFile(event)) event.preventDefault();
  });
  globalThis.addEventListener("drop", async (event) => {
    if (!isFile(event) || event.defaultPrevented) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    const limit = largestBytes();
    if (file.size > limit) {
      refuse(say("{name} is larger than {limit} bytes, the limit for a graph.", { name: file.name, limit }));
      return;
    }
    const text = await file.arrayBuffer().then(readText, () => null);
    if (text === null) refuse(say("{name} is not a text, so it is no graph that was saved.", { name: file.name }));
    else open(text, file.name.slice(0, LONGEST_NAME));
  });
}
