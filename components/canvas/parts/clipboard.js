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
