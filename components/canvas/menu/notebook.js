/** The graph's script as a Jupyter notebook, as the Code panel hands it out. */

import { notebook } from "../model/text/notebook.js";
import { saveFile } from "../parts/save_file.js";
import { say } from "../parts/messages.js";
import { exportEntry } from "./exporting.js";

/** @param {import("./menu.js").MenuTools} tools */
export function notebookEntry(tools) {
  return exportEntry(tools, "notebook", say("Notebook (Jupyter)"), "script", ({ text, name }) => {
    const needs = say("To run it, put the playground's folder “engine” beside this notebook.");
    const written = JSON.stringify(notebook(text.split("\n"), `# Backprop Playground\n\n${needs}`), null, 1);
    saveFile(`${written}\n`, "application/x-ipynb+json", name);
  });
}
