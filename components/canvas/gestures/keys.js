/**
 * The stage by keyboard alone.
 *
 * @typedef {import("../model/page_model.js").PageModel} PageModel
 * @typedef {import("../drawing/stage.js").Stage} Stage
 *
 * @typedef {object} KeyActs what keys do that no hand on the stage does
 * @property {() => boolean} putBack
 * @property {() => boolean} tidy
 * @property {() => boolean} toggleSteps
 * @property {() => boolean} toggleInspector
 * @property {(event: KeyboardEvent) => boolean} pressStep answers whether a key meant something to the steps
 * @property {(id: string) => boolean} explainNumber tells how a number of a node came about; answers false without one
 * @property {(name: "local" | "bars" | "widths") => boolean} toggle
 * @property {() => boolean} showShortcuts
 * @property {() => boolean} present
 * @property {() => boolean} usesLetters whether shortcuts of one letter are switched on
 * @property {boolean} ownsPage whether the page is the playground's own, and not somebody's notebook
 * @property {(id: string) => boolean} enter
 *
 * @typedef {object} KeyHands
 * @property {import("./edits.js").Edits} edits
 * @property {import("./clipboard.js").Clipboard} clipboard
 * @property {import("./blocks.js").Blocks} blocks
 * @property {import("./keyboard_wiring.js").KeyboardWiring} wiring
 * @property {import("./search.js").Search} search
 * @property {import("./value_editor.js").ValueEditor} editor
 */

import { around } from "../parts/dom.js";
import { READ_TEXT, belongsToComposition, isFromField, letterOf } from "../parts/keys.js";
import { shownIn } from "../model/graph/block_model.js";

const STEP = 20;
const FINE_STEP = 2;
/** @type {Record<string, [dx: number, dy: number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const BEGINS_NUMBER = /^[0-9.\-−]$/;
/** What a text keeps for itself, together with Ctrl: to select all of it. */
const OF_TEXT = ["a"];
/** Where no text stands that is pressed to be read. */
const NO_TEXT = ".stage, button, select, label, input";

export class Keys {
  /** What a key does anywhere on the canvas. @type {Record<string, () => boolean>} */
  #anywhere;
  /** What a key does together with Ctrl or Cmd. @type {Record<string, (shift: boolean) => boolean>} */
  #withControl;
  /** Whether the pointer was last pressed on a text. */
  #pressedText = false;

  /**
   * @param {HTMLElement} root
   * @param {PageModel} model
   * @param {Stage} stage
   * @param {KeyHands} hands
   * @param {KeyActs} acts
   */
  constructor(root, model, stage, hands, acts) {
    this.root = root;
    this.model = model;
    this.stage = stage;
    this.hands = hands;
    this.acts = acts;
    const { edits, clipboard, blocks, search } = hands;
    this.#anywhere = {
      f: () => stage.framing.fit(),
      t: () => acts.tidy(),
      s: () => acts.toggleSteps(),
      i: () => acts.toggleInspector(),
      e: () => acts.explainNumber(model.selection.only),
      p: () => acts.present(),
      l: () => acts.toggle("local"),
      g: () => acts.toggle("bars"),
      w: () => acts.toggle("widths"),
      "?": () => acts.showShortcuts(),
      "/": () => search.beginAt(stage.view.toStage(edits.freePlace())),
    };
    this.#withControl = {
      a: () => model.selection.select(model.picture.order),
      d: () => clipboard.duplicate(),
      g: (shift) => (shift ? blocks.ungroup() : blocks.make()),
      z: (shift) => this.#command(shift ? "redo" : "undo"),
      y: () => this.#command("redo"),
    };
    root.addEventListener("keydown", (event) => this.#press(event));
    document.addEventListener("pointerdown", (event) => {
      this.#pressedText = event.composedPath().includes(root) && !around(event, NO_TEXT);
    }, { capture: true });
    // On the way down: Streamlit's own shortcuts listen on the document.
    document.addEventListener("keydown", (event) => {
      if (!event.composedPath().includes(this.root)) this.#press(event);
    }, { capture: true });
  }

  /**
   * On a page of the playground's own, keys count wherever the focus is: a lesson was opened, Save was pressed.
   * @param {KeyboardEvent} event
   */
  #press(event) {
    const isInside = event.composedPath().includes(this.root);
    if (!this.root.isConnected || (!isInside && !this.acts.ownsPage)) return;
    if (event.defaultPrevented || isFromField(event) || belongsToComposition(event)) return;
    if (!isInside && this.#belongsToOther(event)) return;
    if (!this.#isMeant(event)) return;
    event.preventDefault();
    // Streamlit listens for single letters on the document.
    event.stopPropagation();
  }

  /**
   * A button, a link or a menu elsewhere on the page keeps the keys that press it and walk it.
   * @param {KeyboardEvent} event
   */
  #belongsToOther(event) {
    const [target] = event.composedPath();
    if (!(target instanceof Element) || target === document.body) return false;
    if (target.closest("[role=dialog], [role=menu], [role=listbox], [role=slider]")) return true;
    return ["Enter", " ", "Escape", "Tab"].includes(event.key);
  }

  /**
   * Do what a key means here; answers whether it meant something.
   * @param {KeyboardEvent} event
   */
  #isMeant(event) {
    const { wiring } = this.hands;
    if (event.key === "Escape") return this.acts.putBack();
    if (wiring.isActive) return wiring.press(event);
    if (this.acts.pressStep(event)) return true;
    if (around(event, ".dialog")) return false;
    const letter = letterOf(event);
    if (event.ctrlKey || event.metaKey) return this.#pressWithControl(event, letter);
    if (event.altKey) return false;
    if (this.#isOfText(event)) return this.#pressLetter(letter);
    const frame = around(event, ".frame")?.dataset.block;
    if (frame !== undefined && this.#pressOnFrame(event, frame)) return true;
    const focused = around(event, ".node")?.dataset.id;
    if (event.key === "Delete" || event.key === "Backspace") return this.hands.edits.deleteSelected(focused);
    if (this.#pressLetter(letter)) return true;
    return focused === undefined ? false : this.#pressOnNode(event, focused);
  }

  /**
   * Whether a key belongs to a text: the focus is in one, or a text was pressed last that takes no focus.
   * @param {KeyboardEvent} event
   */
  #isOfText(event) {
    return around(event, READ_TEXT) !== null || (this.#pressedText && !event.composedPath().includes(this.root));
  }

  /**
   * A shortcut of one key, unless somebody has switched those off.
   * @param {string} letter
   */
  #pressLetter(letter) {
    return letter in this.#anywhere && this.acts.usesLetters() ? this.#anywhere[letter]() : false;
  }

  /**
   * @param {KeyboardEvent} event
   * @param {string} letter
   */
  #pressWithControl(event, letter) {
    // Selecting belongs to a text that somebody reads, and to what is marked in it, until the stage is pressed. Copying and
    // pasting are the browser's: see `Clipboard`.
    const isMarked = String(document.getSelection()) !== "" && around(event, ".stage") === null;
    if (OF_TEXT.includes(letter) && (isMarked || this.#isOfText(event))) return false;
    return this.#withControl[letter]?.(event.shiftKey) ?? false;
  }

  /**
   * @param {KeyboardEvent} event
   * @param {string} id
   */
  #pressOnFrame(event, id) {
    if (this.hands.blocks.press(event, id)) return true;
    return event.key in ARROWS && this.#nudge(event, shownIn(this.model.picture, id));
  }

  /**
   * @param {KeyboardEvent} event
   * @param {string} id
   */
  #pressOnNode(event, id) {
    const { selection } = this.model;
    if (event.key in ARROWS) {
      if (!selection.nodes.has(id)) selection.select([id]);
      return this.#nudge(event, [...selection.nodes]);
    }
    if (event.key === " ") return selection.select([id]);
    if (event.key === "Enter") return selection.select([id]) && this.acts.enter(id);
    if (letterOf(event) === "c") return this.hands.wiring.beginWire(id);
    return BEGINS_NUMBER.test(event.key) && this.hands.editor.begin(id, event.key);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {readonly string[]} ids
   */
  #nudge(event, ids) {
    const step = event.shiftKey ? FINE_STEP : STEP;
    const [dx, dy] = ARROWS[event.key];
    this.hands.edits.nudge(ids, dx * step, dy * step);
    return true;
  }

  /** @param {"undo" | "redo"} type */
  #command(type) {
    this.model.command({ type });
    return true;
  }
}
