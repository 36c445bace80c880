/**
 * The panel of paths: each path from the selected Variable to the output with its product, and their sum.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../model/types/panel_types.js").PathsFacts} PathsFacts
 * @typedef {import("../model/types/panel_types.js").PathRow} PathRow
 * @typedef {import("../model/types/panel_types.js").VariablePaths} VariablePaths
 */

import { element } from "../parts/dom.js";
import { say, sayCount } from "../parts/messages.js";
import { NONE } from "../model/graph/picture.js";

export class PathsPanel {
  /** @type {PathsFacts | undefined} */
  #paths;

  /** @param {Pick<import("./panel.js").PanelTools, "stage">} tools */
  constructor({ stage }) {
    this.drawing = stage.drawing;
    this.box = element("div", { class: "paths-panel", "data-testid": "paths" });
  }

  /** @param {Picture} picture */
  show({ paths }) {
    if (paths === this.#paths) return;
    this.#paths = paths;
    this.drawing.highlightPath([]);
    if (!paths) return;
    const { variables, costs, output } = paths;
    const parts = variables?.map((variable) => this.#variable(variable, output))
      ?? [element("p", { text: say("Select a Variable to see every path from it to the output.") })];
    this.box.replaceChildren(...parts, costsOf(costs));
  }

  /**
   * @param {VariablePaths} variable
   * @param {string} output
   */
  #variable(variable, output) {
    const { name, complete, total, sum, sign, grad, agrees, rows } = variable;
    const parts = [
      element("h2", { text: say("Paths from {name}", { name }) }),
      element("p", { text: toldCount(variable, output), "data-testid": "path-count" }),
      ...rows.map((row) => this.#row(row)),
    ];
    if (complete && rows.length) {
      const written = say("Sum: {sum}", { sum });
      parts.push(element("p", { class: "total", "data-testid": "path-total", "data-value": total },
        agrees ? [`${written} ${sign} `, element("b", { text: `${name}.grad` })] : [written]));
      if (!agrees) {
        const text = toldDifference(name, grad);
        parts.push(element("p", { class: "differs", "data-testid": "path-differs", text }));
      }
    }
    return element("div", {}, parts);
  }

  /** @param {PathRow} row */
  #row({ names, factors, sign, product, edges }) {
    const made = element("button", { type: "button", class: "path", title: say("Show this path") }, [
      element("span", { text: names }),
      element("span", { class: "product", text: factors ? `${factors} ${sign} ${product}` : product, "data-value": product }),
    ]);
    for (const kind of ["click", "pointerenter", "focus"]) {
      made.addEventListener(kind, () => this.drawing.highlightPath(edges));
    }
    for (const kind of ["pointerleave", "blur"]) made.addEventListener(kind, () => this.drawing.highlightPath([]));
    return made;
  }
}

/**
 * How many paths there are, and which of them are listed.
 * @param {VariablePaths} variable
 * @param {string} output
 */
function toldCount({ name, count, complete, rows }, output) {
  if (count === "0") {
    return output ? say("No path leads from {name} to {output}: its grad is None.", { name, output })
      : say("No path leads from {name} to an output: its grad is None.", { name });
  }
  // Python has written the number, which may be a very large one; the form hangs on whether it is one.
  const told = sayCount(
    "{number} path leads from {name} to {output}.", "{number} paths lead from {name} to {output}.",
    count === "1" ? 1 : 2, { number: count, name, output },
  );
  if (complete) return told;
  const listed = rows.length === 0 ? say("Too many to list, and arrays have no one size to choose by.")
    : sayCount("This is the {count} largest.", "These are the {count} largest.", rows.length);
  return `${told} ${listed}`;
}

/**
 * @param {string} name
 * @param {string} grad
 */
function toldDifference(name, grad) {
  return grad === NONE ? say("{name}.grad is None: Backward has not brought it yet.", { name })
    : say("✗ But {name}.grad is {grad}.", { name, grad });
}

/** @param {PathsFacts["costs"]} costs */
function costsOf({ paths, forward, reverse }) {
  /**
   * @param {string} hook
   * @param {string} name
   * @param {string} what
   * @param {string} count
   */
  const row = (hook, name, what, count) => element("tr", {}, [
    element("th", { scope: "row", text: name }), element("td", { text: what }),
    element("td", { class: "number", text: count, "data-cost": hook }),
  ]);
  return element("div", {}, [
    element("h2", { text: say("What it costs") }),
    element("p", { text: say("Multiplications for the derivatives by every input:") }),
    element("table", { class: "costs" }, [element("tbody", {}, [
      row("Paths", say("Paths"), say("every path by itself"), paths),
      row("Forward mode", say("Forward mode"), say("one sweep for each input"), forward),
      row("Reverse mode", say("Reverse mode"), say("one sweep for all: backprop"), reverse),
    ])]),
  ]);
}
