/**
 * A page's place in a class's room: it follows what the server says, and hands over what is asked, answered and decided.
 * What is handed over is handed over again until the server has answered; twice counts once there.
 *
 * @typedef {import("../types/room_types.js").RoomAction} RoomAction
 * @typedef {import("../types/room_types.js").RoomState} RoomState
 * @typedef {import("../exchange/event_stream.js").ServerEvent} ServerEvent
 * @typedef {import("../kept/storage.js").KeyValues} KeyValues
 *
 * @typedef {object} Answer of the server
 * @property {number} status 0 where none came
 * @property {any} told
 *
 * @typedef {object} RoomHost what a page lends to its room
 * @property {(method: string, path: string, token: string, body?: object) => Promise<Answer>} ask
 * @property {(path: string, token: string, lastId: string, take: (event: ServerEvent) => void, signal: AbortSignal) => Promise<number>} listen
 *   answers the status when the stream is over, 0 where none came, HELD_BACK where nothing came of what was begun
 * @property {(milliseconds: number) => Promise<void>} wait
 * @property {KeyValues} local
 * @property {() => string} newId
 */

import { say } from "../../parts/messages.js";

const TEACHER = "backprop-playground-room-teacher";
const STUDENT = "backprop-playground-room-student:";
const LAST = "backprop-playground-room";
const TYPED = "backprop-playground-room-typed:";
/** Stands between a question's id and what is typed: no field of one line holds it. */
const BREAK = "\n";
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8000;
const TRIES = 6;
/** Nobody answered, or a proxy (502, 504) or the server itself (503) says that it cannot be asked now. */
const UNANSWERED = [0, 502, 503, 504];
/** Of a stream of which nothing has come: something on the way, such as a school's filter, hands it on at its end. */
export const HELD_BACK = -1;
const MOST_ROOMS = 12;
/** Codes are letters alone; what else stands in one was typed to be read. */
const NO_LETTER = /[^a-z0-9]/g;

/** @type {RoomState} */
const NOWHERE = { role: "", code: "", isConnected: false };

/** A room's word as somebody typed it, also in a link. @param {string} typed */
export function codeTyped(typed) {
  return typed.toLowerCase().replace(NO_LETTER, "");
}

export class Room {
  #token = "";
  #lastId = "";
  /** Whether news are fetched one by one, each as an answer that ends: they come through what holds streams back. */
  #fetchesEach = false;
  /** @type {AbortController | null} */
  #listening = null;
  /** What is on its way to open or join a room; who presses again waits for the same. @type {{room: string, done: Promise<boolean>} | null} */
  #coming = null;
  /** The tokens that were made up for rooms that have not answered yet, so that asking again is asking for the same. @type {Map<string, string>} */
  #madeUp = new Map();
  /** The answer that is on its way; the next one waits, so that the last one is the one that counts. @type {Promise<unknown>} */
  #answering = Promise.resolve();

  /**
   * @param {RoomHost} host
   * @param {(state: RoomState, before: RoomState) => void} onChange
   * @param {(sentence: string) => void} tell says what was refused, or what has happened
   */
  constructor(host, onChange, tell) {
    this.host = host;
    this.onChange = onChange;
    this.tell = tell;
    /** @type {RoomState} */
    this.state = NOWHERE;
  }

  // Coming and going ------------------------------------------------------------------------------------------

  /** Open a room; answers whether there is one. */
  open() {
    return this.#come("", async (fresh) => {
      const { status, told } = await this.#handOver("POST", "", {}, fresh);
      if (status !== 200) return this.#refused(told);
      this.teach(told.code, told.token);
      return true;
    });
  }

  /**
   * Join a room; who was in it before on this device is the same student.
   * @param {string} typed
   * @param {string} [name]
   */
  join(typed, name = "") {
    const code = codeTyped(typed) || "-";
    return this.#come(code, async (fresh) => {
      const token = this.host.local.get(STUDENT + code) ?? "";
      const { status, told } = await this.#handOver("POST", `/${code}/join`, { name, token }, fresh);
      if (status !== 200) return this.#refused(told);
      this.host.local.set(STUDENT + told.code, told.token);
      this.host.local.set(LAST, told.code);
      this.#enter("student", told.code, told.token);
      return true;
    });
  }

  /**
   * Come into a room once, however often that is asked for meanwhile.
   * @param {string} room
   * @param {(fresh: string) => Promise<boolean>} come takes the token that somebody new there will have
   */
  #come(room, come) {
    if (this.#coming?.room === room) return this.#coming.done;
    const fresh = this.#madeUp.get(room) ?? this.host.newId() + this.host.newId();
    this.#madeUp.set(room, fresh);
    const coming = { room, done: come(fresh).then((isIn) => {
      if (isIn) this.#madeUp.delete(room);
      return isIn;
    }).finally(() => {
      if (this.#coming === coming) this.#coming = null;
    }) };
    this.#coming = coming;
    return coming.done;
  }

  /**
   * Be a room's teacher, by the secret link.
   * @param {string} code
   * @param {string} token
   */
  teach(code, token) {
    const others = this.opened.filter((each) => each.code !== code);
    this.host.local.set(TEACHER, JSON.stringify([{ code, token }, ...others].slice(0, MOST_ROOMS)));
    this.#enter("teacher", code, token);
  }

  /** The rooms that this device has led, the last one first. @returns {{code: string, token: string}[]} */
  get opened() {
    try {
      const kept = JSON.parse(this.host.local.get(TEACHER) ?? "[]");
      const rooms = Array.isArray(kept) ? kept : [kept]; // once there was one
      return rooms.filter((each) => typeof each?.code === "string" && typeof each.token === "string");
    } catch {
      return [];
    }
  }

  /** What opens the room as its teacher: for the link's fragment, which no server sees. */
  get secret() {
    return this.state.role === "teacher" ? this.#token : "";
  }

  /** Whether somebody has been in a room as a student, by its code. @param {string} code */
  knows(code) {
    return this.host.local.get(STUDENT + code) !== null;
  }

  /** Leave: the room goes on, and one can come back. */
  leave() {
    this.#listening?.abort();
    this.#listening = null;
    this.host.local.remove(LAST);
    this.#set(NOWHERE);
  }

  /**
   * @param {"teacher" | "student"} role
   * @param {string} code
   * @param {string} token
   */
  #enter(role, code, token) {
    this.#listening?.abort();
    this.#listening = new AbortController();
    this.#token = token;
    this.#lastId = "";
    this.#set({ role, code, isConnected: true });
    void this.#follow(this.#listening.signal);
  }

  // What the server says --------------------------------------------------------------------------------------

  /**
   * Listen as long as the room is there, also over lost connections.
   * @param {AbortSignal} signal
   */
  async #follow(signal) {
    let pause = FIRST_PAUSE;
    while (!signal.aborted) {
      const path = `/${this.state.code}/events${this.#fetchesEach ? "?once" : ""}`;
      const status = await this.host.listen(path, this.#token, this.#lastId, (event) => {
        pause = FIRST_PAUSE;
        if (!signal.aborted) this.#hear(event);
      }, signal);
      if (signal.aborted) return;
      if (status === 403) {
        this.#over(say("The room has ended, or you are not in it any more. Join it with its code."));
        return;
      }
      if (status === 200 && this.#fetchesEach) continue;
      this.#fetchesEach = status === HELD_BACK && !this.#fetchesEach;
      this.#set({ ...this.state, isConnected: false });
      await this.host.wait(pause * (0.75 + Math.random() / 2)); // a whole class does not come back in the same moment
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }

  /** @param {ServerEvent} event */
  #hear({ name, data, id }) {
    const told = /** @type {any} */ (data);
    if (name === "ended") this.#over(say("The room has ended. What was in it is deleted."));
    else if (name === "removed") this.#over(say("You are not in the room any more."));
    else if (name === "question") this.#set({ ...this.state, question: told });
    else if (name === "moment") {
      this.#lastId = id;
      const { teacher, class: everybody, you } = told;
      this.#set({ ...this.state, isConnected: true, teacher, told: everybody, you });
    }
  }

  /** @param {string} sentence */
  #over(sentence) {
    const { role, code } = this.state;
    if (role === "teacher") this.host.local.set(TEACHER, JSON.stringify(this.opened.filter((each) => each.code !== code)));
    else for (const kept of [STUDENT, TYPED]) this.host.local.remove(kept + code);
    this.leave();
    this.tell(sentence);
  }

  /** @param {RoomState} state */
  #set(state) {
    const before = this.state;
    this.state = state;
    this.onChange(state, before);
  }

  // What is handed over ---------------------------------------------------------------------------------------

  /**
   * Answer the present question; answers whether it was taken.
   * @param {string} text
   * @param {boolean} locks
   */
  answer(text, locks) {
    const { code, told } = this.state;
    if (!told?.question || told.round === undefined) return Promise.resolve(false);
    const body = { question: told.question, round: told.round, text, locks };
    const token = this.#token;
    const answered = this.#answering.then(async () => {
      const { status, told: answer } = await this.#handOver("PUT", `/${code}/answer`, body, token);
      return status === 200 || this.#refused(answer);
    });
    this.#answering = answered.catch(() => {});
    return answered;
  }

  /** What is typed as an answer to the present question and not handed over; the device keeps it over a reload. */
  get typed() {
    const { code, question } = this.state;
    const [of, text] = (this.host.local.get(TYPED + code) ?? "").split(BREAK, 2);
    return question !== undefined && of === question.id ? (text ?? "") : "";
  }

  /** @param {string} text */
  set typed(text) {
    const { code, question } = this.state;
    if (text === "" || question === undefined) this.host.local.remove(TYPED + code);
    else this.host.local.set(TYPED + code, question.id + BREAK + text);
  }

  /** Let the teacher see a graph, or with an empty link no longer. @param {string} link */
  async showGraph(link) {
    const { status, told } = await this.#handOver("PUT", `/${this.state.code}/graph`, { link });
    return status === 200 || this.#refused(told);
  }

  /** @param {RoomAction} action */
  async act(action) {
    const { status, told } = await this.#handOver("POST", `/${this.state.code}/actions`, { action });
    return status === 200 || this.#refused(told);
  }

  /**
   * Ask a question.
   * @param {object} question
   * @param {string} [id] that no other question has
   * @param {string} [after] behind which question, where it is the next one: another device may have asked that already
   */
  ask(question, id = this.host.newId(), after = undefined) {
    return this.act({ type: "ask", id, question, ...(after !== undefined && { after }) });
  }

  /** The graph that a student shows, as a link holds it; empty where there is none. @param {string} student */
  async graphOf(student) {
    const { status, told } = await this.host.ask("GET", `/${this.state.code}/graph/${student}`, this.#token);
    if (status === 200) return String(told.link);
    this.#refused(told);
    return "";
  }

  /** The table of the room as CSV; empty where it was refused. */
  async table() {
    const { status, told } = await this.host.ask("GET", `/${this.state.code}/table`, this.#token);
    if (status === 200) return String(told);
    this.#refused(told);
    return "";
  }

  /**
   * Hand something over until the server has answered.
   * @param {string} method
   * @param {string} path
   * @param {object} body
   * @param {string} [token]
   * @returns {Promise<Answer>}
   */
  async #handOver(method, path, body, token = this.#token) {
    let pause = FIRST_PAUSE;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.host.ask(method, path, token, body);
      if (!UNANSWERED.includes(answer.status) || attempt === TRIES) return answer;
      await this.host.wait(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }

  /** @param {any} told */
  #refused(told) {
    const sentence = typeof told?.sentence === "string" ? told.sentence : say("The server does not answer. Try again in a moment.");
    this.tell(sentence);
    return false;
  }
}
