/**
 * The way of every gesture to Python, so that no edit is lost and none is applied twice.
 *
 * Each event has a sequence number and stays here until Python has acknowledged it. One message is under way at a
 * time and carries all that is not acknowledged; what happens meanwhile goes with the next. A message that is not
 * answered is sent again: Python applies each number once.
 *
 * @typedef {import("./types.js").EditEvent} EditEvent
 * @typedef {import("./types.js").Command} Command
 * @typedef {import("./types.js").Look} Look
 * @typedef {import("./types.js").OutboxEntry} OutboxEntry
 * @typedef {import("./types.js").Post} Post
 */

export const RESEND_AFTER_MS = 1500;

export class Outbox {
  /** @type {OutboxEntry[]} */
  #entries = [];
  #nextSeq = 1;
  #sentUpTo = 0;
  /** The number of the latest message that was sent, and of the latest that was answered. */
  #posts = 0;
  #answered = 0;
  #hasNews = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** Counted from the page's birth: what a reload hands over keeps its numbers, and they stay apart. */
  #gestures = Math.floor(performance.timeOrigin);

  /**
   * @param {(message: Post) => void} post
   * @param {() => void} onChange told after every change
   */
  constructor(post, onChange) {
    this.post = post;
    this.onChange = onChange;
    /** @type {string | null} */
    this.session = null;
    /** The revision of the picture that is here. */
    this.have = 0;
    this.selected = "";
    /** @type {Look | undefined} */
    this.look = undefined;
  }

  /**
   * Begin with a new session; what is pending is numbered anew behind `first`.
   * @param {string} session
   * @param {readonly (EditEvent | Command)[]} [first]
   */
  open(session, first = []) {
    const pending = [...first.map((event) => ({ event })), ...this.#entries];
    clearTimeout(this.#timer);
    this.#nextSeq = 1;
    this.#sentUpTo = this.#posts = this.#answered = 0;
    this.#hasNews = false;
    this.session = session;
    this.have = 0;
    this.#entries = pending.map((entry) => ({ ...entry, seq: this.#nextSeq++ }));
    if (pending.length) this.#send();
  }

  /**
   * Put an event in; answers its number. Events of one gesture are one step of undo.
   * @param {EditEvent | Command} event
   * @param {number} [gesture]
   */
  push(event, gesture) {
    const last = this.#entries.at(-1);
    const waits = last !== undefined && last.seq > this.#sentUpTo;
    if (waits && last.gesture === gesture && supersedes(event, last.event)) last.event = event;
    else this.#entries.push({ seq: this.#nextSeq++, gesture, event });
    this.#want();
    return this.#nextSeq - 1;
  }

  /**
   * Tell what is selected: the id of a node or block, or "".
   * @param {string} id
   */
  select(id) {
    if (id === this.selected) return;
    this.selected = id;
    this.#want();
  }

  /**
   * Tell what is looked at beside the graph.
   * @param {Look} look
   */
  lookAt(look) {
    this.look = look;
    this.#want();
  }

  /** Ask Python for the whole picture. */
  askForAll() {
    this.have = 0;
    this.#want();
  }

  /** Ask Python to go on with what it has begun. */
  goOn() {
    this.#want();
  }

  /**
   * Take Python's answer in.
   * @param {{post: number, ack: number}} answer
   */
  acknowledge({ post, ack }) {
    this.#entries = this.#entries.filter((entry) => entry.seq > ack);
    this.#answered = Math.max(this.#answered, post);
    if (this.#answered >= this.#posts) {
      clearTimeout(this.#timer);
      if (this.#hasNews || this.#entries.length) this.#send();
    }
    this.onChange();
  }

  /** The events that are not acknowledged. */
  get pending() {
    return this.#entries.map((entry) => entry.event);
  }

  /** A number that no other gesture of this page has. */
  nextGesture() {
    this.#gestures += 1;
    return this.#gestures;
  }

  #want() {
    this.onChange();
    if (this.session === null) return;
    if (this.#answered >= this.#posts) this.#send();
    else this.#hasNews = true;
  }

  #send() {
    if (this.session === null) return;
    this.#posts += 1;
    this.#hasNews = false;
    this.#sentUpTo = this.#nextSeq - 1;
    this.post({
      session: this.session,
      post: this.#posts,
      have: this.have,
      selected: this.selected,
      look: this.look,
      events: this.#entries.map((entry) => ({ ...entry })),
    });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), RESEND_AFTER_MS);
  }
}

/**
 * Whether a newer event makes an unsent older one needless: only the last value of a scrub counts.
 * @param {EditEvent | Command} event
 * @param {EditEvent | Command} older
 */
function supersedes(event, older) {
  if (event.type === "set value") return older.type === "set value" && event.node === older.node;
  if (event.type !== "set parameter" || older.type !== "set parameter") return false;
  return event.node === older.node && event.name === older.name;
}
