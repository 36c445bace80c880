/**
 * Which event takes the place of one that waits to be sent: what waits stays small, however long the server is away.
 *
 * @typedef {import("../types/event_types.js").EditEvent} EditEvent
 * @typedef {import("../types/event_types.js").Command} Command
 * @typedef {import("../types/exchange_types.js").OutboxEntry} OutboxEntry
 */

/** Commands that, given twice in a row, do what the second does alone. */
const SETTLED_BY_LAST = new Set(["arrange", "tidy", "share", "qr code", "export", "worksheet", "check", "forward", "cleargrad", "automatic", "variant", "pick"]);

/**
 * What two entries in a row come to; null where both are needed. Only the last value of a scrub counts, the last place
 * of a node, and the last of several commands that settle the same.
 * @param {readonly OutboxEntry[]} waiting not sent yet
 * @param {Pick<OutboxEntry, "event" | "gesture">} newer
 * @returns {OutboxEntry | null}
 */
export function merged(waiting, { event, gesture }) {
  const older = waiting.at(-1);
  if (older === undefined) return null;
  if (older.gesture === gesture && setsTheSame(event, older.event)) return { ...older, event };
  // Moves are merged over gestures too, which are then one step of undo; not where another edit belongs to the older.
  const isAlone = waiting.at(-2)?.gesture !== older.gesture;
  if (movesTheSame(event, older.event) && (older.gesture === gesture || isAlone)) return { ...older, gesture, event };
  return event.type === older.event.type && SETTLED_BY_LAST.has(event.type) ? { ...older, gesture, event } : null;
}

/**
 * @param {EditEvent | Command} event
 * @param {EditEvent | Command} older
 */
function setsTheSame(event, older) {
  if (event.type === "set value") return older.type === "set value" && event.node === older.node;
  if (event.type !== "set parameter" || older.type !== "set parameter") return false;
  return event.node === older.node && event.name === older.name;
}

/**
 * @param {EditEvent | Command} event
 * @param {EditEvent | Command} older
 */
function movesTheSame(event, older) {
  if (event.type !== "move" || older.type !== "move") return false;
  const ids = Object.keys(event.positions);
  return ids.length === Object.keys(older.positions).length && ids.every((id) => id in older.positions);
}
