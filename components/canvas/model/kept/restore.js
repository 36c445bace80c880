/**
 * What a tab hands over to a new session: after a reload, a lost connection or a restart of the server it brings its
 * graph back, and what was not yet acknowledged.
 *
 * @typedef {import("../types/event_types.js").GraphDocument} GraphDocument
 * @typedef {import("../types/event_types.js").EditEvent} EditEvent
 * @typedef {import("../types/event_types.js").Command} Command
 * @typedef {import("../types/exchange_types.js").PendingEvent} PendingEvent
 * @typedef {import("../types/event_types.js").Restore} Restore
 * @typedef {import("../types/exchange_types.js").Look} Look
 * @typedef {import("../types/event_types.js").Done} Done
 * @typedef {import("../types/picture_types.js").Point} Point
 * @typedef {import("../types/exchange_types.js").Linked} Linked
 *
 * @typedef {{id: string, isChanged: boolean}} Recorded which of My graphs one is, and whether it was changed since it was opened
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
 * @property {string} [pictured] what the picture is called that shows it
 * @property {string} link the one that the graph came from
 * @property {StageLook} [look]
 * @property {Look} [shows] the open panel, and what else is looked at beside the graph
 * @property {number} [step] how far somebody has stepped
 * @property {Recorded} [graph] which of My graphs it is
 * @typedef {KeptGraph & Done & import("./unfinished.js").Begun} TabEntry
 *
 * @typedef {object} Meeting what to do when a session is met for the first time
 * @property {boolean} restores
 * @property {PendingEvent[]} events to be handed over first
 * @property {StageLook | null} look to be taken up again
 * @property {Partial<Look> | null} shows to be opened again
 * @property {number} step to be gone to again
 * @property {boolean} greets whether the session's greeting is of use
 */

import { LARGEST_EVENT_BYTES, jsonBytes } from "../exchange/parts.js";
import { merged } from "../exchange/superseding.js";
import { begunIn } from "./unfinished.js";

/**
 * Decide what a new session gets. A link other than the one that this graph came from opens its own graph.
 * @param {{session: string, openedByLink: string, greeting?: string, linked?: Linked}} message
 * @param {TabEntry | null} entry what is stored, or of a later session what is here
 * @param {boolean} isFirst whether it is the first session that this page meets
 * @param {TabEntry | null} [before] what was in this tab before the link
 * @returns {Meeting}
 */
export function planMeeting(message, entry, isFirst, before = null) {
  const isElsewhere = isFirst && message.openedByLink !== "" && message.openedByLink !== entry?.link;
  if (!entry || entry.session === message.session || isElsewhere) {
    const behind = isFirst && before && message.openedByLink !== "" && !message.greeting ? before : null;
    const events = behind ? openingOver(behind, message.openedByLink) : [];
    const opened = isFirst ? openedWith(message.linked) : { shows: null, step: 0 };
    return { restores: behind !== null, events, look: null, ...opened, greets: isFirst };
  }
  const { pending, look = null, shows = null, step = 0 } = entry;
  // What is pending on this page is in the outbox already, and goes behind it.
  const events = isFirst ? handingOver(entry, pending) : [{ event: restoring(entry, pending.length) }];
  // So is, of a page that has met a session before, what it looks at.
  return { restores: true, events, look, shows: isFirst ? shows : null, step, greets: false };
}

/**
 * Whether the graph that was here goes on: what a link opens over it is another one.
 * @param {Meeting} meeting
 */
export function goesOn({ restores, events }) {
  return restores && events.at(-1)?.event.type !== "open link";
}

/**
 * A meeting as it was foreseen, and the number of events with it that were done since.
 * @param {Meeting} meeting
 * @param {number} since
 * @returns {Meeting}
 */
export function followedBy(meeting, since) {
  const events = meeting.events.map(({ event, ...entry }) => (
    { ...entry, event: event.type === "restore" && since > 0 ? { ...event, followers: (event.followers ?? 0) + since } : event }
  ));
  return { ...meeting, events };
}

/**
 * A link's graph opened over what was in the tab before, which is one undo away then.
 * @param {TabEntry} before
 * @param {string} link
 */
function openingOver(before, link) {
  return handingOver(before, [...before.pending, { event: { type: "open link", link } }]);
}

/**
 * A graph, and behind it what belongs to it.
 * @param {TabEntry} entry
 * @param {PendingEvent[]} behind
 * @returns {PendingEvent[]}
 */
function handingOver(entry, behind) {
  return [{ event: restoring(entry, behind.length) }, ...behind];
}

/**
 * @param {TabEntry} entry
 * @param {number} followers how many events are handed over behind it
 * @returns {Restore}
 */
function restoring({ document, automatic, variant, forward, sweeps, picks, lesson, answers, choice, own, history }, followers) {
  const kept = { automatic, variant, forward, sweeps, picks, lesson, answers, choice, own, history };
  const told = { document, ...kept, followers: followers || undefined };
  const known = Object.entries(told).filter(([, value]) => value !== undefined);
  return { type: "restore", document, ...Object.fromEntries(known) };
}

/**
 * What a link says of the page.
 * @param {Linked} [linked]
 */
function openedWith({ panel = "", step } = {}) {
  const says = panel !== "" || step !== undefined;
  return { shows: says ? /** @type {Partial<Look>} */ ({ panel, stepping: step !== undefined }) : null, step: step ?? 0 };
}

/**
 * What a message tells of what was done with the graph.
 * @param {import("../types/exchange_types.js").Message | undefined} message
 */
export function doneWith({ automatic = true, variant, forward, sweeps, picks, lesson, answers, choice, own } = /** @type {import("../types/exchange_types.js").Message} */ ({})) {
  const given = { ...(answers && { answers }), ...(choice && { choice }), ...(own && { own }) };
  return { automatic, variant, forward, sweeps, picks, lesson, ...given };
}

/**
 * Read a stored entry; null where it is none. Whatever else in it is not what it should be is left out.
 * @param {string | null} text
 * @returns {(TabEntry & {serial: number}) | null}
 */
export function readEntry(text) {
  try {
    const { engine, pending, serial, link, look, shows, step, graph, draft, typed, variant = engine, ...entry } = JSON.parse(text ?? "null");
    if (!isObject(entry.document)) return null;
    return {
      ...entry, variant, link: typeof link === "string" ? link : "", serial: Number.isFinite(serial) ? serial : 0,
      pending: pendingOf(pending), ...(isLook(look) && { look }), ...(isShown(shows) && { shows }),
      ...(isObject(graph) && typeof graph.id === "string" && { graph: { id: graph.id, isChanged: graph.isChanged === true } }),
      ...(Number.isSafeInteger(step) && step >= 0 && { step }), ...begunIn({ draft, typed }),
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
  const { view, focused } = data;
  if (!data.selection.every((id) => typeof id === "string")) return false;
  if (focused !== null && focused !== undefined && typeof focused !== "string") return false;
  return view === null || (isObject(view) && [view.x, view.y, view.scale].every(Number.isFinite));
}

/** What is shown beside the graph is closely looked at by Python; here it only has to be what the page can go on with. @param {unknown} data */
function isShown(data) {
  if (!isObject(data)) return false;
  const { panel = "", stepping = false, local = false, bars = false, exponent = 0, steps_after = 0, descent = {} } = data;
  if (typeof panel !== "string" || ![stepping, local, bars].every((each) => typeof each === "boolean")) return false;
  if (![exponent, steps_after].every(Number.isFinite) || !isObject(descent)) return false;
  const { across = "", up = "", hold = false, frame = [], kind = 0, rate = 1, steps = 1 } = descent;
  return [across, up].every((each) => typeof each === "string") && typeof hold === "boolean" && Array.isArray(frame) &&
    frame.every((each) => Array.isArray(each) && each.length === 2 && each.every(Number.isFinite)) &&
    [kind, rate, steps].every(Number.isFinite);
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
