/**
 * The page's place in a class's room: it joins by the link, opens the question's graph and keeps one's own, and hands the
 * room what is asked and answered.
 *
 * @typedef {import("../model/types/room_types.js").RoomState} RoomState
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 *
 * @typedef {object} RoomTools
 * @property {import("../model/page_model.js").PageModel} model
 * @property {import("../drawing/stage.js").Stage} stage
 * @property {import("../parts/dialog.js").Dialogs} dialogs
 * @property {import("../panels/lessons/asked_numbers.js").AskedNumbers} asked
 * @property {import("../panels/steps/stepper.js").Stepper} stepper
 * @property {import("../panels/lessons/answers.js").Answers} answers
 * @property {HTMLElement} root
 */

import { AskedQuestions } from "../model/room/asked_questions.js";
import { Room } from "../model/room/room.js";
import { comingQuestion, nextQuestion } from "../model/room/room_questions.js";
import { forOthers } from "../model/text/address.js";
import { sessionStore } from "../parts/browser_storage.js";
import { element } from "../parts/dom.js";
import { isFromField } from "../parts/keys.js";
import { say } from "../parts/messages.js";
import { refuseHeldEnter } from "../parts/one_press.js";
import { AskForm } from "./ask_form.js";
import { ClassDialog } from "./class_dialog.js";
import { Hiding } from "./hiding.js";
import { roomHost } from "./host.js";
import { LessonBeside } from "./lesson_beside.js";
import { Opening } from "./opening.js";
import { QuestionList } from "./question_list.js";
import { linkToRoom, nameRoom, roomOfAddress } from "./room_address.js";
import { StudentGraph } from "./student_graph.js";
import { StudentStrip } from "./student_strip.js";
import { TeacherGraph } from "./teacher_graph.js";
import { TeacherStrip } from "./teacher_strip.js";

const LED = "room";

export class ClassRoom {
  #asked = new AskedQuestions();
  /** The lesson that is opened to ask its question. @type {number | undefined} */
  #coming;
  #hasMet = false;
  /** Whether a question was asked of which the room has not told yet. */
  #isAsking = false;

  /** @param {RoomTools} tools */
  constructor(tools) {
    const { model, stage, dialogs, asked, stepper } = tools;
    this.tools = tools;
    this.lessonBeside = new LessonBeside(tools.root, model);
    const base = () => new URL(model.rooms ?? "rooms", document.baseURI).href;
    this.room = new Room(roomHost(base), (state, before) => this.#follow(state, before), (sentence) => this.student.refuse(sentence) || stage.tellAt(null, sentence));
    this.dialog = new ClassDialog(this.room, dialogs, {
      share: () => tools.answers.sharing.show(linkToRoom(this.room.state.code), "", {
        copy: say("Copy this link: it leads into the room."), copied: say("Copied. The link leads into the room."),
      }),
      shareSecret: (withCode) => {
        const link = `${linkToRoom(this.room.state.code)}#teacher=${this.room.secret}`;
        const words = {
          copy: say("Copy this link and keep it to yourself: whoever has it leads the room."),
          copied: say("Copied. Keep the link to yourself: whoever has it leads the room."),
        };
        if (withCode) tools.answers.sharing.show(link, "", words);
        else void dialogs.showLink(forOthers(link, model.address), [this.dialog.secretCode()], words);
      },
      openGraph: (link) => {
        this.teacherGraph.visit(link);
        this.teacher.show(this.room.state);
      },
      showGraph: () => {
        if (this.room.state.you?.showsGraph) void this.room.showGraph("");
        else this.#withLink((link) => void this.room.showGraph(link));
      },
    });
    this.form = new AskForm({
      picture: () => model.picture, done: () => (model.steps.isOpen ? model.steps.position : 0),
      beginSteps: () => this.opening.beginSteps(),
      ask: (question, key) => void this.#ask(question, key),
      list: (question, key) => this.list.add({ question: this.#whole(question), key }),
    });
    this.list = new QuestionList();
    this.list.onChange = () => this.teacher.show(this.room.state);
    this.hiding = new Hiding(model);
    const opening = new Opening(model, stepper);
    this.opening = opening;
    this.teacherGraph = new TeacherGraph(opening, () => this.room.state, () => this.#meetAgain());
    this.studentGraph = new StudentGraph(opening, () => this.room.state);
    this.teacher = new TeacherStrip({
      next: () => void this.#next(), voteAgain: () => void this.#voteAgain(),
      ask: () => (this.form.box.hidden ? this.form.open() : this.form.close()),
      showSpread: (shown) => void this.room.act({ type: "show_spread", shown }), openDialog: () => this.dialog.open(),
      lessonQuestion: () => model.picture.lesson?.question ?? "", listed: () => this.list.length,
      coming: () => comingQuestion(model.picture, this.#asked.keys, this.list.first),
      goToStep: (step) => opening.goToStep(step),
      isAway: () => this.teacherGraph.isAway,
      comeBack: () => {
        this.teacherGraph.comeBack();
        this.teacher.show(this.room.state);
      },
    }, this.form.box, this.list.box);
    this.tab = sessionStore();
    this.student = new StudentStrip({
      kept: this.room, answer: (text, locks) => this.room.answer(text, locks), answerWithGraph: () => new Promise((done) => {
        this.#withLink((link) => void this.room.answer(link, false).then(done), () => done(false));
      }),
      turnGraph: () => {
        this.studentGraph.turn();
        this.#showStudent();
      },
      goToStep: (step) => opening.goToStep(step),
      openDialog: () => this.dialog.open(),
    });
    this.box = element("section", { class: "room", "aria-label": say("Class"), hidden: true }, [this.teacher.box, this.student.box]);
    asked.room = { answers: (name) => this.#answers(name) };
    refuseHeldEnter(this.box);
    // What had the focus may be gone, as a button that is no longer offered: the keys count all the same.
    globalThis.addEventListener("keydown", (event) => this.#press(event));
  }

  /** Whether the server has rooms. */
  get isOffered() {
    return this.tools.model.rooms !== undefined;
  }

  /** Another picture is shown. @param {Picture} picture */
  show(picture) {
    if (!this.#hasMet && this.isOffered) {
      this.#hasMet = true;
      this.#comeIn();
    }
    const { role, you } = this.room.state;
    if (role === "student" && you) this.#showStudent();
    if (role === "teacher") this.#recall();
    this.lessonBeside.show(this.room.state);
    this.opening.show(picture);
    if (this.#coming === undefined || picture.lesson?.number !== this.#coming) return;
    this.#coming = undefined;
    void this.#next();
  }

  /** Come into the room that the link names, or that this page was in before a reload. */
  #comeIn() {
    const { code, secret } = roomOfAddress();
    const opened = this.room.opened.find((each) => each.code === (code || this.tab.get(LED)));
    if (secret) this.room.teach(code, secret);
    else if (opened) this.room.teach(opened.code, opened.token);
    else if (code && this.room.knows(code)) {
      void this.room.join(code).then((isIn) => {
        if (!isIn) this.studentGraph.openOwn(); // the room has ended since
      });
    } else if (code) this.dialog.openForNobody(code);
  }

  // What the server says --------------------------------------------------------------------------------------

  /**
   * @param {RoomState} state
   * @param {RoomState} before
   */
  #follow(state, before) {
    const { role, told } = state;
    this.box.hidden = role === "";
    this.teacher.box.hidden = role !== "teacher";
    this.student.box.hidden = role !== "student";
    if (role !== before.role) this.lessonBeside.begin();
    this.lessonBeside.show(state);
    if (role !== before.role || state.code !== before.code) this.#keepAddress(state);
    if (state.teacher?.question !== before.teacher?.question) this.#isAsking = false;
    if (role === "teacher") {
      this.list.enter(state.code);
      this.teacherGraph.follow();
      this.#recall();
      this.teacher.show(state);
      this.dialog.tellPeople();
      if (state.teacher?.phase === "revealed" && before.teacher?.phase !== "revealed") this.#reveal();
    }
    if (role === "student") {
      this.studentGraph.follow();
      if (told?.phase === "revealed" && before.told?.phase !== "revealed") this.#reveal();
      this.#showStudent();
    }
    if (before.role === "student" && role !== "student") this.studentGraph.openOwn();
    if (before.role === "teacher" && !this.room.opened.some(({ code }) => code === before.code)) this.list.forget(before.code);
    this.tools.asked.mark();
  }

  /** The address names the room, so that a reload comes back to it. @param {RoomState} state */
  #keepAddress({ role, code }) {
    if (role === "teacher") this.tab.set(LED, code);
    else this.tab.remove(LED);
    nameRoom(role === "student" ? code : "");
  }

  #showStudent() {
    const { studentGraph, tools } = this;
    const isOwn = !studentGraph.showsQuestion;
    tools.root.classList.toggle("room-shows-question", this.room.state.role === "student" && !isOwn);
    this.student.show(this.room.state, { hasOwn: studentGraph.graph !== undefined, isOwn });
  }

  #recall() {
    if (this.teacherGraph.isAtQuestion) this.#asked.recall(this.tools.model.picture, this.room.state);
    this.teacher.meetLesson();
  }

  /** The graph of the question stands here again: what was asked of it is not asked once more, and what is known is shown. */
  #meetAgain() {
    const { question, teacher } = this.room.state;
    const { picture } = this.tools.model;
    if (!question) return;
    this.#asked.meet(picture, question);
    if (teacher?.phase === "revealed") this.#reveal();
    else this.hiding.hide(picture, question.asked);
    this.teacher.show(this.room.state); // the lesson may say itself what it asks
  }

  /** What was asked for is shown on the canvas, once everybody may know it; who steps comes to the step that decides. */
  #reveal() {
    const { model } = this.tools;
    const { question, teacher } = this.room.state;
    this.opening.free();
    const { graph, step } = teacher?.revealed ?? {};
    if (question && graph) this.opening.openQuestion(question, graph, false);
    if (step !== undefined && model.steps.isOpen) this.opening.goToStep(step);
    const found = (model.picture.asked ?? []).filter(({ name }) => name === question?.asked);
    if (found.length) model.command({ type: "reveal", numbers: found.map(({ node, kind, output }) => [node, kind, output]) });
  }

  /**
   * Whether hidden numbers are the room's to answer: the page would say at once what an answer comes of, also of a number
   * that is asked for next. The cursor goes to where the room's number is answered.
   * @param {string} [name]
   */
  #answers(name) {
    const { role, question } = this.room.state;
    if (role === "" || question === undefined || (role === "student" && !this.studentGraph.showsQuestion)) return false;
    if (role === "student" && name !== undefined && name === question.asked) this.student.begin();
    return true;
  }

  /**
   * Whether numbers may be hidden or shown now: not what a class is asked for.
   * @param {boolean} hidden
   */
  lets(hidden) {
    if (hidden || !this.#answers()) return true;
    this.tools.stage.tellAt(null, say("The class is asked for it. It is shown once it is revealed."));
    return false;
  }

  /**
   * Have a link made of the graph that stands on the canvas.
   * @param {(link: string) => void} use
   * @param {() => void} [giveUp] where there can be none
   */
  #withLink(use, giveUp = () => {}) {
    this.tools.answers.sharing.onLink = (link) => (link ? use(link) : giveUp());
    this.tools.answers.askForLink();
  }

  // What a teacher does ---------------------------------------------------------------------------------------

  /**
   * @param {Record<string, unknown>} question
   * @param {string} [key]
   * @param {string} [after]
   */
  async #ask(question, key, after) {
    const { model } = this.tools;
    const { picture } = model;
    if (this.#isAsking) return; // what the press before asks is on its way
    const id = this.room.host.newId();
    this.teacherGraph.meet(id);
    this.#asked.isRemembered = true;
    this.#isAsking = true;
    if (!await this.room.ask(this.#whole(question), id, after)) {
      this.#isAsking = false;
      this.teacherGraph.meet(this.room.state.question?.id ?? ""); // it is asked still
      return;
    }
    this.form.close();
    this.#asked.add(key);
    if (question.kind === "build") this.teacherGraph.clear();
    else this.hiding.hide(picture, question.asked);
  }

  /**
   * A question with what holds for all of them: the rule of Backward, and which lesson asks it.
   * @param {Record<string, unknown>} question
   */
  #whole(question) {
    const { answer, picture } = this.tools.model;
    const course = picture.lesson?.number;
    return { ...this.hiding.whole(picture, question), variant: answer?.variant, ...(course !== undefined && { course }) };
  }

  /** The one thing that comes next: close, reveal, or the next question of the graph or of the lesson behind it. */
  async #next() {
    const { teacher } = this.room.state;
    const { model } = this.tools;
    const { question, round, phase } = teacher ?? {};
    if (this.#isAsking) return; // what the press before asks is on its way
    if (phase === "open" && question && round !== undefined) return void this.room.act({ type: "close", question, round });
    if (phase === "closed" && question) return void this.room.act({ type: "reveal", question });
    const after = question ?? "";
    const listed = this.list.take();
    if (listed) {
      // As one that another device has asked: its graph is opened when it comes.
      this.#isAsking = true;
      if (await this.room.ask(listed.question, undefined, after)) return;
      this.#isAsking = false;
      return this.list.putBack(listed);
    }
    const found = nextQuestion(model.picture, this.#asked.keys);
    if (found) return void this.#ask(found.question, found.key, after);
    const lesson = model.picture.lesson?.number;
    if (lesson === undefined) return this.form.open();
    this.#coming = lesson + 1;
    model.command({ type: "lesson", lesson });
  }

  async #voteAgain() {
    const { question, round } = this.room.state.teacher ?? {};
    if (question && round !== undefined) await this.room.act({ type: "vote_again", question, round: round + 1 });
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (this.room.state.role !== "teacher" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.defaultPrevented || !this.tools.dialogs.letters.get() || isFromField(event)) return;
    const which = /** @type {const} */ ({ n: "next", v: "again" })[/** @type {"n" | "v"} */ (event.key.toLowerCase())];
    if (!which) return;
    event.preventDefault();
    if (!event.repeat) this.teacher.press(which); // a key that is held would close, reveal and ask on
  }
}
