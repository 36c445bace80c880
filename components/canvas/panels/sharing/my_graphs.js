/**
 * My graphs as a dialog: each with its picture, its name or formula, and its time; one tap opens it, and undo brings back
 * what was there.
 *
 * @typedef {import("../../model/kept/my_graphs.js").MyGraph} MyGraph
 * @typedef {import("../../model/kept/my_graphs.js").Kept} Kept
 */

import { thumbnailOf } from "../../model/graph/thumbnail.js";
import { MOST_GRAPHS } from "../../model/kept/my_graphs.js";
import { button, element, svgElement } from "../../parts/dom.js";
import { belongsToComposition } from "../../parts/keys.js";
import { mark, say, sayCount } from "../../parts/messages.js";

const ABOUT = mark("What you have built or changed in this browser, kept in it alone: the last {most} graphs.");
const TROUBLES = {
  "kept": "",
  "too large": mark("The present graph is too large to be kept here: save it as a file."),
  "full": mark("This browser's store is full, so the present graph is not kept here: save it as a file, or delete some."),
};

export class MyGraphsDialog {
  /**
   * @param {import("../../parts/dialog.js").Dialogs} dialogs
   * @param {import("../../model/kept/my_graphs.js").MyGraphs} graphs
   * @param {object} page
   * @param {() => Kept} page.noteNow notes the present graph; answers what came of it
   * @param {(text: string) => void} page.open opens a document's text
   * @param {() => string} page.language
   */
  constructor(dialogs, graphs, { noteNow, open, language }) {
    this.dialogs = dialogs;
    this.graphs = graphs;
    this.page = { noteNow, open, language };
  }

  show() {
    const trouble = TROUBLES[this.page.noteNow()];
    const { graphs, unreadable } = this.graphs.list();
    const list = element("ul", { class: "my-graphs" }, graphs.map((graph) => this.#row(graph)));
    const damaged = sayCount(
      "{count} graph that was kept here cannot be read, and is left out.",
      "{count} graphs that were kept here cannot be read, and are left out.", unreadable,
    );
    this.dialog = this.dialogs.show(say("My graphs"), [
      element("p", { text: say(ABOUT, { most: MOST_GRAPHS }) }),
      ...[trouble && say(trouble), unreadable > 0 && damaged].filter((text) => text)
        .map((text) => element("p", { class: "differs", role: "status", text: String(text) })),
      graphs.length ? list : element("p", { class: "none-kept", text: say("There is none yet.") }),
    ]);
  }

  /**
   * @param {MyGraph} graph
   * @returns {HTMLElement}
   */
  #row(graph) {
    const row = element("li", { class: "my-graph", "data-graph": graph.id });
    this.#fill(row, graph);
    return row;
  }

  /**
   * @param {HTMLElement} row
   * @param {MyGraph} graph
   */
  #fill(row, graph) {
    const title = titleOf(graph);
    const open = button({ text: "", title: say("Open {title}", { title }), class: "open-graph" }, () => {
      this.dialog?.close();
      this.page.open(JSON.stringify(graph.document));
    });
    const time = new Intl.DateTimeFormat(this.page.language(), { dateStyle: "medium", timeStyle: "short" });
    open.append(pictureOf(graph), element("span", { class: "graph-title", text: title }),
      element("span", { class: "graph-formula", text: title === graph.formula ? "" : [graph.name && graph.lesson, graph.formula].filter(Boolean).join(" · ") }),
      element("time", { text: time.format(graph.time) }));
    row.replaceChildren(
      open,
      button({ text: say("Name"), title: say("Give {title} a name", { title }) }, () => this.#name(row, graph)),
      button({ text: say("Delete"), title: say("Delete {title}", { title }) }, () => this.#delete(row, graph)),
    );
  }

  /**
   * @param {HTMLElement} row
   * @param {MyGraph} graph
   */
  #name(row, graph) {
    const label = say("Name of the graph");
    const field = element("input", { type: "text", value: graph.name, "aria-label": label, maxlength: 80, placeholder: label });
    /** @param {boolean} takes */
    const end = (takes) => {
      const named = takes ? { ...graph, name: field.value.trim() } : graph;
      if (takes) this.graphs.rename(graph.id, named.name);
      this.#fill(row, named);
      row.querySelector("button")?.focus();
    };
    field.addEventListener("keydown", (event) => {
      if (belongsToComposition(event) || !["Enter", "Escape"].includes(event.key)) return;
      event.preventDefault(); // Escape would close the dialog
      end(event.key === "Enter");
    });
    row.replaceChildren(pictureOf(graph), field, button({ text: say("Keep the name") }, () => end(true)));
    field.focus();
    field.select();
  }

  /**
   * @param {HTMLElement} row
   * @param {MyGraph} graph
   */
  #delete(row, graph) {
    this.graphs.remove(graph.id);
    const back = button({ text: say("Put it back") }, () => {
      this.graphs.putBack(graph);
      this.#fill(row, graph);
    });
    row.replaceChildren(element("span", { role: "status", text: say("{title} is deleted.", { title: titleOf(graph) }) }), back);
    back.focus();
  }
}

/** @param {MyGraph} graph */
function titleOf({ name, lesson, formula }) {
  return name || lesson || formula || say("A graph without a formula");
}

/** @param {MyGraph} graph */
function pictureOf({ document }) {
  const { viewBox, wires, inputs, ops } = thumbnailOf(document);
  const drawn = svgElement("svg", { viewBox, class: "thumbnail", "aria-hidden": "true", preserveAspectRatio: "xMidYMid meet" });
  for (const [name, path] of Object.entries({ wires, inputs, ops })) {
    drawn.append(svgElement("path", { class: `thumbnail-${name}`, d: path, "vector-effect": "non-scaling-stroke" }));
  }
  return drawn;
}
