/**
 * The numbers of one node in readable size, while the graph is so small that nodes show their names alone: of the node
 * under the pointer, or else of the one that is selected. Where it stays, its numbers can be tapped.
 *
 * @typedef {import("../model/types.js").Picture} Picture
 * @typedef {import("../model/types.js").Bounds} Bounds
 * @typedef {"data" | "grad"} Part
 */

import { around, element } from "../parts/dom.js";
import { say } from "../parts/messages.js";
import { opText } from "../model/spoken.js";
import { clamp } from "./geometry.js";

const GAP_PX = 8;

export class Readout {
  /** @type {string | null} */
  #hovered = null;
  #selected = "";
  #isNeeded = false;
  #written = "";
  /** @type {Picture | undefined} */
  #picture;

  /**
   * @param {HTMLElement} stage
   * @param {object} acts
   * @param {(id: string) => Bounds | null} acts.boundsOf where a node is drawn on the stage
   * @param {(id: string, part: Part) => void} acts.press a number of it is tapped
   */
  constructor(stage, { boundsOf, press }) {
    this.stage = stage;
    this.boundsOf = boundsOf;
    this.box = element("div", { class: "readout", role: "status", "data-testid": "readout", hidden: true });
    stage.append(this.box);
    stage.addEventListener("pointerover", (event) => {
      if (event.pointerType === "touch" || around(event, ".readout")) return;
      this.#hover(around(event, ".node")?.dataset.id ?? null);
    });
    stage.addEventListener("pointerleave", () => this.#hover(null));
    this.box.addEventListener("click", (event) => {
      const pressed = around(event, "button")?.dataset.part;
      if (pressed && this.#shownId) press(this.#shownId, pressed === "data" ? "data" : "grad");
    });
  }

  /** @param {string | null} id */
  #hover(id) {
    if (id === this.#hovered) return;
    this.#hovered = id;
    this.place();
  }

  get #shownId() {
    return this.#hovered ?? this.#selected;
  }

  /**
   * @param {Picture} picture
   * @param {string} selected the id of what is selected alone, or ""
   */
  show(picture, selected) {
    this.#picture = picture;
    this.#selected = selected;
    this.place();
  }

  /** @param {boolean} isNeeded whether nodes show no numbers themselves */
  turn(isNeeded) {
    this.#isNeeded = isNeeded;
    this.place();
  }

  /** Stand at the node whose numbers are read. */
  place() {
    const id = this.#shownId;
    const node = id ? this.#picture?.nodes[id] : undefined;
    const bounds = node && this.#isNeeded ? this.boundsOf(id) : null;
    this.box.hidden = !node || !bounds;
    if (!node || !bounds) return;
    const written = [id, node.name, node.data, node.grad, node.message ?? "", opText(node)].join("\n");
    if (written !== this.#written) {
      this.#written = written;
      this.box.replaceChildren(
        element("b", { text: node.name }), ` ${opText(node)} `,
        element("button", { type: "button", class: "data", "data-part": "data", text: say("data {number}", { number: node.data }) }),
        element("button", { type: "button", class: "grad", "data-part": "grad", text: say("grad {number}", { number: node.grad }) }),
        ...(node.message ? [element("div", { text: node.message })] : []),
      );
    }
    const { offsetWidth: width, offsetHeight: height } = this.box;
    const left = clamp((bounds.left + bounds.right - width) / 2, 0, Math.max(this.stage.clientWidth - width, 0));
    const above = bounds.top - height - GAP_PX;
    const top = above >= 0 ? above : Math.min(bounds.bottom + GAP_PX, this.stage.clientHeight - height);
    this.box.style.transform = `translate(${left}px, ${top}px)`;
  }
}
