/**
 * Take the canvas's files in: its modules, vis-network, the style, and what every picture in a language holds.
 *
 * The page itself asks for this before Streamlit has asked for anything; it is then done while the browser waits for the
 * first message. Where it does not, or is in another language, the loader asks.
 */

/** By the file of what every picture holds. @type {Map<string, Promise<void>>} */
const begun = new Map();

/**
 * Take the files in and start the canvas; rejects where one does not come.
 * @param {string} constant the file with what every picture in the page's language holds
 */
export function load(constant) {
  const loading = begun.get(constant) ?? loaded(constant);
  begun.set(constant, loading);
  return loading;
}

/** @param {string} constant */
async function loaded(constant) {
  const files = { canvas: "./canvas.js", library: "./vis-network.js" };
  const [{ start }, sheet, part] = await Promise.all([
    import(files.canvas), textOf("./style.css"), textOf(constant), import(files.library),
  ]);
  start(sheet, { name: constant, part: JSON.parse(part) });
}

/** @param {string} path */
async function textOf(path) {
  const answer = await fetch(new URL(path, import.meta.url));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.text();
}

const asked = /** @type {HTMLElement | null} */ (document.querySelector("script[data-constant]"))?.dataset.constant;
if (asked !== undefined) {
  const whenIdle = globalThis.requestIdleCallback ?? setTimeout;
  whenIdle(() => load(asked).catch(() => {})); // the loader tells of it
}
