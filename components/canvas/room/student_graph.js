/**
 * Which graph stands on a student's canvas: that of the question, or their own, which is kept meanwhile.
 *
 * @typedef {import("../model/types/room_types.js").RoomState} RoomState
 */

import { toDocument } from "../model/graph/document.js";
import { localStore, rememberedSwitch, rememberedText } from "../parts/browser_storage.js";

const OWN = "backprop-playground-room-own-graph";

export class StudentGraph {
  /** One's own graph, should the browser not keep it. */
  #own = "";

  /**
   * @param {import("./opening.js").Opening} opening
   * @param {() => RoomState} state
   */
  constructor(opening, state) {
    this.opening = opening;
    this.state = state;
    this.local = localStore();
    /** The question that was met last, and whether it is its graph that is shown. */
    this.met = rememberedText("room-question");
    this.showsQuestion = rememberedSwitch("room-shows-question");
  }

  /** What the question shows beside one's own: its graph, or once it is revealed the one that was to be built. */
  get graph() {
    const { question, you, told } = this.state();
    return (told?.phase === "revealed" && you?.revealed?.graph) || question?.graph;
  }

  /** Open the graph of a question that has come; where it has none, one's own is there to answer with. */
  follow() {
    const { question, told } = this.state();
    if (!question || question.id !== told?.question) return;
    if (question.id === this.met.get()) { // also after a reload
      if (this.showsQuestion.get() && told.phase !== "revealed") this.opening.holdAt(question.done);
      return;
    }
    this.met.set(question.id);
    if (this.graph) this.openQuestion();
    else this.openOwn();
  }

  /** Turn from the question's graph to one's own, or back. */
  turn() {
    if (this.showsQuestion.get()) this.openOwn();
    else this.openQuestion();
  }

  openQuestion() {
    const { opening, graph } = this;
    const { question, you, told } = this.state();
    if (!question || !graph) return;
    if (!this.showsQuestion.get()) this.#keepOwn();
    this.showsQuestion.set(true);
    opening.openQuestion(question, graph, told?.phase !== "revealed");
    if (question.own && you) opening.model.command({ type: "own numbers", name: `student ${you.number}` });
  }

  #keepOwn() {
    this.#own = JSON.stringify(toDocument(this.opening.model.picture));
    if (!this.local.set(OWN, this.#own)) this.local.remove(OWN);
  }

  /** Whoever leaves goes on with what was there before, too. */
  openOwn() {
    if (!this.showsQuestion.get()) return;
    this.showsQuestion.set(false);
    const own = this.#own || this.local.get(OWN);
    if (own) this.opening.open({ type: "open", text: own });
  }
}
