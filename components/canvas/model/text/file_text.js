/** What is in a file, where that may be a graph that was saved, a script, a lesson or a table of data. */

import { say } from "../../parts/messages.js";
import { LARGEST_EVENT_BYTES, jsonBytes } from "../exchange/parts.js";

/** What no text holds, but nearly every picture, archive and program. */
const NO_TEXT = /[\0-\x08\x0e-\x1f]/; // eslint-disable-line no-control-regex

/**
 * Whether a file of this name holds a table of data, and no graph.
 * @param {string} name
 */
export function isTable(name) {
  return /\.(csv|tsv)$/i.test(name);
}

/**
 * Read a file's bytes as text, or say in a sentence why it is none that can be opened.
 * @param {ArrayBuffer | null} bytes null where it cannot be read, such as a folder
 * @param {string} name
 * @returns {{text: string, refusal?: undefined} | {text?: undefined, refusal: string}}
 */
export function fileText(bytes, name) {
  const text = bytes && readText(bytes);
  if (text?.trim()) return { text };
  if (text !== null) return { refusal: say("{name} is empty.", { name }) };
  if (isTable(name)) return { refusal: say("{name} is not text in UTF-8: save the table as “CSV UTF-8”.", { name }) };
  return { refusal: say("{name} is not a text, so it is no graph that was saved.", { name }) };
}

/**
 * Read the bytes of a file as text, in UTF-8 or with the mark of UTF-16; null where they are none that can be handed on.
 * @param {ArrayBuffer} bytes
 */
export function readText(bytes) {
  try {
    const text = new TextDecoder(encodingOf(new Uint8Array(bytes)), { fatal: true }).decode(bytes);
    return NO_TEXT.test(text) || jsonBytes({ text }) > LARGEST_EVENT_BYTES ? null : text;
  } catch {
    return null;
  }
}

/** @param {Uint8Array} bytes */
function encodingOf([first, second]) {
  if (first === 0xff && second === 0xfe) return "utf-16le"; // what spreadsheets call Unicode text
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
