/**
 * The page without its looks: the picture that is shown, what is selected and looked at, and what is under way to
 * Python. Hands and panels put edits in; whoever draws is told when there is another picture.
 *
 * @typedef {import("./types.js").Picture} Picture
 * @typedef {import("./types.js").EditEvent} EditEvent
 * @typedef {import("./types.js").Command} Command
 * @typedef {import("./types.js").Message} Message
 * @typedef {import("./types.js").Look} Look
 * @typedef {import("./types.js").Point} Point
 * @typedef {import("./types.js").Post} Post
 * @typedef {import("./restore.js").TabEntry} TabEntry
 * @typedef {import("./restore.js").StageLook} StageLook
 * @typedef {import("./restore.js").Meeting} Meeting
 *
 * @typedef {object} Listeners
 * @property {(before: Picture, picture: Picture) => void} onShow another picture is to be shown
 * @property {(message: Message) => void} onAnswer Python has answered; its picture is shown
 * @property {(meeting: Meeting, message: Message) => void} onMeet a session is met for the first time
 * @property {() => void} onSelect something else is selected
 * @property {() => void} onChange there is something to keep
 * @property {() => StageLook} stageLook answers how somebody looks at the graph
 */

import { toDocument } from "./document.js";
import { expectedPicture } from "./expectations.js";
import { Outbox } from "./outbox.js";
import { EMPTY_PICTURE } from "./picture.js";
import { PictureRevisions } from "./picture_revisions.js";
import { planMeeting } from "./restore.js";
import { Selection } from "./selection.js";
import { StepPosition } from "./step_position.js";

/** What is looked at to begin with; Python finds a learning rate as long as nobody has set one. @type {Look} */
const FIRST_LOOK = {
  panel: "", stepping: false, local: false, bars: false, exponent: -1,
  descent: { across: "", up: "", hold: false, frame: [], kind: 0 },
};

export class PageModel {
  #revisions = new PictureRevisions();
  #restoring = false;

  /**
   * @param {(message: Post) => void} post
   * @param {Listeners} listeners
   */
  constructor(post, listeners) {
    this.listeners = listeners;
    /** What is shown: Python's last picture with what is not yet acknowledged, at the present step. */
    this.picture = EMPTY_PICTURE;
    this.outbox = new Outbox(post, () => listeners.onChange());
    this.selection = new Selection(() => this.#selected());
    this.steps = new StepPosition();
    /** @type {Look} */
    this.look = FIRST_LOOK;
    /** What Python said last. @type {Message | undefined} */
    this.answer = undefined;
    /** Ids that new nodes have got and that no picture may yet show. @type {Set<string>} */
    this.reserved = new Set();
    /** Where on the stage the hand was at each event, should it be refused. @type {Map<number, Point>} */
    this.handPlaces = new Map();
    /** What an earlier page of this tab has left. @type {TabEntry | null} */
    this.stored = null;
  }

  // What Python says ------------------------------------------------------------------------------------------

  /**
   * Take in a message from Python.
   * @param {Message} message
   */
  receive(message) {
    if (message.session !== this.outbox.session) this.#meet(message);
    if (this.#restoring && message.ack < 1) {
      if (message.progress) this.outbox.acknowledge(message); // and so hand it over again, for Python to go on
      return;
    }
    this.#restoring = false;
    if (!this.#revisions.take(message)) {
      this.outbox.askForAll();
      return;
    }
    this.outbox.have = this.#revisions.revision;
    this.answer = message;
    this.outbox.acknowledge(message);
    this.show();
    this.listeners.onAnswer(message);
    this.listeners.onChange();
    if (message.progress) this.outbox.goOn();
  }

  /** @param {Message} message */
  #meet(message) {
    const isFirst = this.outbox.session === null;
    const meeting = planMeeting(message, isFirst ? this.stored : this.#entry(), isFirst);
    this.#restoring = meeting.restores;
    this.#revisions.forget();
    this.handPlaces.clear();
    this.outbox.open(message.session, meeting.events);
    this.listeners.onMeet(meeting, message);
  }

  /** Make the picture that is shown anew, and have it shown. */
  show() {
    const before = this.picture;
    const picture = this.steps.follow(expectedPicture(this.#revisions.picture, this.outbox.pending));
    this.picture = picture;
    // The ids of another graph are others, even where they read the same.
    if (picture.document !== before.document && this.selection.nodes.size) this.selection.select([]);
    this.selection.prune(picture);
    this.listeners.onShow(before, picture);
  }

  #selected() {
    this.listeners.onSelect();
    this.outbox.select(this.selection.only);
  }

  // What hands and panels do ----------------------------------------------------------------------------------

  /**
   * Send an edit, and show at once what it will do; answers its number.
   * @param {EditEvent} event
   * @param {Point} [point] where the hand was, should it be refused
   * @param {number} [gesture] the edits of one gesture are one step of undo
   */
  edit(event, point, gesture = this.outbox.nextGesture()) {
    const seq = this.outbox.push(event, gesture);
    if (point) this.handPlaces.set(seq, point);
    this.show();
    return seq;
  }

  /**
   * Send events as one gesture.
   * @param {readonly EditEvent[]} events
   * @param {Point} [point] where the hand was, should one be refused
   */
  send(events, point) {
    const gesture = this.outbox.nextGesture();
    for (const event of events) this.edit(event, point, gesture);
  }

  /**
   * Ask Python for something of which only it knows what comes; answers the number.
   * @param {Command} command
   */
  command(command) {
    return this.outbox.push(command);
  }

  /**
   * Look at something else; Python answers with what belongs to it.
   * @param {Partial<Look>} part
   */
  lookAt(part) {
    this.look = { ...this.look, ...part };
    this.outbox.lookAt(this.look);
  }

  /**
   * Note what is looked at now; Python is told with what comes next.
   * @param {Partial<Look>} part
   */
  noteLook(part) {
    this.look = { ...this.look, ...part };
    this.outbox.look = this.look;
  }

  // What is kept ----------------------------------------------------------------------------------------------

  /**
   * What this tab would need to bring its graph back; null while there is nothing, or while it is being brought back.
   * @returns {TabEntry | null}
   */
  entry() {
    if (this.#restoring || this.outbox.session === null || this.#revisions.revision === 0) return null;
    return this.#entry();
  }

  /** @returns {TabEntry} */
  #entry() {
    return {
      session: this.outbox.session,
      document: toDocument(this.#revisions.picture),
      pending: this.outbox.pending,
      automatic: this.answer?.automatic ?? true,
      variant: this.answer?.variant,
      link: this.answer?.openedByLink ?? "",
      look: this.listeners.stageLook(),
    };
  }
}
