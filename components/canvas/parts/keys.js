/** What a key press means, whatever the keyboard's layout and the input method. */

import { isTextField } from "./dom.js";

/** Where text stands that is read and copied, or a dialog: what edits the graph means nothing there. */
export const READ_TEXT = ".side, .step-caption, .question, .table-box, .dialog";

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
 * Whether an event came from a field that has its own use for keys: a text, a choice or a slider.
 * @param {Event} event
 */
export function isFromField(event) {
  const [target] = event.composedPath();
  const isSlider = target instanceof HTMLInputElement && target.type === "range";
  return target instanceof HTMLSelectElement || isSlider || isTextField(target);
}
