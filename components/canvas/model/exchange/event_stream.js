/**
 * Server-sent events, read from the pieces of an answer: a browser's own reader sends no header, and a token belongs into
 * no address.
 *
 * @typedef {{name: string, data: unknown, id: string}} ServerEvent
 */

export class EventStreamReader {
  #rest = "";

  /**
   * Take the next piece; answers the events that are whole now.
   * @param {string} piece
   * @returns {ServerEvent[]}
   */
  take(piece) {
    const blocks = (this.#rest + piece).split("\n\n");
    this.#rest = blocks.pop() ?? "";
    return blocks.map(eventOf).filter((event) => event !== null);
  }
}

/**
 * @param {string} block
 * @returns {ServerEvent | null} null for a comment, and for what is no JSON
 */
function eventOf(block) {
  /** @type {Record<string, string>} */
  const fields = {};
  for (const line of block.split("\n")) {
    const found = /^(\w+): ?(.*)$/.exec(line);
    if (found) fields[found[1]] = found[2];
  }
  if (fields.data === undefined) return null;
  try {
    return { name: fields.event ?? "message", data: JSON.parse(fields.data), id: fields.id ?? "" };
  } catch {
    return null;
  }
}
