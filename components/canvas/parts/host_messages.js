/** What Streamlit says by itself, which it knows in English alone: said in the page's language. */

import { mark, say } from "./messages.js";

/** What is read out of an element. */
const LABELS = Object.entries({
  '[data-testid="stSidebar"]': mark("Lessons and files"),
  '[data-testid="stSidebarCollapseButton"] button': mark("Close the sidebar"),
  '[data-testid="stExpandSidebarButton"]': mark("Open the sidebar"),
  '[data-testid="stFileUploaderDropzoneInput"]': mark("Choose a file"),
});
/** What stands in one. */
const TEXTS = Object.entries({
  '[data-testid="stSkipToContent"]': mark("Skip to the graph"),
  '[data-testid="stFileUploaderDropzone"] button p': mark("Choose a file"),
  '[data-testid="stFileUploaderDropzoneInstructions"] span': mark("at most {megabytes} MB"),
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
      if (found.getAttribute("aria-label") !== say(label)) found.setAttribute("aria-label", say(label));
    }
  }
  for (const [selector, text] of TEXTS) {
    for (const found of document.querySelectorAll(selector)) {
      // Its own node: should Streamlit write into it again, it must find it.
      const [node] = [...found.childNodes].filter((child) => child instanceof Text);
      if (!(node instanceof Text) || translated.has(node)) continue;
      translated.add(node);
      node.data = text.includes("{") ? say(text, { megabytes: node.data.match(/\d+/)?.[0] ?? "" }) : say(text);
    }
  }
}
