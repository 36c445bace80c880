/** How many bytes something takes on its way, at most: written as JSON, in a text of JSON, with nothing but ASCII. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const LAST_ASCII = 0x7e;
const ESCAPED_BYTES = 6; // \u1234

/** @type {WeakMap<object, number>} */
const known = new WeakMap();

/**
 * The bytes of an event; the events themselves are never changed, so each is measured once.
 * @param {object} event
 */
export function bytesOf(event) {
  let bytes = known.get(event);
  if (bytes === undefined) known.set(event, (bytes = escapedBytes(JSON.stringify(event))));
  return bytes;
}

/** @param {string} text */
function escapedBytes(text) {
  let bytes = 2;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < SPACE || code > LAST_ASCII) bytes += ESCAPED_BYTES;
    else bytes += code === QUOTE || code === BACKSLASH ? 2 : 1;
  }
  return bytes;
}
