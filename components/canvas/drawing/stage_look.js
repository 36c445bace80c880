/**
 * How somebody looks at the graph, kept over a reload: the view, what is selected, and what has the focus.
 *
 * @typedef {import("../model/kept/restore.js").StageLook} KeptLook
 */

import { focusedIn, isTypedInto } from "../parts/dom.js";

export class StageLook {
  /**
   * @param {HTMLElement} root
   * @param {import("../model/page_model.js").PageModel} model
   * @param {import("./stage.js").Stage} stage
   */
  constructor(root, model, stage) {
    this.root = root;
    this.model = model;
    this.stage = stage;
    /** How the graph is to be looked at once it is drawn. @type {KeptLook | null} */
    this.returning = null;
  }

  /** @returns {KeptLook} */
  now() {
    const { view } = this.stage;
    const focused = focusedIn(this.root)?.closest(".node");
    return {
      view: view.chosen ? { x: view.x, y: view.y, scale: view.scale } : null,
      selection: [...this.model.selection.nodes],
      focused: focused instanceof HTMLElement ? (focused.dataset.id ?? null) : null,
    };
  }

  /** Look at the graph as before a reload or a new session; answers false when there was none. */
  takeUp() {
    if (this.returning === null) return false;
    const { view, selection, focused } = this.returning;
    this.returning = null;
    if (view) this.stage.view.choose(view);
    else this.stage.framing.fit();
    this.model.selection.select(selection.filter((id) => id in this.model.picture.nodes));
    // Who is typing already keeps the focus: after a lost connection the page was never gone.
    if (focused !== null && !isTypedInto(this.root)) this.stage.overlay.focus(focused);
    return true;
  }
}
