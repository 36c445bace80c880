/** What a text is that somebody pastes on the canvas: a graph, a link, numbers, or else a formula or a script. */

import { isGraphText } from "./copied_text.js";

/** @typedef {"nothing" | "graph" | "link" | "numbers" | "formula"} Kind */

/** Within some letters; what a number is exactly, Python says. */
const NUMBER = /^[-+−]?[\d.,]*\d[\d.,]*([eE][-+−]?\d+)?$/;
const MOST_LOOKED_AT = 200;

/**
 * @param {string} text
 * @returns {Kind}
 */
export function kindOfText(text) {
  const trimmed = text.trim();
  if (trimmed === "") return "nothing";
  if (isGraphText(trimmed)) return "graph";
  if (linkIn(trimmed) !== "") return "link";
  return areNumbers(trimmed) ? "numbers" : "formula";
}

/**
 * The graph of a link to a playground; empty where the text is none.
 * @param {string} text
 */
export function linkIn(text) {
  if (!/^https?:\/\/\S+$/i.test(text.trim())) return "";
  try {
    return new URL(text.trim()).searchParams.get("graph") ?? "";
  } catch {
    return "";
  }
}

/**
 * Numbers, an array, or cells: of a table that has a heading, too, Python says where it is no number.
 * @param {string} text
 */
function areNumbers(text) {
  if (/^\[[-\d[\].,\s+−eE]*\]$/.test(text)) return true;
  const cells = text.slice(0, 100_000).split(/[\t\n\r; ]+|,(?!\d)/).map((cell) => cell.trim().replaceAll('"', ""))
    .filter((cell) => cell !== "").slice(0, MOST_LOOKED_AT);
  const numbers = cells.filter((cell) => NUMBER.test(cell));
  if (cells.length > 0 && numbers.length === cells.length) return true;
  return text.includes("\t") && numbers.length > 0 && !/[=()*+/^]/.test(text);
}
