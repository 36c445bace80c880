/** Texts for the clipboard. */

import { element } from "./dom.js";

/**
 * Put a text on the clipboard; answers false where the browser does not let a page do so.
 * @param {string} text
 */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedAsSelection(text);
  }
}

/** Have the browser ask the page, by a copy event, what is to be put on the clipboard: a page without rights may, too. */
export function copyByEvent() {
  return document.execCommand("copy");
}

/**
 * The text that is pasted. A column of a spreadsheet's cells comes with a tab between them: in lines alone, nothing would
 * tell 1,5 from two cells.
 * @param {DataTransfer} pasted
 */
export function textOf(pasted) {
  const text = pasted.getData("text/plain");
  const html = pasted.getData("text/html");
  if (html === "" || !text.includes("\n")) return text;
  // The document that comes of it is never shown, and nothing in it runs.
  const rows = [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("tr")];
  const isColumn = rows.length > 1 && rows.every((row) => row.querySelectorAll("td, th").length === 1);
  return isColumn ? text.trim().split(/\r?\n/).join("\t") : text;
}

/** The text on the clipboard; null where the browser does not show it to the page. */
export async function clipboardText() {
  try {
    return await navigator.clipboard.readText();
  } catch {
    return null;
  }
}

/**
 * A page that is not served securely has no `navigator.clipboard`, but may copy what is selected in it.
 * @param {string} text
 */
function copiedAsSelection(text) {
  const before = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
  const field = element("textarea", { class: "spoken", readonly: true });
  field.value = text;
  // Within a dialog that is open, what stands outside of it cannot be selected.
  const root = before?.getRootNode() ?? document;
  const place = before?.closest("dialog") ?? (root instanceof ShadowRoot ? root : document.body);
  place.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return isCopied;
}
