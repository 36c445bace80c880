/**
 * Going through the steps: forth and back, playing, running Forward and Backward, and picking what comes next.
 *
 * @typedef {import("../../model/types/event_types.js").Command} Command
 * @typedef {import("../../model/page_model.js").PageModel} PageModel
 */

import { around } from "../../parts/dom.js";
import { askedBy } from "../../model/graph/asked.js";
import { candidateAt } from "../../model/step_position.js";

const STEP_MS = 1500;
export const SPEEDS = [0.5, 1, 2, 4];

export class Stepper {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** What goes on once Python has carried out an event. @type {{seq: number, goOn: () => unknown} | null} */
  #ordered = null;
  /** What is to be done once there are steps. @type {(() => unknown)[]} */
  #waiting = [];
  #asksForPage = false;

  /** @param {PageModel} model */
  constructor(model) {
    this.model = model;
    this.at = model.steps;
    this.speed = 1;
  }

  /**
   * Do something with the steps; where nobody steps yet, begin, and do it once there are steps.
   * @param {() => unknown} act
   * @param {"start" | "end"} from where it begins
   */
  enter(act, from = "start") {
    if (this.at.isOpen && this.at.steps) {
      act();
      return true;
    }
    if (!this.at.isOpen) {
      this.#waiting = from === "end" ? [() => this.go(this.at.count)] : [];
      this.setOpen(true);
    }
    this.#waiting.push(act);
    return true;
  }

  /**
   * Begin to step, or end it.
   * @param {boolean} isOpen
   */
  setOpen(isOpen) {
    if (isOpen === this.at.isOpen) return true;
    this.pause();
    this.at.setOpen(isOpen);
    if (!isOpen) this.#waiting = [];
    this.model.lookAt({ stepping: isOpen });
    this.model.show();
    return true;
  }

  /** There is another picture: what was to be done once there are steps is done now, in order. */
  settle() {
    if (!this.at.steps || this.#waiting.length === 0) return;
    for (const act of this.#waiting.splice(0)) act();
  }

  /** How long a step lasts while it plays. */
  get stepMs() {
    return STEP_MS / this.speed;
  }

  /** Whether Forward and Backward run only when somebody says so. */
  get isByHand() {
    return this.model.answer?.automatic === false;
  }

  /** The Functions of which one may be picked to come next. */
  get candidates() {
    return this.at.candidates(this.model.picture);
  }

  /** @param {number} position */
  go(position) {
    this.pause();
    return this.#moveTo(position);
  }

  /** @param {number} position */
  #moveTo(position) {
    this.at.go(position);
    this.model.show();
    this.#askForPage();
    return true;
  }

  /** Ask for the page of steps that is needed soon, one at a time. */
  #askForPage() {
    const { wantedPage } = this.at;
    if (wantedPage === null || this.#asksForPage || wantedPage === this.model.look.steps_after) return;
    this.#asksForPage = true;
    this.model.lookAt({ steps_after: wantedPage });
  }

  next() {
    return this.go(this.at.position + 1);
  }

  back() {
    return this.go(this.at.position - 1);
  }

  /**
   * Play on to a step; from the end it starts anew.
   * @param {number} [until]
   * @param {number} [from]
   */
  play(until = this.at.count, from = this.at.position >= until ? 0 : this.at.position) {
    this.pause();
    if (until === 0) return true;
    this.at.until = Math.min(until, this.at.last ?? until);
    this.#moveTo(from);
    this.#wait();
    return true;
  }

  #wait() {
    this.#timer = setTimeout(() => {
      const { position, until } = this.at;
      if (until === null) return;
      if (!this.at.has(position + 1)) { // the page is under way
        this.#wait();
        return;
      }
      if (askedBy(this.model.picture, this.at.next)) { // to be predicted before it is seen
        this.pause();
        this.model.show();
        return;
      }
      const arrives = position + 1 >= until;
      if (arrives) this.at.until = null;
      this.#moveTo(position + 1);
      if (!arrives) this.#wait();
    }, this.stepMs);
  }

  pause() {
    clearTimeout(this.#timer);
    this.at.until = null;
  }

  togglePlay() {
    if (!this.at.isPlaying) return this.play();
    this.pause();
    this.model.show();
    return true;
  }

  /** Run Forward: from the start to where every Function has computed. */
  playForward() {
    const run = () => this.play(this.at.steps?.forward ?? 0, 0);
    return this.isByHand ? this.#order("forward", () => this.at.isOpen && run()) : this.enter(run);
  }

  /** Run Backward: from where every Function has computed to the end; by hand, one more pass. */
  playBackward() {
    const before = this.at.count;
    if (!this.isByHand) return this.enter(() => this.play(this.at.count, this.at.steps?.forward ?? 0));
    return this.#order("backward", () => this.at.isOpen && this.play(this.at.count, before));
  }

  clearGrads() {
    return this.#order("cleargrad", () => this.at.isOpen && this.go(this.at.count));
  }

  /**
   * Let Python do something, and go on when it has.
   * @param {"forward" | "backward" | "cleargrad"} type
   * @param {() => unknown} goOn
   */
  #order(type, goOn) {
    this.pause();
    this.#ordered = { seq: this.model.command({ type }), goOn };
    return true;
  }

  /**
   * Python has carried out everything up to a number.
   * @param {number} ack
   */
  acknowledge(ack) {
    this.#asksForPage = false;
    this.#askForPage();
    if (!this.#ordered || ack < this.#ordered.seq) return;
    const { goOn } = this.#ordered;
    this.#ordered = null;
    goOn();
  }

  /** With another session all numbers are others, and nothing is under way. */
  forget() {
    this.#ordered = null;
    this.#asksForPage = false;
  }

  /**
   * Answers whether a key meant something here.
   * @param {KeyboardEvent} event
   */
  press(event) {
    if (!this.at.isOpen || event.ctrlKey || event.metaKey || event.altKey) return false;
    switch (event.key) {
      case "ArrowRight":
      case "PageDown": // a presenter's two keys
        return this.enter(() => this.next());
      case "ArrowLeft":
      case "PageUp":
        return this.enter(() => this.back());
      case "Home":
        return this.enter(() => this.go(0));
      case "End":
        return this.enter(() => this.go(this.at.count));
      case " ":
        // Space on a button presses it; held down it goes on meaning one press.
        if (event.repeat) return true;
        return around(event, "button, [role=button]") ? false : this.togglePlay();
      case "f":
      case "F":
        return this.playForward();
      case "b":
      case "B":
        return this.playBackward();
      default:
        return false;
    }
  }

  /**
   * Let the class choose which Function comes next, or leave it to the variant.
   * @param {boolean} on
   */
  letChoose(on) {
    this.pause();
    this.model.show();
    this.at.goToNextEnd({ anew: true });
    this.model.command({ type: "pick", order: on ? [] : null });
  }

  /**
   * Visit a Function of the work list next.
   * @param {string} id
   */
  pick(id) {
    const picks = this.model.picture.picks ?? [];
    this.at.goToNextEnd();
    this.model.selection.select([]);
    this.model.command({ type: "pick", order: [...picks, id] });
  }

  /**
   * Pick the Function that a node stands for; answers false where it may not come next.
   * @param {string} id
   */
  pickAt(id) {
    const candidate = candidateAt(this.model.picture, id, this.candidates);
    if (candidate === undefined) return false;
    this.pick(candidate);
    return true;
  }
}
