/** The panel of paths: each path from the selected Variable to the output with its product, and their sum. */

import { element } from "../parts/dom.js";

export class PathsPanel {
  /** @param {import("../canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.title = "Paths";
    this.box = element("div", { class: "paths-panel", "data-testid": "paths" });
  }

  show(picture) {
    if (picture.paths === this.shown) return;
    this.shown = picture.paths;
    this.canvas.drawing.highlightPath([]);
    if (!picture.paths) return;
    const { variables, costs, output } = picture.paths;
    const parts = variables?.map((variable) => this.variable(variable, output))
      ?? [element("p", { text: "Select a Variable to see every path from it to the output." })];
    this.box.replaceChildren(...parts, this.costs(costs));
  }

  variable({ name, count, complete, total, grad, agrees, rows }, output) {
    const made = rows.map((row) => {
      const path = element("button", { type: "button", class: "path", title: "Show this path" }, [
        element("span", { text: row.names }),
        element("span", { class: "product", text: row.factors ? `${row.factors} = ${row.product}` : row.product,
          "data-value": row.product }),
      ]);
      for (const kind of ["click", "pointerenter", "focus"]) {
        path.addEventListener(kind, () => this.canvas.drawing.highlightPath(row.edges));
      }
      path.addEventListener("pointerleave", () => this.canvas.drawing.highlightPath([]));
      path.addEventListener("blur", () => this.canvas.drawing.highlightPath([]));
      return path;
    });
    const many = complete ? "" : rows.length
      ? ` These are the ${rows.length} largest.` : " Too many to list, and arrays have no one size to choose by.";
    const sum = rows.map((row) => row.product).join(" + ").replaceAll("+ −", "− ");
    const told = count === "0"
      ? `No path leads from ${name} to ${output || "an output"}: its grad is None.`
      : `${count} ${count === "1" ? "path leads" : "paths lead"} from ${name} to ${output}.${many}`;
    const parts = [element("h2", { text: `Paths from ${name}` }), element("p", { text: told, "data-testid": "path-count" }), ...made];
    if (complete && rows.length) {
      const written = `Sum: ${rows.length > 1 && rows.length <= 6 ? `${sum} = ` : ""}${total}`;
      parts.push(element("p", { class: "total", "data-testid": "path-total", "data-value": total },
        agrees ? [`${written} = `, element("b", { text: `${name}.grad` })] : [written]));
      if (!agrees) parts.push(element("p", { class: "differs", "data-testid": "path-differs", text: differs(name, grad) }));
    }
    return element("div", {}, parts);
  }

  costs({ paths, forward, reverse }) {
    const row = (name, what, count) => element("tr", {}, [
      element("th", { scope: "row", text: name }), element("td", { text: what }),
      element("td", { class: "number", text: count, "data-cost": name }),
    ]);
    return element("div", {}, [
      element("h2", { text: "What it costs" }),
      element("p", { text: "Multiplications for the derivatives by every input:" }),
      element("table", { class: "costs" }, [element("tbody", {}, [
        row("Paths", "every path by itself", paths),
        row("Forward mode", "one sweep for each input", forward),
        row("Reverse mode", "one sweep for all: backprop", reverse),
      ])]),
    ]);
  }
}

function differs(name, grad) {
  return grad === "—" ? `${name}.grad is None: Backward has not brought it yet.` : `✗ But ${name}.grad is ${grad}.`;
}
