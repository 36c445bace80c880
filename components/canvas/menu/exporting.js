/** What the entries that hand out files have in common: they ask Python, and save what comes. */

import { saveFile } from "../parts/save_file.js";

/**
 * An entry that saves a file; it is offered as long as there is a graph.
 * @param {import("./menu.js").MenuTools} tools
 * @param {string} name
 * @param {string} text
 * @param {import("../model/types/event_types.js").ExportKind} kind
 * @param {(file: import("../model/exchange/asked_files.js").ReadFile) => unknown} [save]
 * @returns {import("./menu.js").Entry}
 */
export function exportEntry({ model }, name, text, kind, save = (file) => saveFile(file.text, file.type, file.name)) {
  return {
    name, text, isOffered: () => model.picture.order.length > 0,
    press: async () => {
      const { file } = await model.askForFile({ type: "export", kind }); // what is refused is said on the stage
      if (file) save(file);
    },
  };
}
