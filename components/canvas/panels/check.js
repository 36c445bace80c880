/** The panel of doubt: move every input by h and see what the output does, and check all gradients at one click. */

import { element, setText } from "../parts/dom.js";

const LARGEST_EXPONENT = 0;
const SMALLEST_EXPONENT = -8;
const EXPONENT_STEP = 0.25;

export class CheckPanel {
  /** @param {import("../canvas.js").Canvas} canvas @param {import("./panels.js").Panels} panels */
  constructor(canvas, panels) {
    this.canvas = canvas;
    this.title = "Check";
    this.slider = element("input", {
      type: "range", min: SMALLEST_EXPONENT, max: LARGEST_EXPONENT, step: EXPONENT_STEP, "aria-label": "h",
      "data-testid": "h", class: "h",
    });
    this.slider.value = String(panels.look.exponent);
    this.slider.addEventListener("input", () => panels.change({ exponent: Number(this.slider.value) }));
    this.slider.addEventListener("keydown", (event) => event.stopPropagation());
    this.size = element("output", { "data-testid": "h-shown" });
    this.nudges = element("tbody");
    this.left = element("p", { class: "quiet", "data-testid": "nudges-left" });
    this.heading = element("th", { scope: "col" });
    const head = ["input", null, "grad", "apart"].map((text) => (text ? element("th", { scope: "col", text }) : this.heading));
    this.button = element("button", { type: "button", text: "Check every gradient", "data-testid": "check-gradients" });
    this.button.addEventListener("click", () => canvas.command("check"));
    this.results = element("div", { "data-testid": "check-results", role: "status" });
    this.box = element("div", { class: "check-panel" }, [
      element("h2", { text: "Nudge" }),
      element("p", { text: "Each input is moved by h in its turn. Drag h to the left: Δ/h closes in on grad." }),
      element("label", { class: "row" }, ["h = ", this.size, this.slider]),
      element("table", { "data-testid": "nudges" }, [element("thead", {}, [element("tr", {}, head)]), this.nudges]),
      this.left,
      element("h2", { text: "Gradient check" }),
      element("p", { text: "Central differences, (f(x + h) − f(x − h)) / 2h, beside what Backward found." }),
      this.button, this.results,
    ]);
  }

  show(picture) {
    const { nudge, check } = picture;
    if (nudge && nudge !== this.shownNudge) this.showNudge(nudge);
    this.shownNudge = nudge;
    if (check !== this.shownCheck) this.showCheck(check);
    this.shownCheck = check;
  }

  showNudge({ h, rows, left, output }) {
    setText(this.size, h);
    setText(this.heading, `Δ${output || "output"}/h`);
    this.nudges.replaceChildren(...rows.map(({ id, name, quotient, grad, apart }) => {
      const row = element("tr", { "data-nudge": name }, [
        element("th", { scope: "row", text: name }), element("td", { text: quotient, "data-column": "quotient" }),
        element("td", { text: grad, "data-column": "grad" }), element("td", { text: apart, "data-column": "apart" }),
      ]);
      row.addEventListener("click", () => this.canvas.select([id]));
      return row;
    }));
    setText(this.left, left ? `Of each array the first entries; ${left} more are not in this table.` : "");
  }

  showCheck(check) {
    if (!check) {
      this.results.replaceChildren();
      return;
    }
    if (check.length === 0) {
      this.results.replaceChildren(element("p", { text: "There is no finite output to differentiate." }));
      return;
    }
    const head = element("tr", {}, ["input", "grad", "difference", "rel. error", ""].map((text) => element("th", { text })));
    const rows = check.flatMap((found) => {
      const row = element("tr", { "data-check": found.name, "data-agrees": String(found.agrees) }, [
        element("th", { scope: "row", text: found.name }), element("td", { text: found.analytical }),
        element("td", { text: found.numerical }), element("td", { text: found.error, "data-column": "error" }),
        element("td", { text: found.agrees ? "✓" : "✗" }),
      ]);
      row.addEventListener("click", () => this.canvas.select([found.id]));
      const left = found.left ? [`${found.left} entries were not checked.`] : [];
      const remarks = [...found.remarks, ...left].map((text) =>
        element("tr", { class: "remark" }, [element("td", { colspan: "5", text })]));
      return [row, ...remarks];
    });
    const bad = check.filter((found) => !found.agrees).length;
    const told = bad === 0 ? "✓ Every gradient agrees." : `✗ ${bad} of ${check.length} inputs do not agree.`;
    this.results.replaceChildren(
      element("p", { class: "verdict", text: told }),
      element("table", {}, [element("thead", {}, [head]), element("tbody", {}, rows)]),
    );
  }
}
