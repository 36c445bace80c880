/**
 * Where a link leads, and the shape of its QR code.
 *
 * @typedef {import("../types/exchange_types.js").Address} Address
 */

/**
 * A link to this page as others can open it: at the address where they find the page.
 * @param {string} link
 * @param {Address | undefined} address
 */
export function forOthers(link, address) {
  if (!address?.url) return link;
  const { search, hash } = new URL(link);
  return new URL(search + hash, address.url).href;
}

/** A code is read by its frame of light modules, of which there are as many on each side. */
export const QUIET_ZONE = 4;

/**
 * The dark modules of a QR code as the path of an SVG, one unit each: a rectangle for each run in a row.
 * @param {readonly string[]} rows "1" for each dark module
 */
export function pathOfModules(rows) {
  const parts = rows.flatMap((row, y) => [...row.matchAll(/1+/g)].map(
    ({ 0: { length }, index }) => `M${index + QUIET_ZONE} ${y + QUIET_ZONE}h${length}v1h-${length}z`,
  ));
  return parts.join("");
}
