/**
 * Take the canvas's files in: its modules, vis-network, the style, and what every picture in a language holds.
 *
 * The page itself asks for this before Streamlit has asked for anything: where it begins with a picture that is known
 * beforehand, at once; else while the browser waits for the first message. Where it does not, or is in another language,
 * the loader asks.
 */

/** By the file of what every picture holds. @type {Map<string, Promise<void>>} */
const begun = new Map();
/** So long the picture waits for the face of its texts. */
const FACE_MS = 500;

/**
 * Take the files in and start the canvas; rejects where one does not come.
 * @param {string} constant the file with what every picture in the page's language holds
 * @param {string} [first] the address of the picture with which every session begins, where it may be shown at once
 */
export function load(constant, first) {
  const loading = begun.get(constant) ?? loaded(constant, first);
  begun.set(constant, loading);
  return loading;
}

/**
 * @param {string} constant
 * @param {string} [first]
 */
async function loaded(constant, first) {
  const asked = first && askTabs();
  const files = { canvas: "./canvas.js", library: "./vis-network.js" };
  const [{ start }, sheet, part, picture] = await Promise.all([
    import(files.canvas), textOf("./style.css"), textOf(constant), first && pictureIn(first), import(files.library),
    first && faceOrSoon(),
  ]);
  start(sheet, { name: constant, part: JSON.parse(part) }, picture, asked);
}

/** Other tabs have some time to say which graphs are theirs: as `parts/browser_storage.js` asks them, but first of all. */
function askTabs() {
  const open = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("backprop-playground:");
  /** @type {object[]} */
  const heard = [];
  const hear = (/** @type {MessageEvent<object>} */ { data }) => void heard.push(data);
  open?.addEventListener("message", hear);
  open?.postMessage({ ask: true });
  return { open, hear, heard, since: performance.now() };
}

/** @param {string} address */
async function pictureIn(address) {
  try {
    return { ...JSON.parse(await textOf(new URL(address, document.baseURI))), name: address };
  } catch {
    return undefined; // then the session brings it
  }
}

/** Texts are measured when they are drawn, so the picture waits a moment for the face in which they stand. */
async function faceOrSoon() {
  const soon = new Promise((resolve) => setTimeout(resolve, FACE_MS));
  await Promise.race([document.fonts.load('16px "Source Sans"'), soon]).catch(() => {});
}

/** @param {string | URL} path */
async function textOf(path) {
  const answer = await fetch(new URL(path, import.meta.url));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.text();
}

const page = /** @type {HTMLElement | null} */ (document.querySelector("script[data-constant]"))?.dataset ?? {};
const { constant, first, speaks = "" } = page;
if (constant !== undefined) {
  // The session asks the browser itself for its language, where none is chosen.
  const isEarly = first !== undefined && navigator.language.toLowerCase().startsWith(speaks);
  const begin = () => void load(constant, isEarly ? first : undefined).catch(() => {}); // the loader tells of it
  if (isEarly) begin();
  else (globalThis.requestIdleCallback ?? setTimeout)(begin);
}
