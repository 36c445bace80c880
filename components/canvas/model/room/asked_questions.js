/**
 * What was asked already of the graphs that a teacher has opened, so that the next question is another one.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {import("../types/room_types.js").RoomState} RoomState
 */

import { askedSoFar } from "./room_questions.js";

export class AskedQuestions {
  /** By the keys of `nextQuestion`. @type {Set<string>} */
  keys = new Set();
  /** Whether something was asked, or met, since the page was loaded. */
  isRemembered = false;

  /** @param {string | undefined} key */
  add(key) {
    if (key) this.keys.add(key);
  }

  /**
   * The graph of a question stands on the canvas: that, and what comes before it, is not asked once more.
   * @param {Picture} picture
   * @param {{asked?: string}} question
   */
  meet(picture, question) {
    this.isRemembered = true;
    for (const key of askedSoFar(picture, question)) this.keys.add(key);
  }

  /**
   * A page that was loaded anew remembers nothing, but the room tells its question, whose graph the tab had open.
   * @param {Picture} picture
   * @param {RoomState} state
   */
  recall(picture, { question, teacher }) {
    if (this.isRemembered || !question || question.id !== teacher?.question) return;
    if (["number", "choice"].includes(question.kind) && picture.lesson?.number === teacher.course) this.meet(picture, question);
  }
}
