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
