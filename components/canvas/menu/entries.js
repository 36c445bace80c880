/** The entries of the menu, in the order in which they stand there. */

import { classEntry } from "./class.js";
import { firstStepsEntry } from "./first_steps.js";
import { latexEntry } from "./latex.js";
import { notebookEntry } from "./notebook.js";
import { picturePngEntry } from "./picture_png.js";
import { pictureSvgEntry } from "./picture_svg.js";
import { makeLessonEntry } from "./make_lesson.js";
import { shortcutsEntry } from "./shortcuts.js";
import { tidyEntry } from "./tidy.js";
import { webPageEntry } from "./web_page.js";
import { worksheetEntry } from "./worksheet.js";

/** @type {readonly ((tools: import("./menu.js").MenuTools) => import("./menu.js").Entry)[]} */
const MAKERS = [
  tidyEntry, classEntry, makeLessonEntry, worksheetEntry, pictureSvgEntry, picturePngEntry, webPageEntry, latexEntry,
  notebookEntry, firstStepsEntry, shortcutsEntry,
];

/**
 * @param {import("./menu.js").MenuTools} tools
 * @returns {import("./menu.js").Entry[]}
 */
export function menuEntries(tools) {
  return MAKERS.map((make) => make(tools));
}
