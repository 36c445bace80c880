/**
 * Build DOM elements; text goes in as text, never as markup.
 *
 * @typedef {Record<string, string | number | boolean | undefined>} Attributes
 *   `text`, and all others by their own names; undefined and false leave an attribute out
 */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {readonly (Node | string)[]} [children]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, children = []) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") made.textContent = String(value ?? "");
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
}

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number>} [attributes]
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svgElement(tag, attributes = {}) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

/**
 * A button with an act; a title says it in full, to eyes that rest on it and to screen readers.
 * @param {{text: string, title?: string, [attribute: string]: string | number | boolean | undefined}} attributes
 * @param {(event: MouseEvent) => unknown} act
 */
export function button(attributes, act) {
  const made = element("button", { type: "button", "aria-label": attributes.title, ...attributes });
  made.addEventListener("click", act);
  return made;
}

/**
 * Set an attribute only when it differs: an untouched DOM is not laid out again.
 * @param {Element} target
 * @param {string} name
 * @param {string} value
 */
export function setAttribute(target, name, value) {
  if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

/**
 * Write a text where another one stood, into what holds it: an element that loses a child and gets another one has the
 * styles of all looked up anew that hang on what they contain (`:has`).
 * @param {Node} target
 * @param {string} text
 */
export function setText(target, text) {
  const held = target.firstChild;
  if (held && held === target.lastChild && held instanceof Text && text !== "") {
    if (held.data !== text) held.data = text;
  } else if (target.textContent !== text) target.textContent = text;
}

/**
 * The nearest element around an event's target that a selector fits.
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export function around(event, selector) {
  // Whoever listens outside of a shadow root is told of its host alone; the path begins with what was really met.
  const target = event.composedPath()[0] ?? event.target;
  return target instanceof Element ? target.closest(selector) : null;
}

/**
 * What has the focus in the document or the shadow root that an element stands in.
 * @param {Element} place
 * @returns {Element | null}
 */
export function focusedIn(place) {
  const root = place.getRootNode();
  return root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
}

/** Inputs that take no text. */
const PRESSED = ["checkbox", "radio", "button", "submit", "range", "file"];

/**
 * Whether text is typed into an element.
 * @param {unknown} target
 */
export function isTextField(target) {
  if (target instanceof HTMLInputElement) return !PRESSED.includes(target.type);
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLElement && target.isContentEditable);
}

/**
 * Whether somebody types into a field within an element.
 * @param {Element} place
 */
export function isTypedInto(place) {
  const focused = focusedIn(place);
  return focused !== null && place.contains(focused) && isTextField(focused);
}

/** Whether less motion is asked for. */
export function prefersStillness() {
  return globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
