/**
 * A graph is opened for a room, and what is to be done there is done once it is open.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../model/types/room_types.js").RoomQuestion} RoomQuestion
 */

export class Opening {
  /** What is to be done once another graph is open than this. @type {{document: number | undefined, act: () => void} | null} */
  #waiting = null;
  #hasBegunSteps = false;

  /**
   * @param {import("../model/page_model.js").PageModel} model
   * @param {import("../panels/steps/stepper.js").Stepper} stepper
   */
  constructor(model, stepper) {
    this.model = model;
    this.stepper = stepper;
  }

  /** Another picture is shown. @param {Picture} picture */
  show(picture) {
    const waiting = this.#waiting;
    if (!waiting || waiting.document === picture.document) return;
    this.#waiting = null;
    waiting.act();
  }

  /**
   * Open a graph that somebody keeps, and go where it was.
   * @param {import("../model/types/event_types.js").Command} command
   * @param {() => void} [act] done once it is open
   */
  open(command, act = () => {}) {
    this.#waiting = { document: this.model.picture.document, act };
    this.#leaveSteps();
    this.model.command(command);
  }

  /**
   * Open the graph of a question; where the next Function is asked for, at the step that was made last.
   * @param {RoomQuestion} question
   * @param {object} graph
   * @param {boolean} isOpenQuestion whether what comes next is not to be seen yet
   * @param {() => void} [act]
   */
  openQuestion({ variant, done }, graph, isOpenQuestion, act = () => {}) {
    this.open({ type: "open", text: JSON.stringify(graph) }, () => {
      this.goTo(done, isOpenQuestion);
      act();
    });
    this.model.command({ type: "variant", variant });
  }

  /**
   * Go to the step behind which the next Function is asked for.
   * @param {number | undefined} done undefined where something else is asked for
   * @param {boolean} isLast
   */
  goTo(done, isLast) {
    if (done === undefined) return;
    this.#begin(() => this.stepper.go(done));
    if (isLast) this.holdAt(done);
  }

  /** Begin to step where the backward pass begins, unless somebody has stepped already; it ends with the next graph. */
  beginSteps() {
    const { isOpen, position } = this.stepper.at;
    if (!isOpen || position === 0) this.#begin(() => this.stepper.go(this.stepper.at.steps?.forward ?? 0));
  }

  /** Look at a step. @param {number} step */
  goToStep(step) {
    this.#begin(() => this.stepper.go(step));
  }

  /** @param {() => unknown} act */
  #begin(act) {
    this.#hasBegunSteps ||= !this.stepper.at.isOpen;
    this.stepper.enter(act);
  }

  /**
   * Let nobody look at what comes next.
   * @param {number | undefined} done how many steps were made; undefined where all may be seen
   */
  holdAt(done) {
    this.stepper.at.last = done ?? null;
  }

  /** What comes next may be seen from now on. */
  free() {
    this.stepper.at.last = null;
  }

  #leaveSteps() {
    this.free();
    if (this.#hasBegunSteps) this.stepper.setOpen(false);
    this.#hasBegunSteps = false;
  }
}
