/**
 * What a teacher sees of the room: the question, how many have answered, the spread, and what can be done next. No name
 * stands here, and which answers are right only once it is revealed: a class may see this screen.
 *
 * @typedef {import("../model/types/room_types.js").RoomState} RoomState
 *
 * @typedef {object} TeacherActs
 * @property {() => void} next the one thing that comes next: ask, close, reveal
 * @property {() => void} voteAgain
 * @property {() => void} ask opens the form
 * @property {(shown: boolean) => void} showSpread
 * @property {() => void} openDialog
 * @property {() => string} lessonQuestion what the open lesson asks, which its own strip says
 * @property {() => number} listed how many questions are on the list
 * @property {() => string} coming says what the next question asks; "" where nothing is ready to be asked
 * @property {(step: number) => void} goToStep
 * @property {() => boolean} isAway whether a student's graph is looked at
 * @property {() => void} comeBack
 */

import { titleOf } from "../model/room/room_questions.js";
import { button, element, setText } from "../parts/dom.js";
import { say, sayCount } from "../parts/messages.js";
import { OnePress } from "../parts/one_press.js";
import { diagnosed, spreadView } from "./spread_view.js";

export class TeacherStrip {
  /** Whether it is shown what the answers come of, and whether the spread is shown here while the vote is open. */
  #tells = false;
  #looks = false;
  /** @type {RoomState | undefined} */
  #state;
  /** What the lesson beside it asked when it was shown last, and what the next question would have asked. */
  #beside = "";
  #coming = "";

  /**
   * @param {TeacherActs} acts
   * @param {HTMLElement} form
   * @param {HTMLElement} list
   */
  constructor(acts, form, list) {
    this.acts = acts;
    this.who = button({ text: "", class: "room-who", "data-control": "room" }, () => acts.openDialog());
    this.title = element("p", { class: "room-title", "data-testid": "room-question" });
    this.count = element("p", { class: "room-count", role: "status", "data-testid": "room-count" });
    this.ask = button({ text: say("Ask…"), "data-control": "ask" }, () => acts.ask());
    this.next = button({ text: "", class: "primary", title: say("Next in the room (N)"), "data-control": "room-next" }, () => this.press("next"));
    this.again = button({ text: say("Vote again"), title: say("Vote again (V)"), "data-control": "vote-again" }, () => this.press("again"));
    this.shown = button({ text: say("Class sees the spread"), "data-control": "show-spread" }, () => {
      if (this.presses.shown.take()) acts.showSpread(this.shown.getAttribute("aria-pressed") !== "true");
    });
    this.presses = { next: new OnePress(this.next), again: new OnePress(this.again), shown: new OnePress(this.shown) };
    this.looks = button({ text: say("Spread"), title: say("Show here how the answers are spread, while the vote is open"), "data-control": "look" }, () => {
      this.#looks = !this.#looks;
      this.#again();
    });
    this.tells = button({ text: say("Diagnosis"), title: say("Show here what the answers come of"), "data-control": "diagnosis" }, () => {
      this.#tells = !this.#tells;
      this.#again();
    });
    this.step = button({ text: say("Show the step"), "data-control": "room-step" }, () => acts.goToStep(this.#state?.teacher?.revealed?.step ?? 0));
    this.back = button({ text: say("The question's graph"), "data-control": "come-back" }, () => acts.comeBack());
    this.coming = element("p", { class: "room-coming", "data-testid": "room-coming" });
    this.spreads = element("div", { class: "room-spreads" });
    this.box = element("div", { class: "room-teacher" }, [
      element("div", { class: "room-row" }, [
        this.title, this.count,
        element("span", { class: "room-tools" }, [
          this.back, this.next, this.again, this.step, this.ask, this.looks, this.shown, this.tells, this.who,
        ]),
      ]), this.coming, form, list, this.spreads,
    ]);
  }

  /**
   * Do what comes next, or vote again: pressed twice, the vote is closed and not revealed as well, and voted on once more.
   * @param {"next" | "again"} which
   */
  press(which) {
    if (this.presses[which].take()) ({ next: this.acts.next, again: this.acts.voteAgain })[which]();
  }

  #again() {
    if (this.#state) this.show(this.#state);
  }

  /** Another lesson may stand above the room's question, which is said here unless that lesson says it; it may ask next. */
  meetLesson() {
    if (this.acts.lessonQuestion() !== this.#beside || this.acts.coming() !== this.#coming) this.#again();
  }

  /** @param {RoomState} state */
  show(state) {
    const { teacher, question, code, isConnected } = state;
    if (this.#state?.question?.id !== question?.id) this.#tells = this.#looks = false;
    this.#state = state;
    const phase = teacher?.phase;
    const spreads = teacher?.spreads ?? [];
    const students = teacher?.students.length ?? 0;
    const answered = teacher?.students.filter((student) => student.answered).length ?? 0;
    const count = sayCount("{count} student", "{count} students", students);
    setText(this.who, `${code.toUpperCase()} · ${count}`);
    const asks = question && question.id === teacher?.question ? titleOf(question) : "";
    this.#beside = this.acts.lessonQuestion();
    const isSaid = phase === "revealed" && asks === this.#beside;
    setText(this.title, isSaid ? "" : asks || say("The class waits for a question."));
    setText(this.count, !isConnected ? say("The room does not answer. It is tried again.") : phase === undefined ? "" : {
      open: say("{answered} of {all} have answered", { answered, all: students }),
      closed: say("Closed: {answered} of {all} answered", { answered, all: students }),
      revealed: teacher?.revealed?.right ? say("Right: {answer}.", { answer: teacher.revealed.right }) : say("Revealed"),
    }[phase]);
    setText(this.next, phase === "open" ? say("Close the vote") : phase === "closed" ? say("Reveal") : this.#nextQuestion());
    this.#coming = this.acts.coming();
    this.coming.hidden = phase === "open" || phase === "closed" || this.#coming === "";
    setText(this.coming, this.#coming);
    this.step.hidden = phase !== "revealed" || teacher?.revealed?.step === undefined;
    this.back.hidden = !this.acts.isAway();
    this.looks.hidden = phase !== "open";
    this.looks.setAttribute("aria-pressed", String(this.#looks));
    this.again.hidden = phase !== "open" && phase !== "closed";
    this.shown.hidden = this.again.hidden;
    this.tells.hidden = spreads.every((spread) => diagnosed(spread).length === 0) || phase === "revealed";
    this.shown.setAttribute("aria-pressed", String(teacher?.showsSpread === true));
    this.tells.setAttribute("aria-pressed", String(this.#tells));
    const tells = phase === "revealed" ? "right" : this.#tells ? "diagnosis" : "bars";
    // While the vote is open and nobody has asked to see it, the spread would sway who has not answered.
    const isSeen = phase !== "open" || teacher?.showsSpread === true || this.#looks || this.#tells;
    const { choices = [] } = question ?? {};
    const asked = phase === "open" && choices.length ? [element("ul", { class: "room-choices" }, choices.map((text) => element("li", { text })))] : [];
    this.spreads.replaceChildren(...(spreads.length && isSeen ? [spreadView(spreads, tells)] : asked));
  }

  #nextQuestion() {
    const count = this.acts.listed();
    return count ? say("Next question ({count})", { count }) : say("Next question");
  }
}
