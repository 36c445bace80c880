/**
 * Notes what is built in a tab, so that it is among My graphs. A graph that was only opened is not: it becomes one's own
 * when it is changed, and is then another than the one that was opened, which stays as it was.
 *
 * @typedef {import("./types.js").Picture} Picture
 * @typedef {import("./my_graphs.js").Kept} Kept
 * @typedef {import("./restore.js").Recorded} Recorded
 * @typedef {{id: string, opened: string | null}} Opening opened: its content then; null once it was changed
 */

import { toDocument } from "./document.js";
import { contentOf } from "./my_graphs.js";

/** So long after the last change it is noted: a value that is dragged is no twenty graphs. */
const QUIET_MS = 1500;

export class GraphRecorder {
  /** By the number of the opening. @type {Map<number | undefined, Opening>} */
  #openings = new Map();
  /** What was seen last, and is not noted yet. @type {Picture | null} */
  #seen = null;
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
    if (this.#seen && this.#seen.document !== picture.document) this.note();
    let opening = this.#openings.get(picture.document);
    if (opening === undefined) {
      const goesOn = this.#goesOn;
      const opened = goesOn?.isChanged ? null : contentOf(toDocument(picture));
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
    const document = toDocument(picture);
    if (opening.opened === contentOf(document)) return;
    opening.opened = null;
    this.kept = this.graphs.keep({ id: opening.id, formula: picture.formula ?? "", document });
  }
}
