/** The bar of what is selected: all that can be done with it, for a finger, a mouse and the Tab key alike. */

import { button, element } from "../parts/dom.js";
import { say } from "../parts/messages.js";

export class SelectionBar {
  /**
   * @param {import("../model/page_model.js").PageModel} model
   * @param {object} acts
   * @param {(id: string) => void} acts.rename
   * @param {(id: string) => void} acts.enter edits its value or parameters, or opens a block
   * @param {() => void} acts.duplicate
   * @param {() => void} acts.makeBlock
   * @param {() => void} acts.delete
   */
  constructor(model, acts) {
    this.model = model;
    /** Whether each tap adds to the selection. */
    this.selectsMore = false;
    /** @param {(id: string) => void} act */
    const onOne = (act) => () => model.selection.only && act(model.selection.only);
    this.rename = control("rename", say("Rename"), onOne(acts.rename));
    this.enter = control("edit", say("Edit"), onOne(acts.enter));
    this.duplicate = control("duplicate", say("Duplicate"), acts.duplicate);
    this.block = control("make-block", say("Block"), acts.makeBlock);
    this.more = control("select-more", say("Select more"), () => this.#turnMore());
    this.more.setAttribute("aria-pressed", "false");
    this.box = element("div", { class: "selection-bar", role: "toolbar", "aria-label": say("Selection"), hidden: true }, [
      this.rename, this.enter, this.duplicate, this.block, this.more, control("delete", say("Delete"), acts.delete),
    ]);
  }

  #turnMore() {
    this.selectsMore = !this.selectsMore;
    this.more.setAttribute("aria-pressed", String(this.selectsMore));
  }

  /** The selection or the picture has changed. */
  show() {
    const { selection, picture } = this.model;
    const { nodes, wire, only } = selection;
    this.box.hidden = nodes.size === 0 && wire === null;
    if (this.box.hidden && this.selectsMore) this.#turnMore();
    const one = picture.nodes[only];
    this.rename.hidden = one === undefined;
    this.enter.hidden = one === undefined || !canBeEntered(one);
    this.duplicate.hidden = this.block.hidden = this.more.hidden = nodes.size === 0;
  }
}

/** @param {import("../model/types.js").PictureNode} node */
function canBeEntered({ op, typed }) {
  return op === "Input" || op === "Block" || typed !== undefined;
}

/**
 * @param {string} name
 * @param {string} text
 * @param {() => unknown} act
 */
function control(name, text, act) {
  return button({ text, "data-control": name }, act);
}
