/**
 * Blocks under the hand: made of the selection, opened and closed in place, taken apart.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 */

import { around, button, setAttribute, setText } from "../parts/dom.js";
import { say } from "../parts/messages.js";
import { freshId } from "../model/graph/names.js";

export class Blocks {
  /** A block that was just made, and of what. @type {{id: string, ids: string[]} | null} */
  #made = null;
  /** What shall be selected and focused once it is there. @type {{frame: string} | {nodes: string[]} | null} */
  #wanted = null;
  /** Nodes to be selected once their elements are there. @type {string[]} */
  #landing = [];

  /**
   * @param {import("../model/page_model.js").PageModel} model
   * @param {import("../drawing/stage.js").Stage} stage
   * @param {import("./edits.js").Edits} edits
   */
  constructor(model, stage, edits) {
    this.model = model;
    this.stage = stage;
    this.edits = edits;
    /** The way back from an open block to what is around it, where it is always in sight. */
    this.up = button({ class: "up", text: "", hidden: true, "data-control": "up" }, () => {
      const id = this.stage.blockInSight;
      if (id !== undefined) this.close(id);
    });
  }

  /** Offer the way back out of the block that somebody looks into. */
  offerUp() {
    const name = this.model.picture.blocks?.[this.stage.blockInSight ?? ""]?.name;
    this.up.hidden = name === undefined;
    if (name === undefined) return;
    setText(this.up, `↑ ${name}`);
    const title = say("Close {name}, back to what is around it", { name });
    for (const attribute of ["title", "aria-label"]) setAttribute(this.up, attribute, title);
  }

  /** Make one block of what is selected. */
  make() {
    const { model, stage } = this;
    const ids = model.picture.order.filter((id) => model.selection.nodes.has(id));
    if (ids.length === 0) {
      stage.tellAt(null, say("Select the nodes first that shall be one block: Shift-click, or Shift-drag around them."));
      return true;
    }
    const id = freshId(model.picture, model.reserved);
    const places = ids.map((each) => stage.placeOf(each));
    const point = stage.view.toStage({ x: places[0].x, y: Math.max(...places.map(({ y }) => y)) });
    this.#made = { id, ids };
    model.edit({ type: "block", id, nodes: ids }, point);
    model.selection.select([id]);
    stage.overlay.focus(id);
    return true;
  }

  /**
   * Open a closed block; the focus goes on to its frame.
   * @param {string} id
   */
  open(id) {
    this.#wanted = { frame: id };
    this.model.edit({ type: "set open", block: id, open: true });
    return true;
  }

  /** @param {string} id */
  close(id) {
    this.#wanted = { nodes: [id] };
    this.model.edit({ type: "set open", block: id, open: false });
    return true;
  }

  /** Open the first of the selected blocks. */
  openSelected() {
    const [id] = this.selected();
    return id === undefined ? false : this.open(id);
  }

  /**
   * Take blocks away, and select what was in them.
   * @param {string[]} [ids]
   */
  ungroup(ids = this.selected()) {
    if (ids.length === 0) {
      this.stage.tellAt(null, say("Select the block first that shall be taken apart."));
      return true;
    }
    this.#wanted = { nodes: ids.flatMap((id) => this.model.picture.blocks?.[id]?.nodes ?? []) };
    this.edits.send(ids.map((block) => ({ type: "ungroup", block })));
    return true;
  }

  /** The selected blocks, be they closed or open. */
  selected() {
    return this.model.selection.blocks(this.model.picture);
  }

  /** Whether a closed block is selected alone. */
  get isOneSelected() {
    const { selection } = this.model;
    return selection.frame === null && selection.nodes.size === 1 && this.selected().length === 1;
  }

  /**
   * Answers whether a key meant something on a frame.
   * @param {KeyboardEvent} event
   * @param {string} id
   */
  press(event, id) {
    if (around(event, "button")) return false;
    switch (event.key) {
      case "Enter":
        return this.close(id);
      case " ":
        return this.model.selection.selectFrame(id);
      case "Delete":
      case "Backspace":
        this.edits.send([{ type: "delete", nodes: [id] }]);
        this.stage.focus();
        return true;
      default:
        return false;
    }
  }

  /**
   * Select and focus what a gesture has led to, once it is there; of what was refused the selection comes back.
   * @param {Picture} picture whose frames are shown, and whose nodes are about to be
   */
  settle(picture) {
    const made = this.#made;
    if (made && !(made.id in picture.nodes)) {
      this.#made = null;
      this.#landing = made.ids.filter((id) => id in picture.nodes);
    }
    if (made && picture.blocks?.[made.id]) this.#made = null;
    const wanted = this.#wanted;
    if (!wanted) return;
    if ("frame" in wanted) {
      if (!this.stage.frames.has(wanted.frame)) return;
      this.model.selection.selectFrame(wanted.frame);
      this.stage.frames.focus(wanted.frame);
      this.stage.frames.reveal(wanted.frame);
    } else {
      this.#landing = wanted.nodes.filter((id) => id in picture.nodes);
      if (this.#landing.length === 0) return;
    }
    this.#wanted = null;
  }

  /** Select the nodes that a gesture has led to, and focus the first, once their elements are there. */
  land() {
    const ids = this.#landing;
    if (ids.length === 0) return;
    this.#landing = [];
    this.model.selection.select(ids);
    this.stage.overlay.focus(ids[0]);
  }
}
