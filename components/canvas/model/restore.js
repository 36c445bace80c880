/**
 * What a tab hands over to a new session: after a reload, a lost connection or a restart of the server it brings its
 * graph back, and what was not yet acknowledged.
 *
 * @typedef {import("./types.js").GraphDocument} GraphDocument
 * @typedef {import("./types.js").EditEvent} EditEvent
 * @typedef {import("./types.js").Command} Command
 * @typedef {import("./types.js").Point} Point
 *
 * @typedef {object} StageLook how somebody looked at the graph
 * @property {(Point & {scale: number}) | null} view null where nobody has chosen one
 * @property {string[]} selection
 * @property {string | null} focused
 *
 * @typedef {object} TabEntry all that is needed to bring a tab's graph back
 * @property {string | null} session
 * @property {GraphDocument} document
 * @property {(EditEvent | Command)[]} pending
 * @property {boolean} automatic
 * @property {string} [variant]
 * @property {string} link the one that the graph came from
 * @property {StageLook} [look]
 *
 * @typedef {object} Meeting what to do when a session is met for the first time
 * @property {boolean} restores
 * @property {(EditEvent | Command)[]} events to be handed over first
 * @property {StageLook | null} look to be taken up again
 * @property {boolean} greets whether the session's greeting is of use
 */

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
    return { restores: false, events: [], look: null, greets: isFirst };
  }
  const { document, automatic, variant, pending, look = null } = entry;
  // What is pending on this page is in the outbox already.
  const events = [{ type: /** @type {const} */ ("restore"), document, automatic, variant }, ...(isFirst ? pending : [])];
  return { restores: true, events, look, greets: false };
}

/**
 * Read a stored entry; null where it is none.
 * @param {string | null} text
 * @returns {(TabEntry & {serial: number}) | null}
 */
export function readEntry(text) {
  try {
    const { engine, pending, serial, link, variant = engine, ...entry } = JSON.parse(text ?? "null");
    if (!entry.document) return null;
    return { ...entry, variant, link: link ?? "", serial: serial ?? 0, pending: (pending ?? []).map(renamed) };
  } catch {
    return null;
  }
}

/**
 * An event as it is called today: what was stored before variants had their name calls them engines.
 * @param {Command | EditEvent | {type: "engine", engine: string}} event
 * @returns {Command | EditEvent}
 */
function renamed(event) {
  return event.type === "engine" ? { type: "variant", variant: event.engine } : event;
}
