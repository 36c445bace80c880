/**
 * The way of every gesture to Python, so that no edit is lost and none is applied twice.
 *
 * Each event has a sequence number and stays here until Python has acknowledged it. One message is under way at a
 * time and carries what is not acknowledged, as much of it as a piece takes; what happens meanwhile goes with the next.
 * An event that is larger than a piece goes in parts, one a message. A message that is not answered is sent again:
 * Python applies each number once.
 *
 * @typedef {import("../types/event_types.js").EditEvent} EditEvent
 * @typedef {import("../types/event_types.js").Command} Command
 * @typedef {import("../types/exchange_types.js").Look} Look
 * @typedef {import("../types/exchange_types.js").OutboxEntry} OutboxEntry
 * @typedef {import("../types/exchange_types.js").EventPart} EventPart
 * @typedef {import("../types/exchange_types.js").PostedEvent} PostedEvent
 * @typedef {import("../types/exchange_types.js").PendingEvent} PendingEvent
 * @typedef {import("../types/exchange_types.js").Post} Post
 */

import { cutIntoParts } from "./parts.js";
import { bytesOf } from "./sizes.js";
import { merged } from "./superseding.js";

export const RESEND_AFTER_MS = 1500;
const MOST_DOUBLINGS = 3;
/** Of the events of one message, in escaped bytes, and how many they are. */
export const PIECE_BYTES = 240_000;
export const EVENTS_A_PIECE = 250;
/** What the slowest line takes in a millisecond: a large message has the longer time to arrive. */
const BYTES_A_MS = 20;

export class Outbox {
  /** @type {OutboxEntry[]} */
  #entries = [];
  #nextSeq = 1;
  #sentUpTo = 0;
  /** The number of the latest message that was sent, and of the latest that was answered. */
  #posts = 0;
  #answered = 0;
  #hasNews = false;
  /** How often it was sent again since the last answer. */
  #repeated = 0;
  /** The large event whose turn it is: its parts, once they are cut, and how many of them Python has. */
  #parted = { seq: 0, arrived: 0, parts: /** @type {EventPart[] | null} */ (null) };
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
    /** What the graph may take on the stage, in pixels. @type {[width: number, height: number] | undefined} */
    this.viewport = undefined;
  }

  /**
   * Begin with a new session; what is pending is numbered anew behind `first`.
   * @param {string} session
   * @param {readonly PendingEvent[]} [first]
   */
  open(session, first = []) {
    const pending = [...first, ...this.#entries];
    const hasNews = this.session === null && this.#hasNews; // said before anybody was there to hear it
    clearTimeout(this.#timer);
    this.#parted = { seq: 0, arrived: 0, parts: null };
    this.#nextSeq = 1;
    this.#sentUpTo = this.#posts = this.#answered = 0;
    this.#hasNews = false;
    this.#repeated = 0;
    this.session = session;
    this.have = 0;
    this.#entries = pending.map((entry) => ({ ...entry, seq: this.#nextSeq++ }));
    if (pending.length || hasNews) this.#send();
  }

  /**
   * Put an event in; answers its number. Events of one gesture are one step of undo.
   * @param {EditEvent | Command} event
   * @param {number} [gesture]
   */
  push(event, gesture) {
    const both = merged(this.#entries.filter(({ seq }) => seq > this.#sentUpTo), { event, gesture });
    if (both) this.#entries[this.#entries.length - 1] = both;
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

  /**
   * Tell the viewport: what is opened beside the canvas is laid out for it.
   * @param {[width: number, height: number]} viewport what the graph may take on the stage, in pixels
   * @param {boolean} isOtherWindow where only a panel came or went, it is told with what comes next
   */
  tellViewport(viewport, isOtherWindow) {
    if (viewport.every((length, index) => length === this.viewport?.[index])) return;
    this.viewport = viewport;
    if (isOtherWindow) this.#want();
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
   * @param {{post: number, ack: number, parts?: number}} answer
   */
  acknowledge({ post, ack, parts = 0 }) {
    this.#entries = this.#entries.filter((entry) => entry.seq > ack);
    if (this.#parted.seq === ack + 1) this.#parted.arrived = parts;
    if (post > this.#answered) this.#repeated = 0;
    this.#answered = Math.max(this.#answered, post);
    if (this.#answered >= this.#posts) {
      clearTimeout(this.#timer);
      if (this.#hasNews || this.#entries.length) this.#send();
    }
    this.onChange();
  }

  /** Whether Python has answered all that it was told. */
  get isAnswered() {
    return this.session !== null && this.#answered >= this.#posts && !this.#hasNews && this.#entries.length === 0;
  }

  /** The events that are not acknowledged. */
  get pending() {
    return this.#entries.map((entry) => entry.event);
  }

  /** The same with their gestures, to be kept. @returns {PendingEvent[]} */
  get kept() {
    return this.#entries.map(({ event, gesture }) => (gesture === undefined ? { event } : { event, gesture }));
  }

  /** A number that no other gesture of this page has. */
  nextGesture() {
    this.#gestures += 1;
    return this.#gestures;
  }

  #want() {
    this.onChange();
    if (this.session !== null && this.#answered >= this.#posts) this.#send();
    else this.#hasNews = true;
  }

  #send() {
    if (this.session === null) return;
    const events = this.#piece();
    if (events === null) return;
    this.#posts += 1;
    this.#hasNews = false;
    this.#sentUpTo = Math.max(this.#sentUpTo, events.at(-1)?.seq ?? 0);
    this.post({
      session: this.session,
      post: this.#posts,
      have: this.have,
      selected: this.selected,
      look: this.look,
      viewport: this.viewport,
      events,
    });
    clearTimeout(this.#timer);
    const bytes = events.reduce((sum, { event, part }) => sum + (event ? bytesOf(event) : (part?.text.length ?? 0)), 0);
    // A server that is busy is given longer each time: every message interrupts what it has begun.
    const patience = RESEND_AFTER_MS * 2 ** Math.min(Math.max(this.#repeated - 1, 0), MOST_DOUBLINGS);
    this.#timer = setTimeout(() => {
      this.#repeated += 1;
      this.#send();
    }, Math.max(patience, bytes / BYTES_A_MS));
  }

  /**
   * What the next message carries; null while a large event is being cut, which then sends.
   * @returns {PostedEvent[] | null}
   */
  #piece() {
    const [first] = this.#entries;
    if (first !== undefined && bytesOf(first.event) > PIECE_BYTES) return this.#part(first);
    /** @type {PostedEvent[]} */
    const events = [];
    let bytes = 0;
    for (const entry of this.#entries.slice(0, EVENTS_A_PIECE)) {
      bytes += bytesOf(entry.event);
      if (bytes > PIECE_BYTES) break;
      events.push({ ...entry });
    }
    return events;
  }

  /**
   * The next part of a large event.
   * @param {OutboxEntry} entry
   * @returns {PostedEvent[] | null}
   */
  #part({ seq, gesture, event }) {
    this.#sentUpTo = Math.max(this.#sentUpTo, seq);
    if (this.#parted.seq !== seq) {
      const parted = { seq, arrived: 0, parts: /** @type {EventPart[] | null} */ (null) };
      this.#parted = parted;
      cutIntoParts(event).then((parts) => {
        if (this.#parted !== parted) return; // another session has come meanwhile
        parted.parts = parts;
        this.#send();
      });
    }
    const { parts, arrived } = this.#parted;
    return parts === null ? null : [{ seq, gesture, part: parts[Math.min(arrived, parts.length - 1)] }];
  }
}
