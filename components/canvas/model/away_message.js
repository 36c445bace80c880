/**
 * Python's last message, kept for a page that opens while its server is away.
 *
 * @typedef {import("./types/exchange_types.js").Message} Message
 * @typedef {import("./page_model.js").PageModel} PageModel
 */

/**
 * What Python said last, told whole, and nothing in it that was asked for once.
 * @param {PageModel | undefined} model
 * @returns {Message | undefined}
 */
export function wholeMessage(model) {
  if (!model?.answer) return undefined;
  const { progress: _progress, file: _file, remark: _remark, linked: _linked, rooms: _rooms, address: _address, ...answer } = model.answer;
  return { ...answer, ...model.told, base: 0, revision: 1, post: 0, refusals: [], notice: "", greeting: "", link: "", openedByLink: "" };
}

/**
 * The message with which a tab goes on from what it has stored, and nothing is lost that was not yet handed over.
 * @param {ReadonlyMap<string, Message>} kept by session, the latest last
 * @param {{session: string | null} | null} stored
 * @param {number} now
 */
export function messageFor(kept, stored, now) {
  const own = kept.get(stored?.session?.split(" ")[0] ?? "");
  const message = own ?? [...kept.values()].at(-1);
  // A session of its own: the tab then brings back what it has stored, of which the picture shows the graph already.
  return message && { goesOn: own !== undefined, message: { ...message, session: `${message.session} away ${now}`, ack: own ? 1 : 0 } };
}
