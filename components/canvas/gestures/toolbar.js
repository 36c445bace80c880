/** The buttons in the corner of the stage. */

import { element } from "../parts/dom.js";

const ZOOM_STEP = 1.25;

export class Toolbar {
  /** @param {import("../canvas.js").Canvas} canvas */
  constructor(canvas) {
    const { view, dialogs } = canvas;
    this.buttons = {
      undo: button("Undo", "↶", () => canvas.command("undo")),
      redo: button("Redo", "↷", () => canvas.command("redo")),
      tidy: button("Tidy the graph (T)", "Tidy", () => canvas.tidy()),
      block: button("Make one block of the selected nodes (Ctrl+G)", "Block", () => canvas.blocks.make()),
      open: button("Open the block (Enter)", "Open", () => canvas.blocks.open(canvas.blocks.selected()[0])),
      share: button("Share a link that holds this graph", "Share", () => canvas.command("share")),
      "zoom-out": button("Zoom out", "−", () => view.zoom(1 / ZOOM_STEP)),
      "zoom-in": button("Zoom in", "+", () => view.zoom(ZOOM_STEP)),
      fit: button("Fit the graph in view (F)", "Fit", () => canvas.framing.fit()),
      help: button("Shortcuts (?)", "?", () => dialogs.showShortcuts()),
    };
    for (const [name, made] of Object.entries(this.buttons)) made.dataset.control = name;
    this.offer(false);
    this.bar = element("div", { class: "controls" }, Object.values(this.buttons));
  }

  /** Offer to open a closed block that is selected alone, and else, at the same place, to make one. */
  offer(isBlock) {
    this.buttons.block.hidden = isBlock;
    this.buttons.open.hidden = !isBlock;
  }

  /** Let Undo and Redo say what they will do. @param {{undo: string, redo: string}} words */
  nameSteps({ undo, redo }) {
    for (const [name, title, words] of [["undo", "Undo", undo], ["redo", "Redo", redo]]) {
      const made = this.buttons[name];
      made.disabled = words === "";
      made.title = words ? `${title}: ${words}` : title;
      made.setAttribute("aria-label", made.title);
    }
  }
}

function button(label, text, act) {
  const made = element("button", { type: "button", "aria-label": label, title: label, text });
  made.addEventListener("click", act);
  return made;
}
