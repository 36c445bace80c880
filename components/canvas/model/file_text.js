/** What is in a file, where that may be a graph that was saved. */

import { LARGEST_EVENT_BYTES, jsonBytes } from "./parts.js";

/** What no text holds, but nearly every picture, archive and program. */
const NO_TEXT = /[\0-\x08\x0e-\x1f]/; // eslint-disable-line no-control-regex

/**
 * Read the bytes of a file as text in UTF-8; null where they are none, or none that can be handed on.
 * @param {ArrayBuffer} bytes
 */
export function readText(bytes) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return NO_TEXT.test(text) || jsonBytes({ text }) > LARGEST_EVENT_BYTES ? null : text;
  } catch {
    return null;
  }
}
