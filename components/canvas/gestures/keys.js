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
 * @property {(name: "local" | "bars") => boolean} toggle
 * @property {() => boolean} showShortcuts
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
import { shownIn } from "../model/block_model.js";

const STEP = 20;
const FINE_STEP = 2;
/** @type {Record<string, [dx: number, dy: number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const BEGINS_NUMBER = /^[0-9.\-−]$/;

export class Keys {
  /** What a key does anywhere on the canvas. @type {Record<string, () => boolean>} */
  #anywhere;
  /** What a key does together with Ctrl or Cmd. @type {Record<string, (shift: boolean) => boolean>} */
  #withControl;

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
      l: () => acts.toggle("local"),
      g: () => acts.toggle("bars"),
      "?": () => acts.showShortcuts(),
      "/": () => search.beginAt(stage.view.toStage(edits.freePlace())),
    };
    this.#withControl = {
      a: () => model.selection.select(model.picture.order),
      c: () => clipboard.copy(),
      v: () => clipboard.paste(),
      d: () => clipboard.duplicate(),
      g: (shift) => (shift ? blocks.ungroup() : blocks.make()),
      z: (shift) => this.#command(shift ? "redo" : "undo"),
      y: () => this.#command("redo"),
    };
    root.addEventListener("keydown", (event) => this.#press(event));
    document.addEventListener("keydown", (event) => this.#pressElsewhere(event));
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (around(event, "input, textarea, select")) return;
    if (!this.#isMeant(event)) return;
    event.preventDefault();
    // Streamlit listens for single letters on the document.
    event.stopPropagation();
  }

  /**
   * Steps are gone through wherever the focus is: a lesson has been opened, or a row of the table clicked.
   * @param {KeyboardEvent} event
   */
  #pressElsewhere(event) {
    const [target] = event.composedPath();
    const isHere = event.composedPath().includes(this.root) || !this.root.isConnected;
    const isField = target instanceof Element && target.closest("input, textarea, select, [role=slider]");
    if (isHere || isField) return;
    if (this.acts.pressStep(event)) event.preventDefault();
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
    if (around(event, ".palette, .table-box")) return false;
    const letter = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey) return this.#withControl[letter]?.(event.shiftKey) ?? false;
    if (event.altKey) return false;
    const frame = around(event, ".frame")?.dataset.block;
    if (frame !== undefined && this.#pressOnFrame(event, frame)) return true;
    const focused = around(event, ".node")?.dataset.id;
    if (event.key === "Delete" || event.key === "Backspace") return this.hands.edits.deleteSelected(focused);
    if (letter in this.#anywhere) return this.#anywhere[letter]();
    return focused === undefined ? false : this.#pressOnNode(event, focused);
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
    if (event.key.toLowerCase() === "c") return this.hands.wiring.beginWire(id);
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
