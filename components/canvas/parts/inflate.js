/** Answers that come compressed. */

/** Whether this browser can take them. */
export const inflates = typeof DecompressionStream === "function";

/**
 * What was compressed as zlib does; rejects where it was not.
 * @param {ArrayBuffer} data
 * @returns {Promise<ArrayBuffer>}
 */
export function inflated(data) {
  return new Response(new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate"))).arrayBuffer();
}
