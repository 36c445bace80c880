/**
 * When somebody leaves a field, and when only the focus is taken from it: by a dialog of the host, such as the one about
 * a lost connection, or by another window. Then what is typed stays being typed, and the field gets the focus back.
 */

import { focusedIn } from "./dom.js";

const LOOK_AGAIN_MS = 100;

/** @type {WeakSet<HTMLElement>} */
const waiting = new WeakSet();

/**
 * Whether somebody types in a field that waits to have the focus back.
 * @param {HTMLElement} field
 */
export function isWaitingForFocus(field) {
  return waiting.has(field);
}

/**
 * @param {HTMLElement} field
 * @param {() => void} leave somebody has left the field
 */
export function onLeave(field, leave) {
  field.addEventListener("blur", ({ relatedTarget }) => {
    if (isTaken(field, relatedTarget)) giveBack(field, leave);
    else leave();
  });
}

/**
 * @param {HTMLElement} field
 * @param {EventTarget | null} [by]
 */
function isTaken(field, by = null) {
  if (!document.hasFocus() || isInert(field)) return true;
  const dialog = by instanceof Element ? by.closest("[role=dialog]") : null;
  return dialog !== null && !dialog.contains(field);
}

/**
 * Whether nothing around a field can have the focus, be it across the borders of shadow roots.
 * @param {Element} field
 */
function isInert(field) {
  for (let place = /** @type {Element | null} */ (field); place; place = hostOf(place)) {
    if (place.closest("[inert]")) return true;
  }
  return false;
}

/** @param {Element} place */
function hostOf(place) {
  const root = place.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/**
 * @param {HTMLElement} field
 * @param {() => void} leave
 */
function giveBack(field, leave) {
  if (waiting.has(field)) return;
  waiting.add(field);
  const timer = setInterval(() => {
    if (field.isConnected && isTaken(field, document.activeElement)) return;
    clearInterval(timer);
    const isFree = document.activeElement === null || document.activeElement === document.body;
    if (isFree) field.focus({ preventScroll: true });
    waiting.delete(field);
    // Where it has not got the focus, a hand has gone elsewhere.
    if (field.isConnected && focusedIn(field) !== field) leave();
  }, LOOK_AGAIN_MS);
}
