/**
 * Notes what is built in a tab, so that it is among My graphs. A graph that was only opened is not: it becomes one's own
 * when it is changed, and is then another than the one that was opened, which stays as it was.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {import("./my_graphs.js").Kept} Kept
 * @typedef {import("./restore.js").Recorded} Recorded
 * @typedef {{id: string, opened: string | null}} Opening opened: its content then; null once it was changed
 */

import { toDocument } from "../graph/document.js";
import { INPUT } from "../graph/picture.js";
import { contentOf } from "./my_graphs.js";

/** So long after the last change it is noted: a value that is dragged is no twenty graphs. */
const QUIET_MS = 1500;
/** Before the key of a lesson; what stands for a whole one holds no colon. */
const OF_COURSE = "course:";

export class GraphRecorder {
  /** By the number of the opening. @type {Map<number | undefined, Opening>} */
  #openings = new Map();
  /** What was seen last, and is not noted yet. @type {Picture | null} */
  #seen = null;
  /** What was seen last at all. @type {Picture | null} */
  #last = null;
  /** What the next picture goes on with, after a reload. @type {Recorded | null} */
  #goesOn = null;
  /** @type {Opening | null} */
  #present = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {import("./my_graphs.js").MyGraphs} graphs
   * @param {() => string} newId
   */
  constructor(graphs, newId) {
    this.graphs = graphs;
    this.newId = newId;
    /** What came of it last. @type {Kept} */
    this.kept = "kept";
  }

  /**
   * Begin with a session, whose openings are others.
   * @param {Recorded | null} recorded of the graph that is brought back; null where none is
   */
  begin(recorded) {
    this.note();
    this.#openings.clear();
    this.#last = null;
    this.#goesOn = recorded;
  }

  /** Of the present graph, for a reload. @returns {Recorded | undefined} */
  get recorded() {
    return this.#present ? { id: this.#present.id, isChanged: this.#present.opened === null } : undefined;
  }

  /**
   * Take in what is shown now.
   * @param {Picture} picture as Python sent it
   */
  see(picture) {
    const isOther = this.#last !== null && this.#last.document === picture.document && isAnother(this.#last, picture);
    if (this.#seen && (isOther || this.#seen.document !== picture.document)) this.note();
    this.#last = picture;
    // What somebody has built in the place of a graph is another, and not one that was only opened.
    if (isOther) this.#openings.set(picture.document, { id: this.newId(), opened: null });
    let opening = this.#openings.get(picture.document);
    if (opening === undefined) {
      const goesOn = this.#goesOn;
      const opened = goesOn?.isChanged ? null : contentOf(documentOf(picture));
      opening = { id: goesOn?.id ?? this.newId(), opened };
      this.#goesOn = null;
      this.#openings.set(picture.document, opening);
    }
    this.#present = opening;
    this.#seen = picture;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.note(), QUIET_MS);
  }

  /** Note the present graph; answers what came of it. */
  noteNow() {
    this.note();
    return this.kept;
  }

  /** Note now what was seen last, where it was changed. */
  note() {
    clearTimeout(this.#timer);
    const picture = this.#seen;
    const opening = this.#present;
    this.#seen = null;
    if (picture === null || opening === null || picture.order.length === 0) return;
    const document = documentOf(picture);
    if (opening.opened === contentOf(document)) return;
    opening.opened = null;
    this.kept = this.graphs.keep({ id: opening.id, lesson: picture.lesson?.title, formula: picture.formula ?? "", document });
  }
}

/**
 * A graph with what is asked about it: of a lesson of the course its key, since no other holds the lesson itself.
 * @param {Picture} picture
 */
function documentOf(picture) {
  const { lesson } = picture;
  const document = toDocument(picture);
  return lesson && !lesson.carried ? { ...document, lesson: `${OF_COURSE}${lesson.key}` } : document;
}

/**
 * Whether a graph is another than the one before it, as one by a formula that keeps no op is, and one that was begun
 * anew on the empty canvas.
 * @param {Picture} before
 * @param {Picture} picture
 */
function isAnother(before, picture) {
  /** @param {Picture} of */
  const opsOf = (of) => Object.keys(of.nodes).filter((id) => of.nodes[id].op !== INPUT);
  const ops = opsOf(before);
  if (picture.order.length === 0) return before.order.length > 0;
  return ops.length > 0 && opsOf(picture).length > 0 && !ops.some((id) => id in picture.nodes);
}
