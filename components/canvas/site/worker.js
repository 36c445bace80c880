/**
 * The worker in which Python runs: it brings Pyodide and the playground's Python into memory, begins the page's session,
 * and answers each outbox. It is no part of the page's one script: the browser loads it with `fetching.js` beside it.
 *
 * @typedef {import("./site_types.js").Asked} Asked
 * @typedef {import("./site_types.js").Told} Told
 *
 * @typedef {object} PythonPage `components/site/page.py`
 * @property {() => string} beside
 * @property {() => string} message
 * @property {(outbox: string) => string} receive
 * @property {() => string} document
 *
 * @typedef {object} Pyodide
 * @property {(bytes: Uint8Array, format: string, options?: {extractDir: string}) => void} unpackArchive
 * @property {(name: string) => any} pyimport
 */

import { cacheName, fetchFiles } from "./fetching.js";

const HOME = "/playground";
/** The shares of starting after each of its parts, as measured. */
const STARTED = { core: 0.3, unpacked: 0.4, done: 1 };

/** @type {PythonPage | undefined} */
let page;
/** The outbox that came last: it holds what those before it held, so Python takes it alone. @type {object | undefined} */
let waiting;
/** How often the graph was asked for as a file, since it was handed out last. */
let saves = 0;

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
    const message = error instanceof Error ? error.message : String(error);
    tell({ fault: message.trim().split("\n").at(-1) }); // of Python's the last line says what it is
  }
}

/** @param {Asked} asked */
async function begin({ base, version, python, page: wanted }) {
  const cache = await globalThis.caches?.open(cacheName(base, version)).catch(() => null) ?? null;
  const native = globalThis.fetch.bind(globalThis);
  const files = await fetchFiles([...python.core, ...python.wheels, python.archive], { base, fetch: native, cache },
    (share) => tell({ progress: ["fetching", share] }));
  tell({ progress: ["starting", 0] });
  const urlOf = (/** @type {string} */ path) => new URL(path, base).href;
  const bytesOf = (/** @type {{path: string}} */ { path }) => /** @type {Uint8Array} */ (files.get(urlOf(path)));
  const folder = urlOf(python.pyodide);
  // Pyodide asks for its own files by itself: they are here already.
  globalThis.fetch = async (asked, options) => {
    const bytes = files.get(asked instanceof Request ? asked.url : new URL(asked, base).href);
    return bytes === undefined ? native(asked, options) : new Response(bytes, { headers: { "Content-Type": typeOf(String(asked)) } });
  };
  const { loadPyodide } = await import(`${folder}pyodide.mjs`);
  /** @type {Pyodide} */
  const pyodide = await loadPyodide({ indexURL: folder, env: { HOME, ...python.environment } });
  tell({ progress: ["starting", STARTED.core] });
  for (const wheel of python.wheels) pyodide.unpackArchive(bytesOf(wheel), "wheel");
  pyodide.unpackArchive(bytesOf(python.archive), "zip", { extractDir: HOME });
  files.clear();
  globalThis.fetch = native;
  pyodide.pyimport("sys").path.insert(0, HOME);
  tell({ progress: ["starting", STARTED.unpacked] });
  page = /** @type {PythonPage} */ (pyodide.pyimport("components.site").Page(JSON.stringify(wanted)));
  tell({ progress: ["starting", STARTED.done], beside: page.beside(), message: page.message() });
  answer();
}

/** @param {string} url */
function typeOf(url) {
  return url.includes(".wasm") ? "application/wasm" : "application/octet-stream";
}
