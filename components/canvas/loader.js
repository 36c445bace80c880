/**
 * Bring the canvas from the server's route; where the browser cannot, Python is told and sends it as one script.
 *
 * @typedef {object} Place where the canvas is served
 * @property {string} folder
 * @property {string} loading the module that takes the files in
 * @property {string} constant what every picture holds
 */

/** @param {{data: Place, setStateValue: (name: string, value: boolean) => void}} component */
export default function ({ data, setStateValue }) {
  const page = /** @type {{backpropPlayground?: {loading?: Promise<void>}}} */ (/** @type {unknown} */ (globalThis));
  const registry = (page.backpropPlayground ??= {});
  registry.loading ??= import(new URL(data.folder + data.loading, document.baseURI).href)
    .then(({ load }) => load(data.constant))
    .catch(() => setStateValue("missing", true));
}
