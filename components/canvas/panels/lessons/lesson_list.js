/**
 * The list of lessons, as one element for the host's sidebar: a group for each level, of which one is open.
 *
 * @typedef {import("../../model/types/lesson_types.js").LessonGroup} LessonGroup
 * @typedef {import("../../model/types/lesson_types.js").ListedLesson} ListedLesson
 */

import { button, element, setAttribute, setText } from "../../parts/dom.js";
import { say, sayCount } from "../../parts/messages.js";

export class LessonList {
  /** @type {{lesson: ListedLesson, made: HTMLElement, mark: HTMLElement}[]} */
  #entries = [];
  /** @type {{group: LessonGroup, made: HTMLDetailsElement, count: HTMLElement}[]} */
  #groups = [];
  #shown = "";
  /** @type {number | undefined} */
  #present;

  /**
   * @param {import("../../model/kept/progress.js").Progress} progress
   * @param {(lesson: number) => void} open opens a lesson, by its place counted from 0
   */
  constructor(progress, open) {
    this.progress = progress;
    this.open = open;
    this.box = element("nav", { class: "lesson-list", dir: "ltr", "aria-label": say("Lessons") });
    progress.listen(() => this.#tick());
  }

  /**
   * Show the lessons as Python tells them.
   * @param {readonly LessonGroup[]} groups
   */
  show(groups) {
    const told = JSON.stringify(groups);
    if (told === this.#shown) return;
    this.#shown = told;
    this.#entries = [];
    this.#groups = groups.map((group) => this.#group(group));
    this.box.replaceChildren(...this.#groups.map(({ made }) => made));
    this.#tick();
    this.#mark();
  }

  /** @param {LessonGroup} group */
  #group(group) {
    const count = element("span", { class: "count" });
    const made = element("details", { name: "lessons" }, [
      element("summary", {}, [element("span", { class: "title", text: group.title }), count]),
      ...group.lessons.map((lesson) => this.#entry(lesson)),
    ]);
    return { group, made, count };
  }

  /** @param {ListedLesson} lesson */
  #entry(lesson) {
    const { number, title, minutes } = lesson;
    const mark = element("span", { class: "done", "aria-hidden": "true" });
    const made = button({ text: "", class: "lesson", "data-lesson": String(number) }, () => this.open(number - 1));
    made.append(
      element("span", { class: "place", text: String(number) }), element("span", { class: "title", text: title }), mark,
      element("span", { class: "minutes", text: say("{minutes} min", { minutes }) }),
    );
    this.#entries.push({ lesson, made, mark });
    return made;
  }

  /**
   * Mark the lesson that is open, and open its group.
   * @param {number | undefined} number
   */
  markOpen(number) {
    if (number === this.#present) return;
    this.#present = number;
    this.#mark();
  }

  #mark() {
    for (const { lesson, made } of this.#entries) {
      if (lesson.number === this.#present) made.setAttribute("aria-current", "true");
      else made.removeAttribute("aria-current");
    }
    const home = this.#groups.find(({ group }) => group.lessons.some(({ number }) => number === this.#present));
    const opened = home ?? (this.#groups.some(({ made }) => made.open) ? undefined : this.#groups[0]);
    if (opened) opened.made.open = true;
  }

  /** Show what is done. */
  #tick() {
    const { done } = this.progress;
    for (const { lesson: { key, number, title, minutes }, made, mark } of this.#entries) {
      const isDone = done.has(key);
      setText(mark, isDone ? "✓" : "");
      const places = { number, title, minutes };
      setAttribute(made, "aria-label", isDone ? say("{number} {title}, {minutes} minutes, done", places)
        : say("{number} {title}, {minutes} minutes", places));
    }
    for (const { group: { lessons }, count } of this.#groups) {
      const finished = lessons.filter(({ key }) => done.has(key)).length;
      setText(count, finished ? say("{done} of {all} ✓", { done: finished, all: lessons.length })
        : sayCount("{count} lesson", "{count} lessons", lessons.length));
    }
  }
}
