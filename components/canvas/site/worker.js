/**
 * The worker in which Python runs: it brings Pyodide and the playground's Python into memory, begins the page's session,
 * and answers each outbox. Where the browser keeps files, it keeps Python's memory beside them once all is imported, and a
 * later visit begins with that. It is no part of the page's one script: the browser loads it with the files that it imports.
 *
 * @typedef {import("./site_types.js").Asked} Asked
 * @typedef {import("./site_types.js").Told} Told
 * @typedef {import("./site_types.js").SiteFile} SiteFile
 * @typedef {import("./kept_memory.js").KeptMemory} KeptMemory
 *
 * @typedef {object} PythonPage `components/site/page.py`
 * @property {() => string} beside
 * @property {() => string} message
 * @property {(outbox: string) => string} receive
 * @property {() => string} document
 */

import { cacheName, fetchFiles } from "./fetching.js";
import { addressOfMemory, packed, unpacked } from "./kept_memory.js";
import { memoryOf, startPyodide } from "./pyodide.js";

const HOME = "/playground";
/** The shares of starting after each of its parts, as measured. */
const STARTED = { core: 0.3, unpacked: 0.4, done: 1 };

/** @type {PythonPage | undefined} */
let page;
/** The outbox that came last: it holds what those before it held, so Python takes it alone. @type {object | undefined} */
let waiting;
/** How often the graph was asked for as a file, since it was handed out last. */
let saves = 0;
/** Keep the memory no longer that this has begun with. */
let forget = async () => {};

/** @param {Told} told */
const tell = (told) => globalThis.postMessage(told);

globalThis.addEventListener("message", ({ data }) => {
  if (data.begin) {
    void guarded(() => begin(data.begin));
    return;
  }
  if (waiting === undefined && saves === 0) setTimeout(() => void guarded(answer)); // once all that has come by now is read
  if (data.save) saves += 1;
  else waiting = data.outbox;
});

/** Answer what has come, as soon as there is a page. */
function answer() {
  if (page === undefined) return;
  const outbox = waiting;
  waiting = undefined;
  if (outbox !== undefined) tell({ message: page.receive(JSON.stringify(outbox)) });
  for (; saves > 0; saves -= 1) tell({ document: page.document() });
}

/** @param {() => unknown} act */
async function guarded(act) {
  try {
    await act();
  } catch (error) {
    console.error(error);
    await forget();
    const message = error instanceof Error ? error.message : String(error);
    tell({ fault: message.trim().split("\n").at(-1) }); // of Python's the last line says what it is
  }
}

/** @param {Asked} asked */
async function begin(asked) {
  const cache = await globalThis.caches?.open(cacheName(asked.base, asked.version)).catch(() => null) ?? null;
  const address = addressOfMemory(asked.base);
  const kept = await keptMemory(cache, address);
  if (kept) {
    forget = async () => void (await cache?.delete(address).catch(() => {}));
    try {
      await beginWith(asked, cache, kept);
      return;
    } catch (error) {
      console.warn("Python begins anew, without the memory that was kept.", error);
      await forget();
    }
  }
  const made = await beginWith(asked, cache, null);
  if (made) void cache?.put(address, new Response(packed(made))).catch(() => {}); // no room: the next visit begins anew
}

/**
 * The memory of an earlier visit, if it is there and whole.
 * @param {Cache | null} cache
 * @param {string} address
 */
async function keptMemory(cache, address) {
  try {
    const found = await cache?.match(address);
    return found ? unpacked(await found.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

/**
 * Begin the page, and return the memory that is to be kept.
 * @param {Asked} asked
 * @param {Cache | null} cache
 * @param {KeptMemory | null} kept
 */
async function beginWith({ base, python, page: wanted }, cache, kept) {
  const native = globalThis.fetch.bind(globalThis);
  const { core, libraries, packages, archive } = python;
  const needed = [...core, ...libraries, ...(kept ? [] : [...packages, archive])];
  const files = await fetchFiles(needed, { base, fetch: native, cache }, (share) => tell({ progress: ["fetching", share] }));
  tell({ progress: ["starting", 0] });
  const urlOf = (/** @type {string} */ path) => new URL(path, base).href;
  const bytesOf = (/** @type {SiteFile} */ { path }) => /** @type {Uint8Array<ArrayBuffer>} */ (files.get(urlOf(path)));
  // Pyodide asks for its own files by itself: they are here already.
  globalThis.fetch = async (asked, options) => {
    const bytes = files.get(asked instanceof Request ? asked.url : new URL(asked, base).href);
    return bytes === undefined ? native(asked, options) : new Response(bytes, { headers: { "Content-Type": typeOf(String(asked)) } });
  };
  const beginning = {
    folder: urlOf(python.pyodide), factory: python.factory, environment: { HOME, ...python.environment },
    libraries: libraries.map((each) => /** @type {[string, Uint8Array<ArrayBuffer>]} */ ([each.place, bytesOf(each)])),
  };
  const started = await startPyodide(beginning, { kept, keeps: cache !== null }).finally(() => (globalThis.fetch = native));
  const { pyodide, module } = started;
  tell({ progress: ["starting", STARTED.core] });
  let made;
  if (kept === null) {
    for (const each of [...packages, archive]) pyodide.unpackArchive(bytesOf(each), "zip", { extractDir: HOME });
    for (const [place, bytes] of beginning.libraries) module.FS.writeFile(place, bytes);
    pyodide.pyimport("sys").path.insert(0, HOME);
    tell({ progress: ["starting", STARTED.unpacked] });
    if (cache) {
      pyodide.pyimport("components.site").prepare();
      made = memoryOf(started, HOME, beginning.libraries.map(([place]) => place));
    }
  }
  files.clear();
  page = /** @type {PythonPage} */ (pyodide.pyimport("components.site").Page(JSON.stringify(wanted)));
  tell({ progress: ["starting", STARTED.done], beside: page.beside(), message: page.message() });
  answer();
  return made;
}

/** @param {string} url */
function typeOf(url) {
  return url.includes(".wasm") ? "application/wasm" : "application/octet-stream";
}
