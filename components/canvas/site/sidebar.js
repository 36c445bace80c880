/**
 * What stands beside the graph, as Streamlit's sidebar on a server: the product's name, the language, the lessons, and
 * New, Open and Save. On a phone it lies over the graph, and goes when something is opened.
 *
 * @typedef {object} Acts
 * @property {(lesson: number) => void} openLesson by its place, counted from 0
 * @property {() => void} openNew
 * @property {(file: File) => void} openFile
 * @property {() => void} save
 */

import { LanguageChoice, speak } from "../panels/language_choice.js";
import { LessonList } from "../panels/lessons/lesson_list.js";
import { button, element } from "../parts/dom.js";
import { say } from "../parts/messages.js";

/** Below it the sidebar begins closed, and lies over the graph. */
const NARROW = "(max-width: 768px)";
/** What can be opened, and beside it a table of data. */
const OPENED = ".json,.toml,.py,.ipynb,.csv,.tsv";

export class Sidebar {
  /**
   * @param {import("../model/kept/progress.js").Progress} progress
   * @param {Acts} acts
   */
  constructor(progress, { openLesson, openNew, openFile, save }) {
    this.list = new LessonList(progress, openLesson);
    this.languages = new LanguageChoice(speak);
    const chosen = element("input", { type: "file", accept: OPENED, hidden: true, "aria-label": say("Choose a file") });
    chosen.addEventListener("change", () => {
      const file = chosen.files?.[0];
      chosen.value = ""; // the same file may be opened again
      if (file) openFile(file);
    });
    this.files = element("div", { class: "files" }, [
      button({ text: say("New") }, openNew),
      button({ text: say("Open"), title: say("A graph or a lesson that was saved, or a Python script") }, () => chosen.click()),
      button({ text: say("Save") }, save), chosen,
    ]);
    for (const made of this.files.querySelectorAll("button")) made.setAttribute("aria-label", made.textContent ?? "");
    this.closing = button({ text: "«", title: say("Close the sidebar"), "data-control": "close-sidebar" }, () => this.turn(false));
    this.opening = button({ text: "»", title: say("Open the sidebar"), "data-control": "open-sidebar" }, () => this.turn(true));
    this.box = element("aside", { class: "sidebar", "aria-label": say("Lessons and files") }, [
      element("div", { class: "sidebar-top" }, [this.closing]),
      element("h1", { class: "product", text: "Backprop Playground" }), this.languages.box, this.list.box, this.files,
    ]);
    this.#turn(!globalThis.matchMedia(NARROW).matches);
  }

  /**
   * @param {import("./site_types.js").Beside} beside
   * @param {string} language
   */
  show({ groups, languages }, language) {
    this.languages.show(languages, language);
    this.list.show(groups);
  }

  /** Open or close it; the focus goes where it can be turned back. @param {boolean} isOpen */
  turn(isOpen) {
    this.#turn(isOpen);
    (isOpen ? this.closing : this.opening).focus();
  }

  /** @param {boolean} isOpen */
  #turn(isOpen) {
    this.box.hidden = !isOpen;
    this.opening.hidden = isOpen;
  }

  /** Another graph is open: where the sidebar lies over it, it goes. */
  makeRoom() {
    if (globalThis.matchMedia(NARROW).matches) this.#turn(false);
  }
}
