/**
 * The panel of code: the graph as a script, each line tied to its node.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../model/types/panel_types.js").Script} Script
 */

import { notebook } from "../model/text/notebook.js";
import { copied } from "../parts/clipboard.js";
import { button, element, setText } from "../parts/dom.js";
import { saveFile } from "../parts/save_file.js";
import { mark, say } from "../parts/messages.js";

const FORMS = [
  {
    name: "engine", text: mark("This engine"), title: "", file: "graph",
    needs: mark("To run it, put the playground's folder “engine” beside this notebook."),
  },
  { name: "torch", text: mark("PyTorch"), title: "", file: "graph_torch", needs: mark("To run it, install PyTorch.") },
  {
    name: "program", text: mark("Program"), title: mark("The program that backprop amounts to"), file: "graph_program",
    needs: mark("Forward and backward as the arithmetic that they are; it runs without any library but NumPy."),
  },
];

export class CodePanel {
  #form = FORMS[0];
  /** @type {Record<string, Script> | undefined} */
  #scripts;

  /** @param {Pick<import("./panel.js").PanelTools, "model" | "stage">} tools */
  constructor({ model, stage }) {
    this.model = model;
    this.stage = stage;
    this.forms = FORMS.map((form) => {
      const made = element("button", {
        type: "button", text: say(form.text), title: form.title ? say(form.title) : undefined, "data-form": form.name,
        "aria-pressed": String(form === this.#form),
      });
      made.addEventListener("click", () => this.#choose(form));
      return made;
    });
    this.lines = element("div", {
      class: "code", tabindex: "0", role: "region", "aria-label": say("Python script"), "data-testid": "code",
    });
    this.told = element("span", { role: "status" });
    this.box = element("div", { class: "code-panel" }, [
      element("div", { class: "row" }, this.forms), this.lines,
      element("div", { class: "row" }, [
        button({ text: say("Copy"), "data-testid": "copy-code" }, () => this.#copy()),
        button({ text: say("Download"), "data-testid": "save-code" }, () => this.#save()),
        button({
          text: say("Notebook"), title: say("Download as a Jupyter notebook"), "data-testid": "save-notebook",
        }, () => this.#saveNotebook()),
        this.told,
      ]),
    ]);
  }

  /** @returns {Script | undefined} */
  get #script() {
    return this.#scripts?.[this.#form.name];
  }

  /** @param {typeof FORMS[number]} form */
  #choose(form) {
    this.#form = form;
    this.forms.forEach((made, index) => made.setAttribute("aria-pressed", String(FORMS[index] === form)));
    this.#draw();
  }

  /** @param {Picture} picture */
  show({ code }) {
    if (code === this.#scripts) return;
    this.#scripts = code;
    this.#draw();
  }

  #draw() {
    setText(this.told, "");
    this.lines.replaceChildren(...(this.#script?.lines ?? []).map(([text, node]) => this.#line(text, node)));
    this.mark();
  }

  /**
   * @param {string} text
   * @param {string} node the id of what it belongs to, or ""
   */
  #line(text, node) {
    const line = element("code", { text: text || " ", "data-id": node || undefined });
    line.style.setProperty("--indent", String(text.length - text.trimStart().length));
    if (node) {
      line.addEventListener("click", () => this.model.selection.select([node]));
      line.addEventListener("pointerenter", () => this.stage.overlay.point(node));
      line.addEventListener("pointerleave", () => this.stage.overlay.point(null));
    }
    return line;
  }

  mark() {
    const { nodes } = this.model.selection;
    for (const line of this.lines.querySelectorAll("code")) {
      line.classList.toggle("selected", nodes.has(line.dataset.id ?? ""));
    }
  }

  async #copy() {
    if (await copied(this.#script?.text ?? "")) {
      setText(this.told, say("Copied."));
      return;
    }
    document.getSelection()?.selectAllChildren(this.lines);
    setText(this.told, say("This browser does not let a page copy: the script is selected, press Ctrl+C."));
  }

  #save() {
    saveFile(this.#script?.text ?? "", "text/x-python", `${this.#form.file}.py`);
  }

  #saveNotebook() {
    const lines = (this.#script?.lines ?? []).map(([text]) => text);
    const needs = say(this.#form.needs);
    const text = JSON.stringify(notebook(lines, `# Backprop Playground\n\n${needs}`), null, 1);
    saveFile(`${text}\n`, "application/x-ipynb+json", `${this.#form.file}.ipynb`);
  }
}
