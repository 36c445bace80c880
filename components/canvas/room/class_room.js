/**
 * The page's place in a class's room: it joins by the link, opens the question's graph and keeps one's own, and hands the
 * room what is asked and answered.
 *
 * @typedef {import("../model/room_types.js").RoomState} RoomState
 * @typedef {import("../model/types.js").Picture} Picture
 *
 * @typedef {object} RoomTools
 * @property {import("../model/page_model.js").PageModel} model
 * @property {import("../drawing/stage.js").Stage} stage
 * @property {import("../parts/dialog.js").Dialogs} dialogs
 * @property {import("../panels/asked_numbers.js").AskedNumbers} asked
 * @property {import("../panels/stepper.js").Stepper} stepper
 * @property {import("../panels/answers.js").Answers} answers
 * @property {HTMLElement} root
 */

import { toDocument } from "../model/document.js";
import { Room } from "../model/room.js";
import { askableNumbers, nextQuestion } from "../model/room_questions.js";
import { rememberedSwitch, rememberedText, sessionStore } from "../parts/browser_storage.js";
import { element } from "../parts/dom.js";
import { isFromField } from "../parts/keys.js";
import { say } from "../parts/messages.js";
import { AskForm } from "./ask_form.js";
import { ClassDialog } from "./class_dialog.js";
import { roomHost } from "./host.js";
import { StudentStrip } from "./student_strip.js";
import { TeacherStrip } from "./teacher_strip.js";

const CODE = "room";
const SECRET = /^#teacher=([\w-]{20,100})$/;

export class ClassRoom {
  /** What was asked in this room already, by the keys of `nextQuestion`. @type {Set<string>} */
  #asked = new Set();
  /** The lesson that is opened to ask its question. @type {number | undefined} */
  #coming;
  /** What is to be done once another graph is open than this. @type {{document: number | undefined, act: () => void} | null} */
  #whenOpen = null;
  #hasMet = false;

  /** @param {RoomTools} tools */
  constructor(tools) {
    const { model, stage, dialogs, asked, stepper } = tools;
    this.tools = tools;
    const base = () => new URL(model.rooms ?? "rooms", document.baseURI).href;
    this.room = new Room(roomHost(base), (state, before) => this.#follow(state, before), (sentence) => stage.tellAt(null, sentence));
    this.dialog = new ClassDialog(this.room, dialogs, {
      share: () => tools.answers.sharing.show(this.#link(), "", {
        copy: say("Copy this link: it leads into the room."), copied: say("Copied. The link leads into the room."),
      }),
      shareSecret: () => void dialogs.showLink(`${this.#link()}#teacher=${this.room.secret}`, [], {
        copy: say("Copy this link and keep it to yourself: whoever has it leads the room."),
        copied: say("Copied. Keep the link to yourself: whoever has it leads the room."),
      }),
      openGraph: (link) => void model.command({ type: "open link", link }),
      showGraph: () => {
        if (this.room.state.you?.showsGraph) void this.room.showGraph("");
        else this.#withLink((link) => void this.room.showGraph(link));
      },
    });
    this.form = new AskForm({
      picture: () => model.picture, done: () => (model.steps.isOpen ? model.steps.position : 0),
      ask: (question, key) => void this.#ask(question, key),
    });
    this.teacher = new TeacherStrip({
      next: () => void this.#next(), voteAgain: () => void this.#voteAgain(),
      ask: () => (this.form.box.hidden ? this.form.open() : this.form.close()),
      showSpread: (shown) => void this.room.act({ type: "show_spread", shown }), openDialog: () => this.dialog.open(),
      lessonQuestion: () => model.picture.lesson?.question ?? "",
    }, this.form.box);
    /** The question that was met last, whether it is its graph that is shown, and the student's own graph meanwhile. */
    this.met = rememberedText("room-question");
    this.showsQuestion = rememberedSwitch("room-shows-question");
    this.own = rememberedText("room-own-graph");
    this.tab = sessionStore();
    this.student = new StudentStrip({
      answer: (text, locks) => this.room.answer(text, locks), answerWithGraph: () => this.#withLink((link) => void this.room.answer(link, false)),
      turnGraph: () => this.#turnGraph(),
      goToStep: (step) => stepper.enter(() => stepper.go(step)),
      openDialog: () => this.dialog.open(),
    });
    this.box = element("section", { class: "room", "aria-label": say("Class"), hidden: true }, [this.teacher.box, this.student.box]);
    asked.room = { answers: (name) => this.#answers(name) };
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
    const waiting = this.#whenOpen;
    if (waiting && waiting.document !== picture.document) {
      this.#whenOpen = null;
      waiting.act();
    }
    if (this.#coming === undefined || picture.lesson?.number !== this.#coming) return;
    this.#coming = undefined;
    void this.#next();
  }

  /** Come into the room that the link names, or that this page was in before a reload. */
  #comeIn() {
    const { searchParams, hash } = new URL(globalThis.location.href);
    const code = searchParams.get(CODE) ?? "";
    const secret = SECRET.exec(hash)?.[1];
    if (code && secret) {
      history.replaceState(history.state, "", `${globalThis.location.pathname}${globalThis.location.search}`); // the link is not left for whoever looks
      this.room.teach(code, secret);
      return;
    }
    const opened = this.room.opened;
    if (opened && (code === opened.code || (!code && this.tab.get(CODE) === opened.code))) this.room.teach(opened.code, opened.token);
    else if (code && this.room.knows(code)) void this.room.join(code);
    else if (code) this.dialog.openForNobody(code);
  }

  /** The link for students: this page, in this room. */
  #link() {
    const url = new URL(globalThis.location.href);
    url.search = new URLSearchParams({ [CODE]: this.room.state.code }).toString();
    url.hash = "";
    return url.href;
  }

  // What the server says --------------------------------------------------------------------------------------

  /**
   * @param {RoomState} state
   * @param {RoomState} before
   */
  #follow(state, before) {
    const { role, question, told } = state;
    this.box.hidden = role === "";
    this.teacher.box.hidden = role !== "teacher";
    this.student.box.hidden = role !== "student";
    const phase = (state.teacher ?? told)?.phase;
    // The room says what is asked; the lesson's own strip would say it twice, and explain it.
    this.tools.root.classList.toggle("room-asks", role !== "" && phase !== undefined && phase !== "revealed");
    if (role !== before.role || state.code !== before.code) this.#keepAddress(state);
    if (role === "teacher") {
      this.teacher.show(state);
      this.dialog.tellPeople();
      if (state.teacher?.phase === "revealed" && before.teacher?.phase !== "revealed") this.#reveal();
    }
    if (role === "student") {
      if (question && question.id === told?.question && question.id !== this.met.get()) this.#meet(question.id);
      if (told?.phase === "revealed" && before.told?.phase !== "revealed") this.#reveal();
      this.#showStudent();
    }
    // Whoever leaves goes on with what was there before.
    if (before.role === "student" && role !== "student" && this.showsQuestion.get()) this.#openOwn();
    this.tools.asked.mark();
  }

  /** The address names the room, so that a reload comes back to it. @param {RoomState} state */
  #keepAddress({ role, code }) {
    if (role === "teacher") this.tab.set(CODE, code);
    else this.tab.remove(CODE);
    const url = new URL(globalThis.location.href);
    if (role === "student") url.searchParams.set(CODE, code);
    else url.searchParams.delete(CODE);
    history.replaceState(history.state, "", url.href);
  }

  #showStudent() {
    const graph = { hasOwn: this.#questionGraph() !== undefined, isOwn: !this.showsQuestion.get() };
    this.student.show(this.room.state, graph);
  }

  #questionGraph() {
    const { question, you, told } = this.room.state;
    return (told?.phase === "revealed" && you?.revealed?.graph) || question?.graph;
  }

  /**
   * Another question has come: its graph is opened; where it has none, one's own is there to answer with.
   * @param {string} id
   */
  #meet(id) {
    this.met.set(id);
    if (this.#questionGraph()) this.#openQuestion();
    else if (this.showsQuestion.get()) this.#openOwn();
  }

  /** Open the graph of the question; one's own is kept. */
  #openQuestion() {
    const { model } = this.tools;
    const { question, you } = this.room.state;
    const graph = this.#questionGraph();
    if (!question || !graph) return;
    if (!this.showsQuestion.get()) this.own.set(JSON.stringify(toDocument(model.picture)));
    this.showsQuestion.set(true);
    model.command({ type: "open", text: JSON.stringify(graph) });
    model.command({ type: "variant", variant: question.variant });
    if (question.own && you) model.command({ type: "own numbers", name: `student ${you.number}` });
    const { done } = question;
    const { stepper } = this.tools;
    if (done !== undefined) this.#whenOpen = { document: model.picture.document, act: () => stepper.enter(() => stepper.go(done)) };
  }

  /** Turn from the question's graph to one's own, or back. */
  #turnGraph() {
    if (this.showsQuestion.get()) this.#openOwn();
    else this.#openQuestion();
  }

  #openOwn() {
    this.showsQuestion.set(false);
    const own = this.own.get();
    if (own) this.tools.model.command({ type: "open", text: own });
  }

  /** The number that was asked for is shown on the canvas, once everybody may know it. */
  #reveal() {
    const { model } = this.tools;
    const { question } = this.room.state;
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
    if (role === "" || question === undefined || (role === "student" && !this.showsQuestion.get())) return false;
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
   */
  #withLink(use) {
    this.tools.answers.sharing.onLink = use;
    this.tools.answers.askForLink();
  }

  // What a teacher does ---------------------------------------------------------------------------------------

  /**
   * @param {Record<string, unknown>} question
   * @param {string} [key]
   */
  async #ask(question, key) {
    const { model } = this.tools;
    const { picture } = model;
    if (!await this.room.ask({ ...question, variant: model.answer?.variant })) return;
    this.form.close();
    if (key) this.#asked.add(key);
    const chosen = askableNumbers(picture).find(({ name }) => name === question.asked);
    const isHidden = (picture.asked ?? []).some(({ name }) => name === question.asked);
    // A class may see this screen, so what it is asked does not stand there.
    if (chosen && !isHidden) model.edit({ type: "hide", numbers: [chosen.number], hidden: true });
  }

  /** The one thing that comes next: close, reveal, or the next question of the graph or of the lesson behind it. */
  async #next() {
    const { teacher } = this.room.state;
    const { model } = this.tools;
    const { question, round, phase } = teacher ?? {};
    if (phase === "open" && question && round !== undefined) return void this.room.act({ type: "close", question, round });
    if (phase === "closed" && question) return void this.room.act({ type: "reveal", question });
    const found = nextQuestion(model.picture, this.#asked);
    if (found) return void this.#ask(found.question, found.key);
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
    const acts = { n: () => void this.#next(), v: () => void this.#voteAgain() };
    const act = acts[/** @type {"n" | "v"} */ (event.key.toLowerCase())];
    if (!act) return;
    event.preventDefault();
    act();
  }
}
