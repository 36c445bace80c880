/**
 * What a tab hands over to a new session: after a reload, a lost connection or a restart of the server it brings its
 * graph back, and what was not yet acknowledged.
 *
 * @typedef {import("./types.js").GraphDocument} GraphDocument
 * @typedef {import("./types.js").EditEvent} EditEvent
 * @typedef {import("./types.js").Command} Command
 * @typedef {import("./exchange_types.js").PendingEvent} PendingEvent
 * @typedef {import("./types.js").Restore} Restore
 * @typedef {import("./types.js").Look} Look
 * @typedef {import("./types.js").Done} Done
 * @typedef {import("./types.js").Point} Point
 *
 * @typedef {object} StageLook how somebody looked at the graph
 * @property {(Point & {scale: number}) | null} view null where nobody has chosen one
 * @property {string[]} selection
 * @property {string | null} focused
 *
 * @typedef {object} KeptGraph all that is needed to bring a tab's graph back
 * @property {string | null} session
 * @property {GraphDocument} document
 * @property {PendingEvent[]} pending
 * @property {string} link the one that the graph came from
 * @property {StageLook} [look]
 * @property {Look} [shows] the open panel, and what else is looked at beside the graph
 * @property {number} [step] how far somebody has stepped
 * @typedef {KeptGraph & Done} TabEntry
 *
 * @typedef {object} Meeting what to do when a session is met for the first time
 * @property {boolean} restores
 * @property {PendingEvent[]} events to be handed over first
 * @property {StageLook | null} look to be taken up again
 * @property {Look | null} shows to be opened again
 * @property {number} step to be gone to again
 * @property {boolean} greets whether the session's greeting is of use
 */

import { LARGEST_EVENT_BYTES, jsonBytes } from "./parts.js";
import { merged } from "./superseding.js";

/**
 * Decide what a new session gets. A link other than the one that this graph came from opens its own graph.
 * @param {{session: string, openedByLink: string}} message
 * @param {TabEntry | null} entry what is stored, or of a later session what is here
 * @param {boolean} isFirst whether it is the first session that this page meets
 * @returns {Meeting}
 */
export function planMeeting(message, entry, isFirst) {
  const isElsewhere = isFirst && message.openedByLink !== "" && message.openedByLink !== entry?.link;
  if (!entry || entry.session === message.session || isElsewhere) {
    return { restores: false, events: [], look: null, shows: null, step: 0, greets: isFirst };
  }
  const { pending, look = null, shows = null, step = 0 } = entry;
  // What is pending on this page is in the outbox already.
  const events = [{ event: restoring(entry) }, ...(isFirst ? pending : [])];
  // So is, of a page that has met a session before, what it looks at.
  return { restores: true, events, look, shows: isFirst ? shows : null, step, greets: false };
}

/**
 * @param {TabEntry} entry
 * @returns {Restore}
 */
function restoring({ document, automatic, variant, forward, sweeps, picks, lesson, answers, own, history }) {
  const told = { document, automatic, variant, forward, sweeps, picks, lesson, answers, own, history };
  const known = Object.entries(told).filter(([, value]) => value !== undefined);
  return { type: "restore", document, ...Object.fromEntries(known) };
}

/**
 * Read a stored entry; null where it is none. Whatever else in it is not what it should be is left out.
 * @param {string | null} text
 * @returns {(TabEntry & {serial: number}) | null}
 */
export function readEntry(text) {
  try {
    const { engine, pending, serial, link, look, shows, variant = engine, ...entry } = JSON.parse(text ?? "null");
    if (!isObject(entry.document)) return null;
    return {
      ...entry, variant, link: typeof link === "string" ? link : "", serial: Number.isFinite(serial) ? serial : 0,
      pending: pendingOf(pending), ...(isLook(look) && { look }), ...(isObject(shows) && { shows }),
    };
  } catch {
    return null;
  }
}

/** @param {unknown} data @returns {data is Record<string, unknown>} */
function isObject(data) {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

/** @param {unknown} data */
function isLook(data) {
  if (!isObject(data) || !Array.isArray(data.selection)) return false;
  const { view } = data;
  return view === null || (isObject(view) && [view.x, view.y, view.scale].every(Number.isFinite));
}

/**
 * The events that were not acknowledged, as few as they come to: an earlier version of the page kept every one of
 * thousands, and those that no server takes.
 * @param {unknown} pending
 */
function pendingOf(pending) {
  /** @type {(PendingEvent & {seq: number})[]} */
  const found = [];
  for (const each of Array.isArray(pending) ? pending : []) {
    const entry = isObject(each) && isObject(each.event) ? each : { event: each };
    const { event, gesture } = /** @type {{event: unknown, gesture?: unknown}} */ (entry);
    if (!isObject(event) || typeof event.type !== "string" || jsonBytes(event) > LARGEST_EVENT_BYTES) continue;
    const next = { event: renamed(event), ...(Number.isSafeInteger(gesture) && { gesture: Number(gesture) }) };
    const both = merged(found, next);
    if (both) found[found.length - 1] = both;
    else found.push({ ...next, seq: 0 });
  }
  return found.map(({ event, gesture }) => (gesture === undefined ? { event } : { event, gesture }));
}

/**
 * An event as it is called today: what was stored before variants had their name calls them engines.
 * @param {Record<string, unknown>} event
 * @returns {Command | EditEvent}
 */
function renamed(event) {
  const today = event.type === "engine" ? { type: "variant", variant: event.engine } : event;
  return /** @type {Command | EditEvent} */ (/** @type {unknown} */ (today)); // Python looks at it closely
}
