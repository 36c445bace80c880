/**
 * Copy, cut, paste, duplicate: by the browser's own clipboard, as text, so that it works between tabs and windows, and on
 * a page that is not served securely; and what else is pasted, such as cells from a spreadsheet or a formula.
 *
 * @typedef {import("../model/graph/copying.js").Part} Part
 * @typedef {import("../model/graph/placement.js").Placed} Placed
 */

import { shownIn } from "../model/graph/block_model.js";
import { pastePart, takePart } from "../model/graph/copying.js";
import { INPUT } from "../model/graph/picture.js";
import { freeShift } from "../model/graph/placement.js";
import { partOfText, textOfPart } from "../model/text/copied_text.js";
import { kindOfText, linkIn } from "../model/text/pasted_text.js";
import { clipboardText, copyByEvent, textOf } from "../parts/clipboard.js";
import { around } from "../parts/dom.js";
import { READ_TEXT, isFromField } from "../parts/keys.js";
import { say } from "../parts/messages.js";

const LONGEST_FORMULA = 100_000;

export class Clipboard {
  /** What was copied or pasted last. */
  #last = "";

  /**
   * @param {import("../model/page_model.js").PageModel} model
   * @param {import("./edits.js").Edits} edits
   * @param {object} page
   * @param {HTMLElement} page.root
   * @param {boolean} page.ownsPage whether what is copied anywhere on the page is meant
   * @param {(text: string) => void} page.offerFormula
   * @param {{get: () => string, set: (text: string) => void}} page.remembered what was copied last in any tab
   */
  constructor(model, edits, { root, ownsPage, offerFormula, remembered }) {
    this.model = model;
    this.edits = edits;
    this.root = root;
    this.ownsPage = ownsPage;
    this.offerFormula = offerFormula;
    this.remembered = remembered;
    document.addEventListener("copy", (event) => this.#copy(event));
    document.addEventListener("cut", (event) => {
      if (this.#copy(event)) edits.deleteSelected(undefined);
    });
    document.addEventListener("paste", (event) => this.#paste(event));
    // Where nothing is marked, some browsers ask first whether there is something to copy or to paste into.
    for (const asked of ["beforecopy", "beforecut", "beforepaste"]) {
      document.addEventListener(asked, (event) => {
        if (this.#isMeant(event)) event.preventDefault();
      });
    }
  }

  /** Put what is selected on the clipboard, as a button asks. */
  copy() {
    copyByEvent();
    return true;
  }

  /** Paste what is on the clipboard, as a button asks; where the browser hides it, what was copied last in any tab. */
  async pasteFromButton() {
    const text = (await clipboardText()) ?? (this.#last || this.remembered.get());
    this.pasteText(text);
  }

  duplicate() {
    const part = this.#taken();
    if (part) this.#put(part, this.#shown().map((id) => ({ ...this.edits.stage.placeOf(id) })));
    return true;
  }

  /**
   * Take in a text that is pasted on the canvas.
   * @param {string} text
   */
  pasteText(text) {
    const { picture } = this.model;
    const limit = picture.settings.document.largestBytes;
    if (text.length > limit) {
      this.#tell(say("What was pasted is longer than {limit} characters, the limit for a graph.", { limit }));
      return;
    }
    switch (kindOfText(text)) {
      case "graph":
        this.#pasteGraph(text);
        break;
      case "link":
        this.model.command({ type: "open link", link: linkIn(text) });
        break;
      case "numbers":
        this.#pasteNumbers(text);
        break;
      case "formula":
        if (text.length <= LONGEST_FORMULA) this.offerFormula(text.trim());
        else this.#tell(say("What was pasted is longer than {limit} characters, the limit for a formula or a script.", { limit: LONGEST_FORMULA }));
        break;
      default:
        this.#tell(say("There is no text to paste: copy nodes first, cells of a spreadsheet, a formula or a script."));
    }
  }

  /** @param {string} text */
  #pasteGraph(text) {
    const { part, trouble } = partOfText(text, this.model.picture);
    if (part === null) {
      this.#tell(trouble);
      return;
    }
    this.#last = text;
    const inView = this.#inView(part);
    this.#put(inView, placesOf(inView));
  }

  /**
   * Numbers are the value of the Input that is selected.
   * @param {string} text
   */
  #pasteNumbers(text) {
    const { picture, selection } = this.model;
    const node = picture.nodes[selection.only];
    if (node?.op === INPUT) this.edits.send([{ type: "set value", node: node.id, value: text }]);
    else this.#tell(say("Select an input and paste again: it takes these numbers as its value."));
  }

  /**
   * A part that would be out of sight stands in the middle of the view instead.
   * @param {Part} part
   * @returns {Part}
   */
  #inView(part) {
    const { view } = this.edits.stage;
    if (part.nodes.some((node) => view.shows(node))) return part;
    const [xs, ys] = [part.nodes.map(({ x }) => x), part.nodes.map(({ y }) => y)];
    const dx = view.x - (Math.min(...xs) + Math.max(...xs)) / 2;
    const dy = view.y - (Math.min(...ys) + Math.max(...ys)) / 2;
    return { ...part, nodes: part.nodes.map((node) => ({ ...node, x: node.x + dx, y: node.y + dy })) };
  }

  /** What is selected, as it is shown. */
  #shown() {
    const { picture, selection } = this.model;
    return selection.frame !== null ? shownIn(picture, selection.frame) : picture.order.filter((id) => selection.nodes.has(id));
  }

  #taken() {
    const { picture, selection } = this.model;
    return takePart(picture, selection.frame !== null ? [selection.frame] : this.#shown());
  }

  /**
   * Put a part in on free ground, as near as can be to where it stood.
   * @param {Part} part
   * @param {readonly Placed[]} places where it stood, as it was shown
   */
  #put(part, places) {
    const { picture, reserved } = this.model;
    const { stage } = this.edits;
    const taken = picture.order.map((id) => stage.placeOf(id));
    const shift = freeShift(places, taken, picture.settings.node);
    const { events, ids } = pastePart(part, { picture, reserved, shift });
    this.edits.send(events);
    this.model.selection.select(ids.filter((id) => id in this.model.picture.nodes));
    stage.bringIntoSight(places.map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y })));
  }

  /** @param {string} text */
  #tell(text) {
    this.edits.stage.tellAt(null, text);
  }

  // The browser's own events ----------------------------------------------------------------------------------

  /**
   * Whether the graph is meant, and no text that somebody reads or writes.
   * @param {Event} event
   */
  #isMeant(event) {
    if (!this.root.isConnected || event.defaultPrevented || isFromField(event) || around(event, READ_TEXT)) return false;
    if (!this.ownsPage && !event.composedPath().includes(this.root)) return false;
    return String(document.getSelection()) === "" && this.root.querySelector("dialog[open]") === null;
  }

  /**
   * Answers whether something was put on the clipboard.
   * @param {ClipboardEvent} event
   */
  #copy(event) {
    const part = this.#isMeant(event) ? this.#taken() : null;
    if (part === null || event.clipboardData === null) return false;
    const text = textOfPart(part, this.model.picture);
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    this.#last = text;
    this.remembered.set(text);
    return true;
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    if (!this.#isMeant(event) || event.clipboardData === null) return;
    event.preventDefault();
    this.pasteText(textOf(event.clipboardData));
  }
}

/**
 * Where a part stands that is not drawn here: its nodes, and closed blocks in the middle of theirs.
 * @param {Part} part
 * @returns {Placed[]}
 */
function placesOf({ nodes, blocks }) {
  const closed = blocks.filter(({ open }) => !open);
  const hidden = new Set(closed.flatMap((block) => block.nodes));
  const middles = closed.map((block) => {
    const members = nodes.filter(({ id }) => block.nodes.includes(id));
    /** @param {"x" | "y"} axis */
    const mean = (axis) => members.reduce((sum, node) => sum + node[axis], 0) / Math.max(members.length, 1);
    return { x: mean("x"), y: mean("y") };
  });
  return [...nodes.filter(({ id }) => !hidden.has(id)).map(({ x, y }) => ({ x, y })), ...middles];
}
