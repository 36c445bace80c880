/** The points of a descent as a table: the inputs that move, and the output. */

import { element } from "../parts/dom.js";
import { say } from "../parts/messages.js";

export class PointsTable {
  /** @param {(step: number) => void} point */
  constructor(point) {
    this.point = point;
    this.head = element("tr");
    this.body = element("tbody");
    const table = element("table", { "data-testid": "descent-points" }, [element("thead", {}, [this.head]), this.body]);
    this.box = element("div", {
      class: "points", tabindex: "0", role: "region", "aria-label": say("Points of the descent"),
    }, [table]);
  }

  /** @param {import("../model/types/panel_types.js").DescentFacts} descent */
  show({ columns = [], output = "", rows = [] }) {
    const titles = [say("step"), ...columns, output];
    this.head.replaceChildren(...titles.map((text) => element("th", { scope: "col", text })));
    this.body.replaceChildren(...rows.map(({ values, output: height }, step) => {
      const row = element("tr", { "data-step": step }, [
        element("th", { scope: "row", text: step || say("now") }),
        ...[...values, height].map((text) => element("td", { text })),
      ]);
      row.addEventListener("pointerenter", () => this.point(step));
      return row;
    }));
  }

  /**
   * Mark the row of the point that is pointed at; the rows of points that are to be predicted are hidden.
   * @param {number} step
   * @param {boolean} isHidden
   */
  mark(step, isHidden) {
    [...this.body.rows].forEach((row, index) => {
      row.hidden = isHidden && index > 0;
      row.classList.toggle("selected", index === step);
    });
  }
}
