/**
 * The way of every gesture to Python, so that no edit is lost and none is applied twice.
 *
 * Each event has a sequence number and stays here until Python has acknowledged it. One message is under way at a
 * time and carries all that is not acknowledged; what happens meanwhile goes with the next. A message that is not
 * answered is sent again: Python applies each number once.
 */

const RESEND_AFTER_MS = 1500;

export class Outbox {
  /** @param {(message: object) => void} post @param {() => void} onChange told after every change */
  constructor(post, onChange) {
    this.post = post;
    this.onChange = onChange;
    this.session = null;
    this.have = 0;
    this.selected = "";
    this.look = undefined;
    this.start();
  }

  start() {
    /** @type {{seq: number, event: any}[]} */
    this.entries = [];
    this.nextSeq = 1;
    this.sentUpTo = 0;
    this.posts = 0;
    this.seen = 0;
    this.unsent = false;
    clearTimeout(this.timer);
  }

  /** Begin with a new session; what is pending is numbered anew behind `first`. */
  open(session, first = []) {
    const pending = [...first.map((event) => ({ event })), ...this.entries];
    this.start();
    this.session = session;
    for (const entry of pending) this.entries.push({ ...entry, seq: this.nextSeq++ });
    if (pending.length) this.send();
  }

  /** Put an event in; answers its number. Events of one gesture are one step of undo. */
  push(event, gesture) {
    const last = this.entries.at(-1);
    const waits = last !== undefined && last.seq > this.sentUpTo;
    if (waits && last.gesture === gesture && supersedes(event, last.event)) last.event = event;
    else this.entries.push({ seq: this.nextSeq++, gesture, event });
    this.want();
    return this.nextSeq - 1;
  }

  select(id) {
    if (id === this.selected) return;
    this.selected = id;
    this.want();
  }

  /** Tell what is looked at beside the graph. */
  lookAt(look) {
    this.look = look;
    this.want();
  }

  /** Ask Python for the whole picture. */
  askForAll() {
    this.have = 0;
    this.want();
  }

  /** Take Python's answer in. @param {{seen: number, ack: number}} answer */
  acknowledge(answer) {
    this.entries = this.entries.filter((entry) => entry.seq > answer.ack);
    this.seen = Math.max(this.seen, answer.seen);
    if (this.seen >= this.posts) {
      clearTimeout(this.timer);
      if (this.unsent || this.entries.length) this.send();
    }
    this.onChange();
  }

  get pending() {
    return this.entries.map((entry) => entry.event);
  }

  /** A number that no other gesture of this page has. */
  nextGesture() {
    // Counted from the page's birth: what a reload hands over keeps its numbers, and they stay apart.
    this.gestures = (this.gestures ?? Math.floor(performance.timeOrigin)) + 1;
    return this.gestures;
  }

  want() {
    this.onChange();
    if (this.session === null) return;
    if (this.seen >= this.posts) this.send();
    else this.unsent = true;
  }

  send() {
    this.posts += 1;
    this.unsent = false;
    this.sentUpTo = this.nextSeq - 1;
    this.post({
      session: this.session,
      post: this.posts,
      have: this.have,
      selected: this.selected,
      look: this.look,
      events: this.entries,
    });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), RESEND_AFTER_MS);
  }
}

/** Whether a newer event makes an unsent older one needless: only the last value of a scrub counts. */
function supersedes(event, older) {
  const scrubs = event.type === "set value" || event.type === "set parameter";
  return scrubs && event.type === older.type && event.node === older.node && event.name === older.name;
}
