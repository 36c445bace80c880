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
