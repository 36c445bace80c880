/** What a key press means, whatever the keyboard's layout and the input method. */

/**
 * The character of a key, small. On a layout without Latin letters the physical key counts: Ctrl+Z is where Z stands on
 * others. Layouts that have Latin letters elsewhere, QWERTZ and AZERTY, go by the letter.
 * @param {{key: string, code: string}} event
 */
export function letterOf({ key, code }) {
  const isForeign = /^\p{Letter}$/u.test(key) && !/^\p{Script=Latin}$/u.test(key);
  const physical = /^Key([A-Z])$/.exec(code)?.[1];
  return (isForeign && physical ? physical : key).toLowerCase();
}

/**
 * Whether a key belongs to an input method that composes a word (Chinese, Japanese, Korean): Enter chooses it there.
 * @param {KeyboardEvent} event
 */
export function belongsToComposition(event) {
  return event.isComposing || event.keyCode === 229;
}

/**
 * Whether an event came from somewhere that text is typed into.
 * @param {Event} event
 */
export function isFromTextField(event) {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type);
}
