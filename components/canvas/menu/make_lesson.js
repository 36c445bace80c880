/** Make a lesson of the graph that is open. */

import { say } from "../parts/messages.js";
import { WRITING } from "../panels/lessons/lesson_writer.js";

/**
 * @param {import("./menu.js").MenuTools} tools
 * @returns {import("./menu.js").Entry}
 */
export function makeLessonEntry({ model, openPanel }) {
  return {
    name: "make-lesson", text: say("Make a lesson"), press: () => openPanel(WRITING),
    isOffered: () => model.picture.order.length > 0 && model.picture.lesson?.tried !== true,
  };
}
