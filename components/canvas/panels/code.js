/** The panel of code: the graph as a script, each line tied to its node. */

import { copied } from "../parts/clipboard.js";
import { element, setText } from "../parts/dom.js";

const FORMS = [
  { name: "engine", text: "This engine", file: "graph.py" },
  { name: "torch", text: "PyTorch", file: "graph_torch.py" },
  { name: "program", text: "Program", file: "graph_program.py", title: "The program that backprop amounts to" },
];

export class CodePanel {
  /** @param {import("../canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.title = "Code";
    this.form = "engine";
    this.forms = new Map(FORMS.map(({ name, text, title }) => {
      const made = element("button", { type: "button", text, title, "data-form": name, "aria-pressed": String(name === this.form) });
      made.addEventListener("click", () => this.choose(name));
      return [name, made];
    }));
    this.lines = element("div", { class: "code", tabindex: "0", role: "region", "aria-label": "Python script",
      "data-testid": "code" });
    const copy = element("button", { type: "button", text: "Copy", "data-testid": "copy-code" });
    copy.addEventListener("click", async () => setText(this.told, (await copied(this.text)) ? "Copied." : "Copying is not allowed here."));
    const save = element("button", { type: "button", text: "Download", "data-testid": "save-code" });
    save.addEventListener("click", () => this.save());
    this.told = element("span", { role: "status" });
    this.box = element("div", { class: "code-panel" }, [
      element("div", { class: "row" }, [...this.forms.values()]), this.lines,
      element("div", { class: "row" }, [copy, save, this.told]),
    ]);
  }

  get text() {
    return this.scripts?.[this.form].text ?? "";
  }

  choose(form) {
    this.form = form;
    for (const [name, made] of this.forms) made.setAttribute("aria-pressed", String(name === form));
    this.draw();
  }

  show(picture) {
    if (picture.code === this.scripts) return;
    this.scripts = picture.code;
    this.draw();
  }

  draw() {
    setText(this.told, "");
    this.lines.replaceChildren(...(this.scripts?.[this.form].lines ?? []).map(([text, node]) => {
      const line = element("code", { text: text || " ", "data-id": node || undefined });
      line.style.setProperty("--indent", String(text.length - text.trimStart().length));
      if (node) {
        line.addEventListener("click", () => this.canvas.select([node]));
        line.addEventListener("pointerenter", () => this.canvas.overlay.point(node));
        line.addEventListener("pointerleave", () => this.canvas.overlay.point(null));
      }
      return line;
    }));
    this.mark(this.canvas.selection);
  }

  mark(selection) {
    for (const line of this.lines.children) line.classList.toggle("selected", selection.has(line.dataset.id));
  }

  save() {
    const url = URL.createObjectURL(new Blob([this.text], { type: "text/x-python" }));
    const link = element("a", { href: url, download: FORMS.find(({ name }) => name === this.form).file });
    link.click();
    URL.revokeObjectURL(url);
  }
}
