/** Dialogs over the canvas: the shortcuts, and the link that holds the graph. */

import { copied } from "./clipboard.js";
import { element } from "./dom.js";

const SHORTCUTS = [
  ["Drag or click a palette entry", "add a node"],
  ["/ or double-click", "search for an op"],
  ["Drag from port to port, or click both", "wire"],
  ["Click a number", "type another; drag it sideways to scrub"],
  ["Click, Shift-click, Shift-drag, Ctrl+A", "select"],
  ["Delete", "delete what is selected"],
  ["Ctrl+Z, Ctrl+Shift+Z or Ctrl+Y", "undo, redo"],
  ["Ctrl+C, Ctrl+V, Ctrl+D", "copy, paste, duplicate"],
  ["Ctrl+G, Ctrl+Shift+G", "make the selection one block, take a block apart"],
  ["Double-click or Enter on a block", "open it, close it by its frame"],
  ["Wheel, two fingers; drag the ground", "zoom; pan"],
  ["F", "fit the graph in view"],
  ["T", "tidy: lay it out from left to right"],
  ["S; →, ←, Space, Home, End", "steps: open, next, back, play, to either end"],
  ["F and B while stepping", "run forward, run backward"],
  ["L, G", "local derivatives on the wires, bars of |grad|"],
  ["Tab, arrows, Enter", "walk the nodes, move one, edit its value"],
  ["C, then arrows and Enter", "wire by keyboard"],
  ["Escape", "put back what is in hand"],
];

export class Dialogs {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
  }

  showShortcuts() {
    const rows = SHORTCUTS.flatMap(([keys, what]) => [element("dt", { text: keys }), element("dd", { text: what })]);
    this.show("Shortcuts", [element("dl", {}, rows)]);
    return true;
  }

  /** Show a link, copied if the browser lets us. */
  async showLink(url) {
    const field = element("input", { type: "text", readonly: true, "aria-label": "Link", "data-testid": "link" });
    field.value = url;
    const told = element("p", { role: "status", text: "Copy this link: it opens the same graph." });
    this.show("Share", [told, field]);
    field.focus();
    field.select();
    if (await copied(url)) told.textContent = "Copied. The link opens the same graph.";
  }

  show(title, children) {
    const close = element("button", { type: "button", text: "Close" });
    const dialog = element("dialog", { class: "dialog", "aria-label": title }, [
      element("h2", { text: title }), ...children, close,
    ]);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    dialog.addEventListener("pointerdown", (event) => {
      if (event.target === dialog) dialog.close();
    });
    this.root.append(dialog);
    dialog.showModal();
  }
}
