/**
 * The graph as a table, a row a node in evaluation order: for eyes and ears that cannot use the picture.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 */

import { around, element, setAttribute, setText } from "../parts/dom.js";
import { mark, say } from "../parts/messages.js";
import { EMPTY_PICTURE, inputNames } from "../model/graph/picture.js";
import { opText } from "../model/graph/spoken.js";
import { toldAnew } from "../model/graph/told_anew.js";

const COLUMNS = /** @type {const} */ ([
  ["name", mark("name")], ["op", mark("op")], ["inputs", mark("inputs")], ["data", mark("data")], ["grad", mark("grad")],
]);

export class NodeTable {
  /** @type {Map<string, HTMLTableRowElement>} */
  #rows = new Map();
  /** @type {Picture} */
  #shown = EMPTY_PICTURE;

  /** @param {(id: string, column: string) => void} select told of the row and the column */
  constructor(select) {
    this.body = element("tbody");
    const head = element("tr", {}, COLUMNS.map(([, title]) => element("th", { scope: "col", text: say(title) })));
    const label = say("Table of the graph");
    const table = element("table", { "data-testid": "graph-table", "aria-label": label }, [
      element("thead", {}, [head]), this.body,
    ]);
    this.box = element("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": label }, [table]);
    /** Where it stands out of sight, for who has it read aloud. */
    this.home = element("div", { class: "spoken" }, [this.box]);
    this.body.addEventListener("click", (event) => {
      const id = around(event, "tr")?.dataset.id;
      if (id !== undefined) select(id, around(event, "[data-column]")?.dataset.column ?? "");
    });
  }

  /**
   * @param {Picture} picture
   * @param {ReadonlySet<string>} selection
   */
  show(picture, selection) {
    for (const [id, row] of this.#rows) {
      if (id in picture.nodes) continue;
      row.remove();
      this.#rows.delete(id);
    }
    const anew = new Set(toldAnew(this.#shown, picture).ids);
    this.#shown = picture;
    picture.order.forEach((id, index) => {
      const held = this.#rows.get(id);
      const row = held ?? buildRow(id);
      this.#rows.set(id, row);
      if (this.body.children[index] !== row) this.body.insertBefore(row, this.body.children[index] ?? null);
      if (held === undefined || anew.has(id)) fillRow(row, picture, id);
    });
    this.mark(selection);
  }

  /** @param {ReadonlySet<string>} selection */
  mark(selection) {
    for (const [id, row] of this.#rows) row.classList.toggle("selected", selection.has(id));
  }
}

/** @param {string} id */
function buildRow(id) {
  return element("tr", { "data-id": id }, COLUMNS.map(([name]) => element(name === "name" ? "th" : "td", {
    "data-column": name, scope: name === "name" ? "row" : undefined,
  })));
}

/**
 * @param {HTMLTableRowElement} row
 * @param {Picture} picture
 * @param {string} id
 */
function fillRow(row, picture, id) {
  const node = picture.nodes[id];
  const wrong = picture.faults?.[id];
  const grad = wrong ? say("{grad} ✗ ({right} is right)", { grad: node.grad, right: wrong.right }) : node.grad;
  const inputs = inputNames(picture, id).join(", ");
  const texts = { name: node.name, op: opText(node), inputs, data: node.data, grad };
  const values = { ...texts, data: node.fullData, grad: node.fullGrad };
  COLUMNS.forEach(([name], index) => {
    const cell = row.children[index];
    setText(cell, texts[name]);
    setAttribute(cell, "data-value", values[name]);
  });
  setAttribute(row, "data-row", node.name);
  row.classList.toggle("wrong", wrong !== undefined);
  setAttribute(row, "title", wrong?.why ?? node.message ?? "");
}
