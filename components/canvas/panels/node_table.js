/** The graph as a table, a row a node in evaluation order: for eyes and ears that cannot use the picture. */

import { element, setAttribute, setText } from "../parts/dom.js";
import { inputNames, opText } from "../model/picture.js";

const COLUMNS = ["name", "op", "inputs", "data", "grad"];

export class Table {
  /** @param {HTMLElement} parent @param {(id: string) => void} select */
  constructor(parent, select) {
    this.body = element("tbody");
    const head = element("tr", {}, COLUMNS.map((name) => element("th", { scope: "col", text: name })));
    const table = element("table", { "data-testid": "graph-table", "aria-label": "Table of the graph" }, [
      element("thead", {}, [head]), this.body,
    ]);
    const attributes = { class: "drawer", tabindex: "0", role: "region", "aria-label": "Table of the graph" };
    parent.append(element("div", attributes, [table]));
    this.rows = new Map();
    this.body.addEventListener("click", (event) => {
      const row = event.target.closest("tr");
      if (row) select(row.dataset.id);
    });
  }

  show(picture, selection) {
    for (const [id, row] of this.rows) {
      if (id in picture.nodes) continue;
      row.remove();
      this.rows.delete(id);
    }
    picture.order.forEach((id, index) => {
      let row = this.rows.get(id);
      if (row === undefined) {
        const cells = COLUMNS.map((name) => element(name === "name" ? "th" : "td", {
          "data-column": name, scope: name === "name" ? "row" : undefined,
        }));
        row = element("tr", { "data-id": id }, cells);
        this.rows.set(id, row);
      }
      if (this.body.children[index] !== row) this.body.insertBefore(row, this.body.children[index] ?? null);
      this.fill(row, picture, id);
    });
    this.mark(selection);
  }

  fill(row, picture, id) {
    const node = picture.nodes[id];
    const inputs = inputNames(picture, id).join(", ");
    const wrong = picture.faults?.[id];
    const grad = wrong ? `${node.grad} ✗ (${wrong.right} is right)` : node.grad;
    const texts = { name: node.name, op: opText(node), inputs, data: node.data, grad };
    const values = { ...texts, data: node.fullData, grad: node.fullGrad };
    for (const cell of row.children) {
      const column = cell.dataset.column;
      setText(cell, texts[column]);
      setAttribute(cell, "data-value", values[column]);
    }
    setAttribute(row, "data-row", node.name);
    row.classList.toggle("wrong", wrong !== undefined);
    setAttribute(row, "title", wrong?.why ?? node.message ?? "");
  }

  mark(selection) {
    for (const [id, row] of this.rows) row.classList.toggle("selected", selection.has(id));
  }
}
