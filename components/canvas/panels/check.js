/**
 * The panel of checks: nudge every input by h and see what the output does, and check all gradients at one click.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../model/types/panel_types.js").NudgeFacts} NudgeFacts
 * @typedef {import("../model/types/panel_types.js").NudgeRow} NudgeRow
 * @typedef {import("../model/types/panel_types.js").CheckFacts} CheckFacts
 */

import { button, element, setText } from "../parts/dom.js";
import { say, sayCount } from "../parts/messages.js";

const EXPONENTS = { min: -8, max: 0, step: 0.25 };

export class CheckPanel {
  /** @type {NudgeFacts | undefined} */
  #nudge;
  /** @type {CheckFacts[] | undefined} */
  #check;

  /** @param {Pick<import("./panel.js").PanelTools, "model">} tools */
  constructor({ model }) {
    this.model = model;
    this.slider = element("input", { type: "range", ...EXPONENTS, "aria-label": "h", "data-testid": "h", class: "h" });
    this.slider.value = String(model.look.exponent);
    this.slider.addEventListener("input", () => model.lookAt({ exponent: Number(this.slider.value) }));
    this.slider.addEventListener("keydown", (event) => event.stopPropagation());
    this.size = element("output", { "data-testid": "h-shown" });
    this.quotient = element("th", { scope: "col" });
    this.nudges = element("tbody");
    this.left = element("p", { class: "quiet", "data-testid": "nudges-left" });
    this.results = element("div", { "data-testid": "check-results", role: "status" });
    const head = element("tr", {}, [
      columnHead(say("input")), this.quotient, columnHead(say("grad")), columnHead(say("apart")),
    ]);
    this.box = element("div", { class: "check-panel" }, [
      element("h2", { text: say("Nudge") }),
      element("p", { text: say("Each input is moved by h in its turn. Drag h to the left: Δ/h closes in on grad.") }),
      element("label", { class: "row" }, ["h = ", this.size, this.slider]),
      element("table", { "data-testid": "nudges" }, [element("thead", {}, [head]), this.nudges]),
      this.left,
      element("h2", { text: say("Gradient check") }),
      element("p", { text: say("Central differences, (f(x + h) − f(x − h)) / 2h, beside what Backward found.") }),
      button({ text: say("Check every gradient"), "data-testid": "check-gradients" }, () => model.command({ type: "check" })),
      this.results,
    ]);
  }

  /** @param {Picture} picture */
  show({ nudge, check }) {
    this.slider.value = String(this.model.look.exponent);
    if (nudge && nudge !== this.#nudge) this.#showNudge(nudge);
    this.#nudge = nudge;
    if (check !== this.#check) this.results.replaceChildren(...this.#told(check));
    this.#check = check;
  }

  /** @param {NudgeFacts} nudge */
  #showNudge({ h, rows, left, output }) {
    setText(this.size, h);
    setText(this.quotient, output ? say("Δ{output}/h", { output }) : say("Δoutput/h"));
    this.nudges.replaceChildren(...rows.flatMap((row) => this.#nudgeRows(row)));
    setText(this.left, left ? sayCount(
      "Of each array the first entries; {count} more is not in this table.",
      "Of each array the first entries; {count} more are not in this table.", left,
    ) : "");
  }

  /** @param {NudgeRow} row */
  #nudgeRows({ id, name, quotient, grad, apart, remarks }) {
    const row = this.#selecting(id, element("tr", { "data-nudge": name }, [
      element("th", { scope: "row", text: name }), element("td", { text: quotient, "data-column": "quotient" }),
      element("td", { text: grad, "data-column": "grad" }), element("td", { text: apart, "data-column": "apart" }),
    ]));
    return [row, ...remarks.map((text) => remarkRow(text, 4))];
  }

  /**
   * @param {readonly CheckFacts[] | undefined} check
   * @returns {HTMLElement[]}
   */
  #told(check) {
    if (!check) return [];
    if (check.length === 0) return [element("p", { text: say("There is no finite output to differentiate.") })];
    const head = element("tr", {}, [
      columnHead(say("input")), columnHead(say("grad")), columnHead(say("difference")), columnHead(say("rel. error")),
      columnHead(""),
    ]);
    const rows = check.flatMap((found) => this.#checkRows(found));
    const bad = check.filter((found) => found.answered && !found.agrees).length;
    const open = check.filter((found) => !found.answered).length;
    const right = open === 0 ? say("✓ Every gradient agrees.") : sayCount(
      "{count} input has nothing to compare here.", "{count} inputs have nothing to compare here.", open,
    );
    const verdict = bad === 0 ? right : sayCount(
      "✗ {bad} of {count} input does not agree.", "✗ {bad} of {count} inputs do not agree.", check.length, { bad },
    );
    return [
      element("p", { class: "verdict", text: verdict }),
      element("table", {}, [element("thead", {}, [head]), element("tbody", {}, rows)]),
    ];
  }

  /** @param {CheckFacts} found */
  #checkRows({ id, name, agrees, answered, analytical, numerical, error, remarks, left }) {
    const row = this.#selecting(id, element("tr", { "data-check": name, "data-agrees": String(agrees) }, [
      element("th", { scope: "row", text: name }), element("td", { text: analytical }),
      element("td", { text: numerical }), element("td", { text: error, "data-column": "error" }),
      element("td", { text: agrees ? "✓" : answered ? "✗" : "–" }),
    ]));
    const unchecked = left
      ? [sayCount("{count} entry was not checked.", "{count} entries were not checked.", left)] : [];
    return [row, ...[...remarks, ...unchecked].map((text) => remarkRow(text, 5))];
  }

  /**
   * Let a row select its node.
   * @param {string} id
   * @param {HTMLTableRowElement} row
   */
  #selecting(id, row) {
    row.addEventListener("click", () => this.model.selection.select([id]));
    return row;
  }
}

/**
 * What is to be said of the row above.
 * @param {string} text
 * @param {number} columns
 */
function remarkRow(text, columns) {
  return element("tr", { class: "remark" }, [element("td", { colspan: String(columns), text })]);
}

/** @param {string} text */
function columnHead(text) {
  return element("th", { scope: "col", text });
}
