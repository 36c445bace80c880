/**
 * Whether the page stands in another one, as in a slide or a course page: `?embed=1`, and what such a page is told of it
 * by `postMessage`. docs/embedding.md says how a page makes use of it.
 *
 * A height says nothing of anybody, and goes to whoever holds the frame. How far somebody has come goes to the site alone
 * that the address names, `?embed=1&parent=https://course.example`: the browser hands it over where the page around is
 * really of that site, and nowhere else. Neither holds a name, an answer, or a number of the graph.
 */

const PARAMETER = "embed";
const PARENT = "parent";
/** What any page around may be told. */
const HEIGHT = "height";
/** What marks the messages as the playground's; the version is raised where one that reads them would go wrong. */
const ENVELOPE = { source: "backprop-playground", version: 1 };

/** Whether the page's address asks for question, graph and steps alone. */
export function isEmbedded() {
  const asked = new URLSearchParams(globalThis.location?.search ?? "").get(PARAMETER);
  return asked !== null && !["", "0", "false"].includes(asked.toLowerCase());
}

/**
 * A link to be put into a slide or a course page.
 * @param {URL} url
 */
export function toBeEmbedded(url) {
  const link = new URL(url);
  link.searchParams.set(PARAMETER, "1");
  return link;
}

/**
 * The site that is told how far somebody has come, as an address names it; empty where it names none.
 * @param {string} search of the address
 */
export function siteAround(search) {
  try {
    const { origin, protocol } = new URL(new URLSearchParams(search).get(PARENT) ?? "");
    return ["https:", "http:"].includes(protocol) ? origin : "";
  } catch {
    return "";
  }
}

/**
 * Tell the page around something; answers whether it was told.
 * @param {{type: string}} told
 * @param {{parent: Pick<Window, "postMessage">, location: {search: string}}} window
 */
export function tellAround(told, window) {
  if (/** @type {unknown} */ (window.parent) === window) return false;
  const site = told.type === HEIGHT ? "*" : siteAround(window.location.search);
  if (site !== "") window.parent.postMessage({ ...ENVELOPE, ...told }, site);
  return site !== "";
}
