/**
 * Whether the page stands in another one, as in a slide or a course page: `?embed=1`. What such a page is told of it, by
 * `postMessage`, belongs here too.
 */

const PARAMETER = "embed";

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
