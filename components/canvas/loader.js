/**
 * Bring the canvas from the server's route; where the browser cannot, Python is told and sends it as one script.
 *
 * @typedef {object} Place where the canvas is served
 * @property {string} folder
 * @property {string} canvas
 * @property {string} library
 * @property {string} style
 */

/** @param {{data: Place, setStateValue: (name: string, value: boolean) => void}} component */
export default function ({ data, setStateValue }) {
  const page = /** @type {{backpropPlayground?: {loading?: Promise<void>}}} */ (/** @type {unknown} */ (globalThis));
  const registry = (page.backpropPlayground ??= {});
  registry.loading ??= load(data).catch(() => setStateValue("missing", true));
}

/** @param {Place} place */
async function load({ folder, canvas, library, style }) {
  const base = new URL(folder, document.baseURI);
  /** @param {string} path */
  const urlOf = (path) => new URL(path, base).href;
  const [{ start }, sheet] = await Promise.all([import(urlOf(canvas)), textOf(urlOf(style)), import(urlOf(library))]);
  start(sheet);
}

/** @param {string} url */
async function textOf(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.text();
}
