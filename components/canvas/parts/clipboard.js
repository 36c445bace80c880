/**
 * Put a text on the clipboard; a page that is not served securely may not, and answers false.
 * @param {string} text
 */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Have the browser ask the page, by a copy event, what is to be put on the clipboard: a page without rights may, too. */
export function copyByEvent() {
  return document.execCommand("copy");
}

/** The text on the clipboard; null where the browser does not show it to the page. */
export async function clipboardText() {
  try {
    return await navigator.clipboard.readText();
  } catch {
    return null;
  }
}
