/**
 * Questions that a teacher has put together, to be asked one after the other; this device keeps them for the room.
 *
 * @typedef {{question: Record<string, any>, key?: string}} ListedQuestion
 */

import { titleOf } from "../model/room/room_questions.js";
import { button, element } from "../parts/dom.js";
import { localStore } from "../parts/browser_storage.js";
import { say } from "../parts/messages.js";

const KEY = "backprop-playground-room-list:";
const MOST = 50;

export class QuestionList {
  #local = localStore();
  #code = "";
  /** @type {ListedQuestion[]} */
  #questions = [];

  constructor() {
    this.box = element("ol", { class: "room-list", "aria-label": say("Questions that come next"), hidden: true });
    this.onChange = () => {};
  }

  get length() {
    return this.#questions.length;
  }

  /** The question that is asked next; undefined where there is none. */
  get first() {
    return this.#questions.at(0)?.question;
  }

  /** Take up the list of a room. @param {string} code */
  enter(code) {
    if (code === this.#code) return;
    this.#code = code;
    try {
      const kept = JSON.parse(this.#local.get(KEY + code) ?? "[]");
      this.#questions = Array.isArray(kept) ? kept.filter((each) => each && typeof each.question === "object").slice(0, MOST) : [];
    } catch {
      this.#questions = [];
    }
    this.#show();
  }

  /** Forget the list of a room that has ended. @param {string} code */
  forget(code) {
    this.#local.remove(KEY + code);
  }

  /** @param {ListedQuestion} listed */
  add(listed) {
    if (this.length >= MOST) return;
    this.#questions.push(listed);
    this.#keep();
  }

  /** Take the first question off the list; null where there is none. */
  take() {
    const first = this.#questions.shift() ?? null;
    if (first) this.#keep();
    return first;
  }

  /** Put a question back that could not be asked. @param {ListedQuestion} listed */
  putBack(listed) {
    this.#questions.unshift(listed);
    this.#keep();
  }

  #keep() {
    if (this.length) this.#local.set(KEY + this.#code, JSON.stringify(this.#questions));
    else this.#local.remove(KEY + this.#code);
    this.#show();
    this.onChange();
  }

  #show() {
    this.box.hidden = this.length === 0;
    this.box.replaceChildren(...this.#questions.map((listed) => {
      const text = titleOf(listed.question);
      const remove = button({ text: "×", title: say("Take “{question}” off the list", { question: text }) }, () => {
        this.#questions.splice(this.#questions.indexOf(listed), 1);
        this.#keep();
      });
      return element("li", {}, [element("span", { text }), remove]);
    }));
  }
}
