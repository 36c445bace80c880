/**
 * Which graph stands on a teacher's canvas: that of the question, on whichever of the teacher's devices it was asked; or one
 * that a student shows, from which one comes back.
 *
 * @typedef {import("../model/types/room_types.js").RoomState} RoomState
 * @typedef {import("../model/types/event_types.js").Command} Command
 */

import { toDocument } from "../model/graph/document.js";
import { sessionStore } from "../parts/browser_storage.js";

const MET = "room-asked";
const BEFORE = "room-graph-before";

export class TeacherGraph {
  /** What opens the graph that stood there before a student's. @type {Command | null} */
  #before = null;
  #tab = sessionStore();

  /**
   * @param {import("./opening.js").Opening} opening
   * @param {() => RoomState} state
   * @param {() => void} onOpen told when the graph of the question is open
   */
  constructor(opening, state, onOpen) {
    this.opening = opening;
    this.state = state;
    this.onOpen = onOpen;
    const before = this.#tab.get(BEFORE);
    if (before !== null) this.#before = JSON.parse(before); // a student's graph is looked at still, after a reload
  }

  /** Whether a student's graph is looked at. */
  get isAway() {
    return this.#before !== null;
  }

  /** Whether the graph of the present question was open here last, also before a reload. */
  get isAtQuestion() {
    const { question } = this.state();
    return !this.isAway && question !== undefined && question.id === this.#tab.get(MET);
  }

  /** A question is asked from here, so its graph is open already. @param {string} id */
  meet(id) {
    this.#tab.set(MET, id);
    this.#keep(null);
  }

  /** Open what was asked on another device. */
  follow() {
    const { question, teacher } = this.state();
    if (!question || question.id !== teacher?.question || question.id === this.#tab.get(MET)) return;
    this.meet(question.id);
    const { course, phase, revealed } = teacher;
    const isOpen = phase !== "revealed";
    const graph = revealed?.graph ?? question.graph;
    if (question.kind === "build" && isOpen) this.clear();
    else if (question.kind !== "build" && course !== undefined) {
      this.opening.open({ type: "lesson", lesson: course - 1 }, () => {
        this.opening.goTo(question.done, isOpen);
        this.onOpen();
      });
    } else if (graph) this.opening.openQuestion(question, graph, isOpen, this.onOpen);
  }

  /** What a class is to build does not stand where it sees it. */
  clear() {
    this.opening.open({ type: "new" });
  }

  /** Look at a graph that a student shows. @param {string} link */
  visit(link) {
    const { picture } = this.opening.model;
    const { lesson } = picture;
    if (!this.isAway) {
      this.#keep(lesson?.number === undefined ? { type: "open", text: JSON.stringify(toDocument(picture)) }
        : { type: "lesson", lesson: lesson.number - 1 });
    }
    this.opening.open({ type: "open link", link });
  }

  /** @param {Command | null} before */
  #keep(before) {
    this.#before = before;
    if (before) this.#tab.set(BEFORE, JSON.stringify(before));
    else this.#tab.remove(BEFORE);
  }

  /** Come back from it. */
  comeBack() {
    const before = this.#before;
    this.#keep(null);
    if (before) this.opening.open(before, this.onOpen);
  }
}
