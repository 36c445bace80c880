/**
 * How a number came about that somebody has tapped: what of what it is, and upstream × local in names and in numbers.
 *
 * It stands below the graph, where it covers no other number.
 *
 * @typedef {import("../../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../../model/types/panel_types.js").Derivation} Derivation
 * @typedef {import("../../model/types/panel_types.js").DerivationFacts} DerivationFacts
 */

import { button, element, setText } from "../../parts/dom.js";
import { formula } from "../../parts/math.js";
import { say } from "../../parts/messages.js";

export class DerivationStrip {
  /** @type {DerivationFacts | undefined} */
  #shown;

  /**
   * @param {import("../../model/page_model.js").PageModel} model
   */
  constructor(model) {
    this.model = model;
    const close = button({ text: "×", title: say("Close (Escape)"), "data-control": "close-derivation" }, () => this.close());
    this.told = element("div", { class: "derivation-told", "aria-live": "polite" });
    this.box = element("section", {
      class: "derivation", tabindex: "0", "aria-label": say("How a number came about"), "data-testid": "derivation",
      hidden: true,
    }, [this.told, close]);
  }

  /**
   * Tell how a number of a node came about.
   * @param {string} id
   * @param {"data" | "grad"} number
   */
  open(id, number) {
    this.model.selection.select([id]);
    this.model.lookAt({ number });
    this.model.show();
    return true;
  }

  /**
   * Go on to the next: how grad came about, then data, then nothing. Answers whether there is such a node.
   * @param {string} id
   */
  turn(id) {
    if (!(id in this.model.picture.nodes)) return false;
    const { number } = this.model.look;
    return number === "data" ? this.close() : this.open(id, number === "grad" ? "data" : "grad");
  }

  /** Answers whether it was open. */
  close() {
    if (this.model.look.number === "") return false;
    this.model.lookAt({ number: "" });
    this.model.show();
    return true;
  }

  /** Something else is selected: what was tapped is not. */
  mark() {
    const { derivation } = this.model.picture;
    if (derivation && derivation.id !== this.model.selection.only && this.#shown === derivation) this.close();
  }

  /** @param {Picture} picture */
  show(picture) {
    const { look, selection } = this.model;
    const facts = picture.derivation;
    const isOpen = facts !== undefined && look.number === facts.number && selection.only === facts.id;
    this.box.hidden = !isOpen;
    if (!isOpen) this.#shown = undefined;
    if (!isOpen) return;
    const node = picture.nodes[facts.id];
    // While somebody steps, or predicts, a node may not show its number yet: then nothing of it is given away.
    const isSeen = node === undefined || node[facts.number] === facts.shown;
    this.box.dataset.number = facts.number;
    this.box.toggleAttribute("data-waits", !isSeen);
    if (!isSeen) {
      this.#shown = undefined;
      setText(this.told, say("{name} does not show this number yet.", { name: node.name }));
      return;
    }
    if (facts === this.#shown) return;
    this.#shown = facts;
    this.told.replaceChildren(...facts.parts.flatMap(partsOf));
  }
}

/** @param {Derivation} derivation */
function partsOf({ sentences, equations }) {
  const written = equations.map(({ lines, spoken }) => element("div", { class: "derived" }, lines.map((line, index) => {
    const made = formula(line, spoken);
    if (index > 0) made.setAttribute("aria-hidden", "true"); // the first line says it all
    return made;
  })));
  return [
    element("p", { class: "derivation-text", text: sentences.join(" ") }),
    ...(written.length ? [element("div", { class: "formulas" }, written)] : []),
  ];
}
