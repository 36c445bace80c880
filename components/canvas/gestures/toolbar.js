/** The tools beside the formula: what is done to the graph as a whole. */

import { button, element } from "../parts/dom.js";
import { say } from "../parts/messages.js";

/** Commands that leave nothing to be undone. */
const NOT_UNDONE = new Set([
  "undo", "arrange", "share", "qr code", "forward", "backward", "cleargrad", "check", "variant", "automatic", "pick", "restore", "stop",
  "take back",
]);

export class Toolbar {
  /**
   * @param {object} acts
   * @param {() => void} acts.undo
   * @param {() => void} acts.redo
   * @param {() => void} acts.tidy
   * @param {() => void} acts.makeBlock
   * @param {() => void} acts.openBlock
   * @param {() => void} acts.share
   * @param {() => void} acts.myGraphs
   * @param {() => void} acts.present
   * @param {HTMLElement} menu of what is done now and then
   */
  constructor({ undo, redo, tidy, makeBlock, openBlock, share, myGraphs, present }, menu) {
    this.undo = control("undo", say("Undo"), "↶", undo);
    this.redo = control("redo", say("Redo"), "↷", redo);
    this.block = control("block", say("Make one block of the selected nodes (Ctrl+G)"), say("Block"), makeBlock);
    this.open = control("open", say("Open the block (Enter)"), say("Open"), openBlock);
    this.bar = element("div", { class: "controls", role: "group", "aria-label": say("Graph") }, [
      this.undo, this.redo,
      control("tidy", say("Tidy the graph (T)"), say("Tidy"), tidy),
      this.block, this.open,
      control("share", say("Share a link that holds this graph"), say("Share"), share),
      control("graphs", say("My graphs: the last that were built in this browser"), say("My graphs"), myGraphs),
      control("present", say("Present: nothing but question, graph and steps (P)"), say("Present"), present),
      menu,
    ]);
    this.offerBlock(false);
  }

  /**
   * Offer to open a closed block that is selected alone, and else, at the same place, to make one.
   * @param {boolean} isClosedBlock
   */
  offerBlock(isClosedBlock) {
    this.block.hidden = isClosedBlock;
    this.open.hidden = !isClosedBlock;
  }

  /**
   * Let Undo and Redo say what they will do.
   * @param {{undo: string, redo: string}} steps empty where there is nothing
   * @param {readonly {type: string}[]} pending what is under way, and can be undone in its turn
   */
  nameSteps({ undo, redo }, pending) {
    const leads = pending.some(({ type }) => !NOT_UNDONE.has(type));
    name(this.undo, undo ? say("Undo: {step}", { step: undo }) : say("Undo"), undo === "" && !leads);
    const leadsBack = pending.some(({ type }) => type === "undo");
    name(this.redo, redo ? say("Redo: {step}", { step: redo }) : say("Redo"), redo === "" && !leadsBack);
  }
}

/**
 * @param {HTMLButtonElement} made
 * @param {string} title
 * @param {boolean} disabled
 */
function name(made, title, disabled) {
  made.disabled = disabled;
  made.title = title;
  made.setAttribute("aria-label", title);
}

/**
 * @param {string} control
 * @param {string} title
 * @param {string} text
 * @param {() => void} act
 */
function control(control, title, text, act) {
  return button({ title, text, "data-control": control }, act);
}
