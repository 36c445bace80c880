/**
 * Python's memory as a browser keeps it, once all is imported: a later visit goes on from there. It is one file: the length
 * of what tells of it, that as JSON, the memory, and one after the other the files that Python found on its disk.
 *
 * @typedef {object} Layout what has to be the same again
 * @property {number} heap bytes of memory
 * @property {number} tableBefore functions that stand in WebAssembly's table once the libraries are loaded
 * @property {number} table and those that stand there with Python at work
 * @property {[handle: string, place: string][]} handles by which Python knows its libraries
 *
 * @typedef {object} KeptMemory
 * @property {Layout} layout
 * @property {Uint8Array<ArrayBuffer>} memory as Pyodide's own `makeMemorySnapshot` writes it
 * @property {[path: string, content: Uint8Array<ArrayBuffer>][]} files
 *
 * @typedef {{layout: Layout, memory: number, files: [path: string, bytes: number][]}} Told
 */

/** Bytes at which memory and the texts before it begin: Pyodide reads it in words. */
const STEP = 16;

/** Where in the cache of a version it lies. @param {string} base */
export const addressOfMemory = (base) => new URL("python-memory", base).href;

/**
 * @param {KeptMemory} kept
 * @returns {Blob}
 */
export function packed({ layout, memory, files }) {
  /** @type {Told} */
  const told = { layout, memory: memory.length, files: files.map(([path, { length }]) => [path, length]) };
  const text = new TextEncoder().encode(JSON.stringify(told));
  const head = new Uint8Array(rounded(STEP + text.length));
  new DataView(head.buffer).setUint32(0, text.length);
  head.set(text, STEP);
  return new Blob([head, memory, ...files.map(([, content]) => content)]);
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {KeptMemory} Throws where it is not whole.
 */
export function unpacked(buffer) {
  const length = new DataView(buffer).getUint32(0);
  /** @type {Told} */
  const told = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, STEP, length)));
  let at = rounded(STEP + length);
  const next = (/** @type {number} */ bytes) => new Uint8Array(buffer, (at += bytes) - bytes, bytes);
  const memory = next(told.memory);
  const files = told.files.map(([path, bytes]) => /** @type {[string, Uint8Array<ArrayBuffer>]} */ ([path, next(bytes)]));
  return { layout: told.layout, memory, files };
}

/** @param {number} bytes */
const rounded = (bytes) => Math.ceil(bytes / STEP) * STEP;
