/**
 * Bring files into memory: out of the browser's cache where they were kept, else from where the page came from.
 *
 * @typedef {object} SiteFile
 * @property {string} path seen from the site's folder
 * @property {number} bytes as it is in memory
 * @property {boolean} [deflated] whether it travels compressed, however the host serves it
 */

/**
 * The name of the cache that holds a version of a site; `service_worker.js` fills it with all else.
 * @param {string} base the address of the site's folder: an origin may hold several
 * @param {string} version
 */
export function cacheName(base, version) {
  return `backprop-playground ${new URL(base).pathname} ${version}`;
}

/** How the name of a file ends that travels compressed. */
const DEFLATED = ".deflated";

/**
 * @param {readonly SiteFile[]} files
 * @param {object} browser
 * @param {string} browser.base the address of the site's folder
 * @param {(url: string) => Promise<Response>} browser.fetch
 * @param {Pick<Cache, "match" | "put"> | null} browser.cache null where the browser keeps nothing
 * @param {(share: number) => void} tell which share of all has come
 * @returns {Promise<Map<string, Uint8Array<ArrayBuffer>>>} the files by their addresses
 */
export async function fetchFiles(files, { base, fetch, cache }, tell) {
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let come = 0;
  const read = await Promise.all(files.map(async (file) => {
    const url = new URL(file.path, base).href;
    const answer = await answerFor(file.deflated ? url + DEFLATED : url, fetch, cache);
    const bytes = await bytesOf(answer, file, (count) => {
      come += count;
      tell(come / all);
    });
    return /** @type {const} */ ([url, bytes]);
  }));
  return new Map(read);
}

/**
 * @param {string} url
 * @param {(url: string) => Promise<Response>} fetch
 * @param {Pick<Cache, "match" | "put"> | null} cache
 */
async function answerFor(url, fetch, cache) {
  const kept = await cache?.match(url).catch(() => undefined);
  if (kept) return kept;
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  void cache?.put(url, answer.clone()).catch(() => {}); // no room: it comes anew the next time
  return answer;
}

/**
 * @param {Response} answer
 * @param {SiteFile} file
 * @param {(count: number) => void} tell
 */
async function bytesOf(answer, { path, bytes, deflated }, tell) {
  const { body } = answer;
  if (body === null) throw new Error(`${path} is empty.`);
  const whole = new Uint8Array(bytes);
  let at = 0;
  const reader = (deflated ? body.pipeThrough(new DecompressionStream("deflate")) : body).getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    if (at + piece.value.length > bytes) throw new Error(`${path} is longer than it was made.`);
    whole.set(piece.value, at);
    at += piece.value.length;
    tell(piece.value.length);
  }
  if (at < bytes) throw new Error(`${path} did not come whole.`);
  return whole;
}
