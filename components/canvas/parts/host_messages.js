/** What Streamlit says by itself, which it knows in English alone: said in the page's language. */

import { mark, say } from "./messages.js";

/** What is read out of an element. */
const LABELS = Object.entries({
  '[data-testid="stSidebar"]': mark("Lessons and files"),
  '[data-testid="stSidebarCollapseButton"] button': mark("Close the sidebar"),
  '[data-testid="stExpandSidebarButton"]': mark("Open the sidebar"),
  '[data-testid="stFileUploaderDropzoneInput"]': mark("Choose a file"),
  '[data-testid="stFileUploaderDropzone"] [data-testid="stBaseButton-borderlessIcon"]': mark("Choose a file"),
  '[data-testid="stFileChipDeleteBtn"] button': mark("Remove {file}"),
});
const REFUSED = mark("This file is too large, or of a kind that cannot be opened.");
/** What stands in one. */
const TEXTS = Object.entries({
  '[data-testid="stSkipToContent"]': mark("Skip to the graph"),
  '[data-testid="stFileUploaderDropzone"] button p': mark("Choose a file"),
  '[data-testid="stFileUploaderDropzoneInstructions"] span': mark("at most {megabytes} MB"),
  '[data-testid="stFileChip"] [role="alert"]': REFUSED,
  '[data-testid="stTooltipErrorContent"] p': REFUSED,
});

/** Where it is said already. @type {WeakSet<Text>} */
const translated = new WeakSet();

/** Say it from now on, whenever Streamlit draws one of these. */
export function translateHost() {
  sayAll();
  new MutationObserver(sayAll).observe(document.body, { childList: true, subtree: true });
}

function sayAll() {
  for (const [selector, label] of LABELS) {
    for (const found of document.querySelectorAll(selector)) {
      const said = filled(label, found);
      if (found.getAttribute("aria-label") !== said) found.setAttribute("aria-label", said);
    }
  }
  for (const [selector, text] of TEXTS) {
    for (const found of document.querySelectorAll(selector)) {
      // Its own nodes: should Streamlit write into them again, it must find them.
      const [node, ...others] = [...found.childNodes].filter((child) => child instanceof Text);
      if (!(node instanceof Text) || translated.has(node)) continue;
      translated.add(node);
      node.data = filled(text, found);
      for (const other of others) other.data = "";
    }
  }
}

/**
 * Say a message with what Streamlit has written there in its place.
 * @param {string} message
 * @param {Element} found
 */
function filled(message, found) {
  if (message.includes("{megabytes}")) return say(message, { megabytes: found.textContent?.match(/\d+/)?.[0] ?? "" });
  const file = found.closest('[data-testid="stFileChip"]')?.querySelector('[data-testid="stFileChipName"]');
  return message.includes("{file}") ? say(message, { file: file?.getAttribute("title") ?? "" }) : say(message);
}
