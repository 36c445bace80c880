/**
 * The table of data: its rows, those on the nodes marked; and the field that cells are pasted into.
 *
 * @typedef {import("../model/types/training_types.js").TrainFacts} TrainFacts
 */

import { button, element, setText } from "../parts/dom.js";
import { say, sayCount } from "../parts/messages.js";
import { fileText } from "../model/text/file_text.js";

export class DataTable {
  #shown = "";

  /**
   * @param {object} acts
   * @param {(text: string) => void} acts.take a text with a table was given
   * @param {(sentence: string) => void} acts.refuse a file holds no table
   * @param {(row: number) => void} acts.show a row was chosen, counted from 0
   */
  constructor({ take, refuse, show }) {
    this.take = take;
    this.showRow = show;
    this.asks = element("p", { class: "remark", "data-testid": "table-asks" });
    this.field = element("textarea", {
      rows: 5, "aria-label": say("A table of data"), spellcheck: "false", "data-testid": "table-text",
    });
    const file = element("input", { type: "file", accept: ".csv,.tsv,.txt", "aria-label": say("A CSV file"), hidden: true });
    file.addEventListener("change", async () => {
      const chosen = file.files?.[0];
      if (chosen === undefined) return;
      const { text, refusal } = fileText(await chosen.arrayBuffer().catch(() => null), chosen.name);
      if (text === undefined) refuse(refusal);
      else take(text);
      file.value = "";
    });
    this.use = button({ text: say("Use this table"), "data-act": "use-table" }, () => take(this.field.value));
    this.entry = element("details", { class: "table-entry" }, [
      element("summary", { text: say("Paste a table") }), this.asks, this.field,
      element("div", { class: "row" }, [this.use, button({ text: say("Open a CSV file") }, () => file.click()), file]),
    ]);
    this.told = element("p", { role: "status", "data-testid": "rows-told" });
    this.head = element("tr");
    this.body = element("tbody");
    this.scroll = element("div", { class: "data-table", tabindex: "0", role: "region", "aria-label": say("Table of data") }, [
      element("table", {}, [element("thead", {}, [this.head]), this.body]),
    ]);
    this.box = element("div", {}, [this.told, this.scroll, this.entry]);
  }

  /** @param {TrainFacts} facts */
  show(facts) {
    const { asks, header, columns, rows, total, shown, told } = facts;
    setText(this.asks, asks);
    setText(this.told, told);
    this.field.placeholder = header ? `${header}\n1\t2` : "";
    this.scroll.hidden = total === 0;
    const written = JSON.stringify([columns, rows]);
    if (written !== this.#shown) {
      if (this.#shown === "" || total === 0) this.entry.open = total === 0;
      this.#shown = written;
      this.head.replaceChildren(element("td"), ...columns.map((text) => element("th", { scope: "col", text })));
      this.body.replaceChildren(...rows.map((cells, index) => this.#row(cells, index)));
      if (total > rows.length) {
        const text = sayCount("and {count} more row", "and {count} more rows", total - rows.length);
        this.body.append(element("tr", {}, [element("td", { colspan: columns.length + 1, text })]));
      }
    }
    [...this.body.rows].slice(0, rows.length).forEach((row, index) => {
      const isShown = index >= shown[0] && index < shown[1];
      row.classList.toggle("on-nodes", isShown);
      if (isShown) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    });
    this.body.rows[shown[0]]?.scrollIntoView?.({ block: "nearest" });
  }

  /**
   * @param {readonly string[]} cells
   * @param {number} index
   */
  #row(cells, index) {
    const choose = button({
      text: String(index + 1), title: say("Put row {number} on the nodes", { number: index + 1 }), "data-row": index,
    }, () => this.showRow(index));
    return element("tr", {}, [
      element("th", { scope: "row" }, [choose]), ...cells.map((text) => element("td", { text })),
    ]);
  }

  /** The table was taken: the field is done with. */
  close() {
    this.field.value = "";
    this.entry.open = false;
  }
}
