/**
 * A large event on its way: its JSON compressed, where the browser can, and cut into parts that are sent one by one.
 *
 * @typedef {import("../types/exchange_types.js").EventPart} EventPart
 */

/** Of one part, in characters of base64: with what stands around it, it stays below what a host takes at once. */
const PART_CHARACTERS = 240_000;
/** Of the largest event, before it is compressed: a graph of 4 MB, every character of it escaped. */
export const LARGEST_EVENT_BYTES = 8_100_000;
const AT_ONCE = 0x2000; // characters that a function takes as arguments

/**
 * How many bytes an event has as JSON, in UTF-8.
 * @param {object} event
 */
export function jsonBytes(event) {
  return new TextEncoder().encode(JSON.stringify(event)).length;
}

/**
 * @param {object} event
 * @param {number} [characters] of one part
 * @returns {Promise<EventPart[]>}
 */
export async function cutIntoParts(event, characters = PART_CHARACTERS) {
  const bytes = new TextEncoder().encode(JSON.stringify(event));
  const packed = await deflated(bytes);
  const text = base64(packed ?? bytes);
  const count = Math.ceil(text.length / characters);
  return Array.from({ length: count }, (_, number) => ({
    number, count, deflated: packed !== null, text: text.slice(number * characters, (number + 1) * characters),
  }));
}

/**
 * Compress as zlib does; null where the browser cannot.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
async function deflated(bytes) {
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    return null;
  }
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  let binary = "";
  for (let at = 0; at < bytes.length; at += AT_ONCE) {
    binary += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE));
  }
  return btoa(binary);
}
