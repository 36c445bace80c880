/** A file dropped on the page is opened; what is no text is refused here, and sent nowhere. */

import { say } from "../parts/messages.js";
import { fileText } from "../model/text/file_text.js";

export { isTable } from "../model/text/file_text.js";

/** Characters of a file's name that are told. */
const LONGEST_NAME = 200;

/**
 * @param {EventTarget} place where files are taken
 * @param {object} page
 * @param {() => number} page.largestBytes
 * @param {(text: string) => void} page.refuse
 * @param {(text: string, name: string) => void} page.open
 */
export function takeFiles(place, { largestBytes, refuse, open }) {
  /** @param {Event} event */
  const filesOf = (event) => event instanceof DragEvent && event.dataTransfer?.types.includes("Files") ? event.dataTransfer.files : null;
  place.addEventListener("dragover", (event) => {
    if (filesOf(event) !== null) event.preventDefault();
  });
  place.addEventListener("drop", async (event) => {
    const files = filesOf(event);
    if (files === null || event.defaultPrevented) return;
    event.preventDefault();
    const [file] = files;
    if (file === undefined) return;
    const limit = largestBytes();
    if (file.size > limit) {
      refuse(say("{name} is larger than {limit} bytes, the limit for a graph.", { name: file.name, limit }));
      return;
    }
    const { text, refusal } = fileText(await file.arrayBuffer().catch(() => null), file.name);
    if (text === undefined) refuse(refusal);
    else open(text, file.name.slice(0, LONGEST_NAME));
  });
}
