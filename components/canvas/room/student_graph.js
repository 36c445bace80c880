/**
 * Which graph stands on a student's canvas: that of the question, or their own, which is kept meanwhile.
 *
 * @typedef {import("../model/types/room_types.js").RoomState} RoomState
 */

import { toDocument } from "../model/graph/document.js";
import { localStore, sessionStore } from "../parts/browser_storage.js";

const MET = "room-question";
const SHOWS = "room-shows-question";
const OWN = "backprop-playground-room-own-graph";
const MOST_ROOMS = 3;

export class StudentGraph {
  /** The room, its question that was met last, and one's own graph while that of the question is shown. */
  #code = "";
  #met = "";
  #own = "";
  #shows = false;
  /** Keeps them over a reload: each tab has its own graph, and may be in a room of its own. */
  #tab = sessionStore();
  /** Keeps one's own graph for the tab that comes back into a room after this one was closed. */
  #device = localStore();

  /**
   * @param {import("./opening.js").Opening} opening
   * @param {() => RoomState} state
   */
  constructor(opening, state) {
    this.opening = opening;
    this.state = state;
    this.#met = this.#tab.get(MET) ?? "";
    this.#own = this.#tab.get(OWN) ?? "";
    this.#shows = this.#tab.get(SHOWS) !== null;
  }

  /** Whether it is the question's graph that is shown. */
  get showsQuestion() {
    return this.#shows;
  }

  /** What the question shows beside one's own: its graph, or once it is revealed the one that was to be built. */
  get graph() {
    const { question, you, told } = this.state();
    return (told?.phase === "revealed" && you?.revealed?.graph) || question?.graph;
  }

  /** Open the graph of a question that has come; where it has none, one's own is there to answer with. */
  follow() {
    const { question, told, code } = this.state();
    if (!question || question.id !== told?.question) return;
    this.#code = code;
    if (question.id === this.#met) { // also after a reload
      if (this.#shows && told.phase !== "revealed") this.opening.holdAt(question.done);
      return;
    }
    this.#met = question.id;
    this.#tab.set(MET, question.id);
    if (this.graph) this.openQuestion();
    else this.openOwn();
  }

  /** Turn from the question's graph to one's own, or back. */
  turn() {
    if (this.#shows) this.openOwn();
    else this.openQuestion();
  }

  openQuestion() {
    const { opening, graph } = this;
    const { question, you, told } = this.state();
    if (!question || !graph) return;
    if (!this.#shows) this.#keepOwn();
    this.#shows = true;
    this.#tab.set(SHOWS, "on");
    opening.openQuestion(question, graph, told?.phase !== "revealed");
    if (question.own && you) opening.model.command({ type: "own numbers", name: `student ${you.number}` });
  }

  #keepOwn() {
    const key = `${OWN}:${this.#code}`;
    const left = this.#device.get(key); // a tab was closed here beside the question's graph, which is what stands here now
    this.#own = left ?? JSON.stringify(toDocument(this.opening.model.picture));
    const others = this.#device.keys().filter((each) => each.startsWith(`${OWN}:`) && each !== key);
    for (const each of others.slice(MOST_ROOMS)) this.#device.remove(each); // of rooms that have ended meanwhile
    for (const store of [{ kept: this.#tab, key: OWN }, { kept: this.#device, key }]) {
      if (!store.kept.set(store.key, this.#own)) store.kept.remove(store.key);
    }
  }

  /** Whoever leaves goes on with what was there before, too. */
  openOwn() {
    if (!this.#shows) return;
    this.#shows = false;
    const own = this.#own || this.#device.get(`${OWN}:${this.#code}`);
    for (const key of [SHOWS, OWN]) this.#tab.remove(key);
    this.#device.remove(`${OWN}:${this.#code}`);
    this.#own = "";
    if (own) this.opening.open({ type: "open", text: own });
  }
}
