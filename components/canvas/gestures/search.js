/**
 * Search for an op by name, alias or symbol, at the place where the node shall stand.
 *
 * @typedef {import("../model/types/picture_types.js").Point} Point
 * @typedef {import("../model/types/picture_types.js").CatalogueEntry} CatalogueEntry
 * @typedef {import("../model/graph/wires.js").LooseWire} LooseWire
 */

import { around, element } from "../parts/dom.js";
import { belongsToComposition } from "../parts/keys.js";
import { onLeave } from "../parts/leaving.js";
import { say } from "../parts/messages.js";
import { searchOps } from "../model/graph/search.js";

const CORNER = { x: 8, y: 8 };
const SHOWN = 8;
const WIDTH_PX = 220;
const HEIGHT_PX = 300;

export class Search {
  /** @type {OpenSearch | null} */
  #open = null;

  /**
   * @param {import("../model/page_model.js").PageModel} model
   * @param {import("../drawing/stage.js").Stage} stage
   * @param {import("./edits.js").Edits} edits
   */
  constructor(model, stage, edits) {
    this.model = model;
    this.stage = stage;
    this.edits = edits;
  }

  /**
   * Search for an op at a place of the stage; with a wire in hand, for one that fits, and wire it.
   * @param {Point} point
   * @param {LooseWire} [wire]
   * @param {(op: string, place: Point) => void} [add] adds what is picked without a wire
   */
  beginAt(point, wire, add = (op, place) => this.edits.addNode(op, place)) {
    this.#open?.close();
    const { view } = this.stage;
    const place = view.toGraph(point);
    /** @param {CatalogueEntry} entry */
    const fits = (entry) => !wire || wire.side === "in" || entry.ports.length > 0;
    this.#open = new OpenSearch({
      find: (text) => searchOps(this.model.picture, text, fits).slice(0, SHOWN),
      pick: (op) => (wire ? this.edits.addAtWire(op, place, wire) : add(op, place)),
      leave: () => this.stage.focus(),
    });
    const { box, field } = this.#open;
    box.style.left = `${Math.min(point.x, Math.max(view.width - WIDTH_PX, 0))}px`;
    box.style.top = `${Math.min(point.y, Math.max(view.height - HEIGHT_PX, 0))}px`;
    this.stage.element.append(box);
    field.focus({ preventScroll: true });
    return true;
  }

  /** The same below the palette's own field of search; the op is put where one is that is pressed there. */
  beginAtCorner() {
    return this.beginAt(CORNER, undefined, (op) => this.edits.addInView(op));
  }
}

/** A field with the list of what was found. */
class OpenSearch {
  #at = 0;
  #isClosed = false;

  /**
   * @param {object} acts
   * @param {(text: string) => CatalogueEntry[]} acts.find
   * @param {(op: string) => void} acts.pick
   * @param {() => void} acts.leave gets the focus when nothing is picked
   */
  constructor({ find, pick, leave }) {
    this.find = find;
    this.pick = pick;
    this.leave = leave;
    this.field = element("input", {
      type: "text", role: "combobox", "aria-label": say("Search for an op"), "aria-expanded": "true",
      "aria-controls": "found-ops", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false",
      placeholder: say("Search: square, +, log …"),
    });
    this.list = element("ul", { id: "found-ops", role: "listbox", "aria-label": say("Ops") });
    this.box = element("div", { class: "search", "data-testid": "search" }, [this.field, this.list]);
    this.field.addEventListener("input", () => this.#show());
    this.field.addEventListener("keydown", (event) => this.#press(event));
    onLeave(this.field, () => this.close());
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // keep the field's focus, or its blur would close the list under the finger
      this.#choose(around(event, "[role=option]")?.dataset.found);
    });
    this.#show();
  }

  #show() {
    this.#at = 0;
    const options = this.find(this.field.value).map(({ op, symbol, description }, index) => element("li", {
      role: "option", id: `found-${index}`, "data-found": op, title: description,
    }, [element("span", { class: "symbol", "aria-hidden": "true", text: symbol }), op]));
    const none = element("li", { role: "option", "aria-disabled": "true", text: say("No op is called that.") });
    this.list.replaceChildren(...(options.length ? options : [none]));
    this.#mark();
  }

  #mark() {
    [...this.list.children].forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === this.#at));
    });
    this.field.setAttribute("aria-activedescendant", `found-${this.#at}`);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    event.stopPropagation();
    if (belongsToComposition(event)) return;
    const { length } = this.list.children;
    if (event.key === "Escape") {
      this.close();
      this.leave();
    } else if (event.key === "Enter") {
      const option = this.list.children[this.#at];
      this.#choose(option instanceof HTMLElement ? option.dataset.found : undefined);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.#at = (this.#at + (event.key === "ArrowDown" ? 1 : -1) + length) % length;
      this.#mark();
    }
  }

  /** @param {string | undefined} op */
  #choose(op) {
    if (op === undefined) return;
    this.close();
    this.pick(op);
  }

  close() {
    // Taking a focused field away makes it blur, which would close it once more.
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.box.remove();
  }
}
