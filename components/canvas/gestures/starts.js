/** What an empty canvas offers: an Input to begin with, a formula to tap, a lesson. */

import { button, element } from "../parts/dom.js";
import { mark, say } from "../parts/messages.js";

const FORMULAS = ["z = x**2 + y**2", "y = sigmoid(w*x + b)", "L = (w*x + b - t)**2"];
const FIRST_LESSON = 0;
const TITLE = mark("An empty graph. Drag an Input from the palette, or begin with one of these:");

/**
 * @param {object} acts
 * @param {() => void} acts.addInput
 * @param {(text: string) => void} acts.draw draws a formula
 * @param {(lesson: number) => void} acts.openLesson
 * @param {() => void} acts.paste what was copied in another tab: a finger has no Ctrl+V
 */
export function startsOf({ addInput, draw, openLesson, paste }) {
  const formulas = FORMULAS.map((text) => button({ text, class: "start formula-start" }, () => draw(text)));
  return [
    element("p", { text: say(TITLE) }),
    element("div", { class: "starts" }, [
      button({ text: say("Add an Input"), class: "start" }, addInput),
      ...formulas,
      button({ text: say("Open the first lesson"), class: "start" }, () => openLesson(FIRST_LESSON)),
      button({ text: say("Paste"), class: "start" }, paste),
    ]),
  ];
}
