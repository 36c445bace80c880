/**
 * The page without its looks: the picture that is shown, what is selected and looked at, and what is under way to
 * Python. Hands and panels put edits in; whoever draws is told when there is another picture.
 *
 * @typedef {import("./types/picture_types.js").Picture} Picture
 * @typedef {import("./types/event_types.js").EditEvent} EditEvent
 * @typedef {import("./types/event_types.js").Command} Command
 * @typedef {import("./types/exchange_types.js").Message} Message
 * @typedef {import("./types/exchange_types.js").Look} Look
 * @typedef {import("./types/picture_types.js").Point} Point
 * @typedef {import("./types/exchange_types.js").Post} Post
 * @typedef {import("./kept/restore.js").TabEntry} TabEntry
 * @typedef {import("./kept/restore.js").StageLook} StageLook
 * @typedef {import("./kept/restore.js").Meeting} Meeting
 *
 * @typedef {Pick<Message, "session" | "openedByLink" | "greeting" | "linked" | "firstSteps">} Welcome
 *
 * @typedef {object} Listeners
 * @property {(before: Picture, picture: Picture) => void} onShow another picture is to be shown
 * @property {(message: Message) => void} onAnswer Python has answered; its picture is shown
 * @property {(meeting: Meeting, message: Welcome) => void} onMeet a session is met for the first time, or foreseen
 * @property {() => void} onSession a session hears what is done from now on
 * @property {() => void} onSelect something else is selected
 * @property {() => void} onChange there is something to keep
 * @property {() => void} onLost what was to be brought back was refused: it is not to be written over
 * @property {(text: string, point?: Point) => void} onRefuse an event was refused here already
 * @property {() => StageLook} stageLook answers how somebody looks at the graph
 */

import { say } from "../parts/messages.js";
import { AskedFiles } from "./exchange/asked_files.js";
import { toDocument } from "./graph/document.js";
import { expectedPicture } from "./graph/expectations.js";
import { LayoutSize } from "./layout_size.js";
import { Outbox } from "./exchange/outbox.js";
import { FIRST_LOOK, lookOf } from "./kept/look.js";
import { LARGEST_EVENT_BYTES, jsonBytes } from "./exchange/parts.js";
import { EMPTY_PICTURE } from "./graph/picture.js";
import { PictureRevisions, isOlder } from "./exchange/picture_revisions.js";
import { doneWith, followedBy, goesOn, planMeeting } from "./kept/restore.js";
import { Selection } from "./graph/selection.js";
import { StepPosition } from "./step_position.js";
import { Unfinished } from "./kept/unfinished.js";

/** A graph of more nodes is not read at once: where they stand matters more than how large they are. */
const LARGEST_TO_ARRANGE = 60;

export class PageModel {
  #revisions = new PictureRevisions();
  #restoring = false;
  /** How the first session will be met, where that is shown already. @type {Meeting | null} */
  #foreseen = null;

  /**
   * @param {(message: Post) => void} post
   * @param {Listeners} listeners
   */
  constructor(post, listeners) {
    this.listeners = listeners;
    /** What is shown: Python's last picture with what is not yet acknowledged, at the present step. */
    this.picture = EMPTY_PICTURE;
    this.outbox = new Outbox(post, () => listeners.onChange());
    /** The files that Python was asked for. */
    this.files = new AskedFiles();
    this.layoutSize = new LayoutSize();
    this.selection = new Selection(() => this.#selected());
    this.steps = new StepPosition();
    /** What is begun and not handed over yet. */
    this.unfinished = new Unfinished(() => listeners.onChange());
    /** @type {Look} */
    this.look = FIRST_LOOK;
    /** Where others find the page, once its host has said so. @type {import("./types/exchange_types.js").Address | undefined} */
    this.address = undefined;
    /** Where the rooms of classes stand, where the server has some. @type {string | undefined} */
    this.rooms = undefined;
    /** What Python said last. @type {Message | undefined} */
    this.answer = undefined;
    /** Ids that new nodes have got and that no picture may yet show. @type {Set<string>} */
    this.reserved = new Set();
    /** Where on the stage the hand was at each event, should it be refused. @type {Map<number, Point>} */
    this.handPlaces = new Map();
    /** What an earlier page of this tab has left. @type {TabEntry | null} */
    this.stored = null;
    /** What was in this tab before the link that it was opened by. @type {TabEntry | null} */
    this.beforeLink = null;
  }

  // What Python says ------------------------------------------------------------------------------------------

  /**
   * Take in a message from Python.
   * @param {Message} message
   */
  receive(message) {
    // Told by the page's host alone, and in any message of it.
    this.address = message.address ?? this.address;
    this.rooms = message.rooms ?? this.rooms;
    if (message.session !== this.outbox.session) this.#meet(message);
    else if (this.answer && isOlder(message, this.answer)) return;
    if (this.#restoring && message.ack < 1) {
      this.outbox.acknowledge(message);
      return;
    }
    if (this.#restoring && message.refusals.some(({ seq }) => seq === 1)) this.listeners.onLost();
    this.#restoring = false;
    if (!this.#revisions.take(message)) {
      this.outbox.askForAll();
      return;
    }
    this.outbox.have = this.#revisions.revision;
    this.answer = message;
    this.outbox.acknowledge(message);
    this.unfinished.see(this.#revisions.picture.document);
    this.files.take(message);
    this.show();
    this.listeners.onAnswer(message);
    this.listeners.onChange();
    if (message.progress) this.outbox.goOn();
  }

  /**
   * Show what the first session will show, before it is met. What is done meanwhile is handed over to it.
   * @param {Picture} picture
   * @param {string} name of the picture, which no other one has
   * @param {boolean} [firstSteps] false where a first visit is not to be offered any
   */
  foresee(picture, name, firstSteps) {
    const message = { session: "", openedByLink: "", greeting: "", firstSteps };
    const meeting = planMeeting(message, this.stored, true);
    this.#foreseen = meeting;
    this.#begin(meeting, this.stored);
    this.listeners.onMeet(meeting, message);
    this.#revisions.foresee(picture, name);
    this.unfinished.see(this.#revisions.picture.document);
    this.show();
  }

  /**
   * @param {Meeting} meeting
   * @param {TabEntry | import("./kept/unfinished.js").Begun | null} before
   */
  #begin(meeting, before) {
    this.unfinished.begin(goesOn(meeting) ? before : null);
    if (meeting.shows) this.look = lookOf(meeting.shows);
    if (meeting.shows) this.outbox.look = this.look;
  }

  /** @param {Message} message */
  #meet(message) {
    this.handPlaces.clear();
    this.files.forget();
    if (this.#restoring) {
      // The session before ended on the way. What it was to be told is in the outbox, from the document on.
      this.outbox.open(message.session);
      return;
    }
    const isFirst = this.outbox.session === null;
    const foreseen = this.#foreseen;
    this.#foreseen = null;
    const meeting = foreseen ? followedBy(foreseen, this.outbox.pending.length) : planMeeting(message, isFirst ? this.stored : this.#entry(), isFirst, this.beforeLink);
    this.#restoring = meeting.restores;
    this.#revisions.forget();
    if (foreseen) this.unfinished.begin(this.unfinished.present); // whatever number the session gives to the graph
    else this.#begin(meeting, isFirst ? this.stored : this.unfinished.present);
    this.outbox.open(message.session, meeting.events);
    if (!foreseen && meeting.shows && meeting.events.length === 0) this.outbox.lookAt(this.look);
    if (!foreseen) this.listeners.onMeet(meeting, message);
    this.listeners.onSession();
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
    const seq = this.#push(event, point, gesture);
    if (seq > 0) this.show();
    return seq;
  }

  /**
   * @param {EditEvent} event
   * @param {Point | undefined} point
   * @param {number} gesture
   */
  #push(event, point, gesture) {
    if (this.#isTooLarge(event, point)) return 0;
    const seq = this.outbox.push(event, gesture);
    if (point) this.handPlaces.set(seq, point);
    return seq;
  }

  /**
   * Send events as one gesture.
   * @param {readonly EditEvent[]} events
   * @param {Point} [point] where the hand was, should one be refused
   */
  send(events, point) {
    const gesture = this.outbox.nextGesture();
    for (const event of events) this.#push(event, point, gesture);
    this.show(); // once: a large part is pasted by thousands
  }

  /**
   * Ask Python for something of which only it knows what comes; answers the number.
   * @param {Command} command
   */
  command(command) {
    return this.#isTooLarge(command) ? 0 : this.outbox.push(command);
  }

  /**
   * The graph has another viewport: where that is a really other one, as when a panel opens beside the graph or below it,
   * what no hand has placed is laid out for that.
   * @param {[width: number, height: number]} viewport in pixels
   * @param {{isOtherWindow: boolean, isHeld: boolean}} how isHeld: whether somebody wants to see the graph as it is
   */
  haveViewport(viewport, { isOtherWindow, isHeld }) {
    if (this.outbox.session === null) return; // it is told when it is met
    const isOther = this.layoutSize.take(viewport);
    this.outbox.tellViewport(viewport, isOtherWindow);
    const { order } = this.picture;
    if (!isOther || isHeld || order.length === 0 || order.length > LARGEST_TO_ARRANGE) return;
    this.command({ type: "arrange", viewport });
  }

  /**
   * Give a gesture up: what stood there before it stands there again, and no step of undo is left.
   * @param {EditEvent} back
   * @param {number} gesture
   */
  giveUp(back, gesture) {
    this.edit(back, undefined, gesture);
    this.command({ type: "take back", gesture });
  }

  /**
   * Ask Python for a file; answers it once it is here, or why there is none.
   * @param {import("./types/event_types.js").Export | import("./types/event_types.js").MakeWorksheet} command
   */
  askForFile(command) {
    return this.files.waitFor(this.command(command));
  }

  /**
   * Ask for a link that holds the graph, what is looked at, and in which language; answers the number.
   * @param {readonly string[]} [hides] the controls that are not shown to who opens it
   */
  share(hides = []) {
    const { panel } = this.look;
    const step = this.steps.isOpen ? { step: this.steps.position } : {};
    const { language } = this.picture;
    const opened = panel !== "lesson" && panel !== "" ? { panel } : {}; // nobody else goes on writing it
    const left = hides.length > 0 ? { hides: [...hides] } : {};
    return this.command({ type: "share", fields: { ...opened, ...step, ...(language && { language }), ...left } });
  }

  /**
   * What no server takes never gets into the outbox, where it would stay.
   * @param {EditEvent | Command} event
   * @param {Point} [point]
   */
  #isTooLarge(event, point) {
    if (jsonBytes(event) <= LARGEST_EVENT_BYTES) return false;
    this.listeners.onRefuse(say("That is too large to be taken in."), point);
    return true;
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

  /** Python's last picture, and what Undo and Redo would have done with it. */
  get told() {
    return { picture: this.#revisions.picture, history: this.#revisions.history };
  }

  /** What Python's last picture is called, which no other one is. */
  get pictured() {
    return this.#revisions.name || `${this.outbox.session} ${this.#revisions.revision}`;
  }

  /** @returns {TabEntry} */
  #entry() {
    return {
      session: this.outbox.session,
      pictured: this.pictured,
      document: toDocument(this.#revisions.picture),
      pending: this.outbox.kept,
      ...doneWith(this.answer),
      history: this.#revisions.undoHistory,
      link: this.answer?.openedByLink ?? "",
      look: this.listeners.stageLook(),
      shows: this.look,
      step: this.steps.position,
      ...this.unfinished.present,
    };
  }
}
