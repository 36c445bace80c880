/** Dialogs over the canvas: the shortcuts, the link that holds the graph, and whatever else is handed over. */

import { rememberedSwitch } from "./browser_storage.js";
import { copied } from "./clipboard.js";
import { button, element } from "./dom.js";
import { mark, say } from "./messages.js";
import { refuseHeldEnter } from "./one_press.js";

const SHORTCUTS = [
  [mark("Drag or click a palette entry"), mark("add a node")],
  [mark("/ or double-click"), mark("search for an op")],
  [mark("Drag from port to port, or click both"), mark("wire")],
  [mark("Click an input's number"), mark("type another; drag it sideways to scrub")],
  [mark("Click, Shift-click, Shift-drag, Ctrl+A"), mark("select")],
  [mark("Delete or Backspace"), mark("delete what is selected")],
  [mark("Ctrl+Z, Ctrl+Shift+Z or Ctrl+Y"), mark("undo, redo")],
  [mark("Ctrl+C, Ctrl+V, Ctrl+D"), mark("copy, paste, duplicate")],
  [mark("Ctrl+G, Ctrl+Shift+G"), mark("make the selection one block, take a block apart")],
  [mark("Double-click or Enter on a block"), mark("open it, close it by its frame")],
  [mark("Wheel, two fingers; drag the ground"), mark("zoom; pan")],
  [mark("F"), mark("fit the graph in view")],
  [mark("T"), mark("tidy: lay it out from left to right")],
  [mark("S; →, ←, Space, Home, End"), mark("steps: open, next, back, play, to either end")],
  [mark("P"), mark("present: nothing but question, graph and steps")],
  [mark("Page Up, Page Down while stepping"), mark("a presenter's two keys: back, next")],
  [mark("I"), mark("inspect the selected node")],
  [mark("Click a grad or a computed number; E"), mark("see how it came about")],
  [mark("F and B while stepping"), mark("run forward, run backward")],
  [mark("L, G, W"), mark("local derivatives on the wires, bars of |grad|, wires as wide as their gradient")],
  [mark("Tab, arrows, Enter"), mark("walk the nodes, move one, edit its value")],
  [mark("C, then arrows and Enter"), mark("wire by keyboard")],
  [mark("Escape"), mark("put back what is in hand")],
];

export class Dialogs {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** Whether shortcuts of one letter are switched on. */
    this.letters = rememberedSwitch("letters", true);
  }

  showShortcuts() {
    const rows = SHORTCUTS.flatMap(([keys, what]) => [
      element("dt", { text: say(keys) }), element("dd", { text: say(what) }),
    ]);
    const box = element("input", { type: "checkbox" });
    box.checked = this.letters.get();
    box.addEventListener("change", () => this.letters.set(box.checked));
    const letters = element("label", { class: "row" }, [box, say("Shortcuts of a single letter")]);
    // Read from the top: what has the focus first would else be the switch below them all.
    this.show(say("Shortcuts"), [element("dl", { tabindex: "-1", autofocus: "" }, rows), letters]);
    return true;
  }

  /**
   * Show a link, copied if the browser lets us.
   * @param {string} url
   * @param {readonly Node[]} [more] what else is to be shown of it
   * @param {{copy: string, copied: string}} [words] what it is good for
   */
  async showLink(url, more = [], words = {
    copy: say("Copy this link: it opens the same graph."), copied: say("Copied. The link opens the same graph."),
  }) {
    const field = element("input", { type: "text", readonly: true, "aria-label": say("Link"), "data-testid": "link" });
    field.value = url;
    const told = element("p", { role: "status", text: words.copy });
    this.show(say("Share"), [told, field, ...more]);
    field.focus();
    field.select();
    if (await copied(url)) told.textContent = words.copied;
  }

  /**
   * @param {string} title
   * @param {Node[]} children
   */
  show(title, children) {
    /** @type {HTMLDialogElement} */
    const dialog = element("dialog", { class: "dialog", "aria-label": title }, [
      element("h2", { text: title }), element("div", { class: "dialog-body" }, children),
      element("div", { class: "dialog-foot" }, [button({ text: say("Close") }, () => dialog.close())]),
    ]);
    dialog.addEventListener("close", () => dialog.remove());
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    refuseHeldEnter(dialog);
    dialog.addEventListener("pointerdown", (event) => {
      if (event.target === dialog) dialog.close();
    });
    this.root.append(dialog);
    dialog.showModal();
    return dialog;
  }
}
