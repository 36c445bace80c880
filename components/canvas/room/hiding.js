/**
 * What a teacher's own screen does not show while a class is asked for it: the class may see this screen. It belongs to one
 * question alone.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../model/types/asked_types.js").NumberName} NumberName
 */

import { askableNumbers, documentToAsk } from "../model/room/room_questions.js";

export class Hiding {
  /** What was hidden here for the question that was asked last, in which opening of the graph. @type {{document: number | undefined, number: NumberName} | null} */
  #hidden = null;

  /** @param {import("../model/page_model.js").PageModel} model */
  constructor(model) {
    this.model = model;
  }

  /**
   * Hide what a class is asked for, and show what was hidden for the question before.
   * @param {Picture} picture
   * @param {unknown} asked such as x.grad
   */
  hide(picture, asked) {
    const chosen = askableNumbers(picture).find(({ name }) => name === asked);
    const before = this.#before(picture);
    if (before && before.join(" ") === chosen?.number.join(" ")) return;
    this.#hidden = null;
    if (before) this.model.edit({ type: "hide", numbers: [before], hidden: false });
    if (!chosen || (picture.asked ?? []).some(({ name }) => name === asked)) return;
    this.#hidden = { document: picture.document, number: chosen.number };
    this.model.edit({ type: "hide", numbers: [chosen.number], hidden: true });
  }

  /**
   * A question with the graph as the class is asked about it.
   * @param {Picture} picture
   * @param {Record<string, unknown>} question
   */
  whole(picture, question) {
    return "graph" in question ? { ...question, graph: documentToAsk(picture, this.#before(picture)) } : question;
  }

  /** @param {Picture} picture */
  #before({ document }) {
    return this.#hidden?.document === document ? this.#hidden?.number : undefined;
  }
}
