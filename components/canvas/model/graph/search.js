/**
 * Finding ops by what was typed.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {import("../types/picture_types.js").CatalogueEntry} CatalogueEntry
 */

/**
 * Ops whose name, alias or symbol matches what was typed, the best first.
 * @param {Picture} picture
 * @param {string} text
 * @param {(entry: CatalogueEntry) => boolean} [fits]
 */
export function searchOps(picture, text, fits = () => true) {
  const wanted = text.trim().toLowerCase();
  const entries = picture.catalogue.flatMap(({ ops }) => ops).filter(fits);
  const ranked = entries.map((entry) => ({ entry, rank: rankOf(entry, wanted) }));
  const found = ranked.filter(({ rank }) => Number.isFinite(rank));
  return found.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry);
}

/**
 * How well an op fits: 0 exactly, then by the beginning of its name, of another word, by a part; Infinity not at all.
 * @param {CatalogueEntry} entry
 * @param {string} wanted
 */
function rankOf(entry, wanted) {
  const words = [entry.op, ...entry.aliases, entry.symbol].map((word) => word.toLowerCase());
  if (wanted === "" || words.includes(wanted)) return 0;
  if (words[0].startsWith(wanted)) return 1;
  if (words.some((word) => word.startsWith(wanted))) return 2;
  return words.some((word) => word.includes(wanted)) ? 3 : Infinity;
}
