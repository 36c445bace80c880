/** Answers that come compressed. */

/** Whether this browser can take them. */
export const inflates = typeof DecompressionStream === "function";

/**
 * What was compressed as zlib does; rejects where it was not. Written and read by hand: by way of a Blob or a Response it
 * would wait for several turns of the page, and where the page is busy for a frame with each.
 * @param {ArrayBuffer} data
 * @returns {Promise<ArrayBuffer>}
 */
export async function inflated(data) {
  const { readable, writable } = new DecompressionStream("deflate");
  const writer = writable.getWriter();
  const written = Promise.all([writer.write(new Uint8Array(data)), writer.close()]);
  const [parts] = await Promise.all([allOf(readable.getReader()), written]);
  return joined(parts);
}

/** @param {ReadableStreamDefaultReader<Uint8Array>} reader */
async function allOf(reader) {
  /** @type {Uint8Array[]} */
  const parts = [];
  for (let part = await reader.read(); !part.done; part = await reader.read()) parts.push(part.value);
  return parts;
}

/**
 * @param {readonly Uint8Array[]} parts
 * @returns {ArrayBuffer}
 */
function joined(parts) {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all.buffer;
}
