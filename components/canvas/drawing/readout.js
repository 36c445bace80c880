/**
 * The numbers of a node in readable size, while the graph is so small that nodes show their names alone: of the one that
 * is selected, where they can be tapped, and of the one under the pointer. Of a node that has no room for all of its
 * sentence, the sentence.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../model/types/picture_types.js").Bounds} Bounds
 * @typedef {import("../model/types/graph_types.js").PictureNode} PictureNode
 * @typedef {"data" | "grad"} Part
 */

import { around, button, element } from "../parts/dom.js";
import { say } from "../parts/messages.js";
import { opText } from "../model/graph/spoken.js";
import { clearPlace } from "./clear_place.js";

export class Readout {
  #isNeeded = false;
  /** @type {Picture | undefined} */
  #picture;

  /**
   * @param {HTMLElement} stage
   * @param {object} acts
   * @param {(id: string) => Bounds | null} acts.boundsOf where a node is drawn on the stage
   * @param {(id: string, part: Part) => void} acts.press a number of the selected node is tapped
   */
  constructor(stage, { boundsOf, press }) {
    this.stage = stage;
    this.boundsOf = boundsOf;
    this.press = press;
    this.selected = { id: "", written: "", box: element("div", { class: "readout", "data-testid": "readout", hidden: true }) };
    this.pointed = { id: "", written: "", box: element("div", { class: "readout pointed", "data-testid": "pointed", hidden: true }) };
    stage.append(this.selected.box, this.pointed.box);
    // What has just been shown may have no size yet, and gets another one with its face.
    const sizes = new ResizeObserver(() => this.place());
    for (const { box } of [this.selected, this.pointed]) sizes.observe(box);
    stage.addEventListener("pointerover", (event) => {
      if (event.pointerType !== "touch") this.#point(around(event, ".node")?.dataset.id ?? "");
    });
    stage.addEventListener("pointerleave", () => this.#point(""));
  }

  /** @param {string} id */
  #point(id) {
    if (id === this.pointed.id) return;
    this.pointed.id = id;
    this.place();
  }

  /**
   * @param {Picture} picture
   * @param {string} selected the id of what is selected alone, or ""
   */
  show(picture, selected) {
    this.#picture = picture;
    this.selected.id = selected;
    this.place();
  }

  /** @param {boolean} isNeeded whether nodes show no numbers themselves */
  turn(isNeeded) {
    this.#isNeeded = isNeeded;
    this.place();
  }

  /** Stand at the nodes whose numbers are read. */
  place() {
    this.#place(this.selected);
    this.#place(this.pointed, this.pointed.id === this.selected.id);
  }

  /**
   * @param {{id: string, written: string, box: HTMLElement}} readout
   * @param {boolean} [isTold] whether the other says it already
   */
  #place(readout, isTold = false) {
    const { id, box } = readout;
    const node = this.#picture?.nodes[id];
    const bounds = node && (this.#isNeeded || isCut(node)) && !isTold ? this.boundsOf(id) : null;
    box.hidden = !bounds;
    if (!node || !bounds) return;
    const written = [this.#isNeeded, id, node.name, node.data, node.grad, node.message ?? "", opText(node)].join("\n");
    if (written !== readout.written) box.replaceChildren(...this.#write(node));
    readout.written = written;
    const { offsetWidth: width, offsetHeight: height } = box;
    const others = (this.#picture?.order ?? []).flatMap((each) => (each === id ? [] : this.boundsOf(each) ?? []));
    const size = { width, height };
    const { left, top } = clearPlace(bounds, size, { width: this.stage.clientWidth, height: this.stage.clientHeight }, others);
    box.style.transform = `translate(${left}px, ${top}px)`;
  }

  /** @param {PictureNode} node */
  #write(node) {
    if (!this.#isNeeded) return [element("div", { class: "sentence", text: node.message })];
    /** @param {Part} part @param {string} text */
    const number = (part, text) => button({ class: part, text }, () => this.press(node.id, part));
    return [
      element("b", { text: node.name }), ` ${opText(node)} `,
      number("data", say("data {number}", { number: node.data })), number("grad", say("grad {number}", { number: node.grad })),
      ...(node.message ? [element("div", { text: node.message })] : []),
    ];
  }
}

/**
 * Whether a node's sentence is cut off on its face.
 * @param {PictureNode} node
 */
function isCut({ message, label }) {
  return message !== undefined && label.endsWith("…</i></b>");
}
