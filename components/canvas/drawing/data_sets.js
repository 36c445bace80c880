/**
 * What vis-network holds of a picture, brought up to date by what differs.
 *
 * @typedef {import("../model/types/graph_types.js").PictureNode} PictureNode
 * @typedef {import("../model/types/graph_types.js").Edge} Edge
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../parts/theme.js").Theme} Theme
 * @typedef {Omit<Partial<PictureNode>, "widthConstraint"> & {id: string, widthConstraint?: {minimum: number},
 *   heightConstraint?: object, font?: object}} DrawnNode
 */

/**
 * @template {{id: string}} Item
 * @typedef {import("./vis.js").DataSet<Item>} DataSet
 */

/** What vis-network reads of a node; all else is for the page. */
const DRAWN = /** @type {const} */ (["label", "shape", "group", "borderWidth", "widthConstraint", "x", "y"]);

/**
 * The drawn fields of a node.
 * @param {PictureNode} node
 * @returns {DrawnNode}
 */
export function drawnPart(node) {
  return fieldsOf(node, DRAWN);
}

/**
 * Some fields of a node as vis-network takes them. Its width is reserved and is no limit at which text would be broken:
 * where a font is wider than expected, a line grows by a little, and the node no taller.
 * @param {PictureNode} node
 * @param {readonly (typeof DRAWN)[number][]} fields
 * @returns {DrawnNode}
 */
function fieldsOf(node, fields) {
  /** @param {(typeof DRAWN)[number]} field */
  const valueOf = (field) => (field === "widthConstraint" ? { minimum: node[field] } : node[field]);
  return { id: node.id, ...Object.fromEntries(fields.map((field) => [field, valueOf(field)])) };
}

/** The sizes of a node's text and of the node, as `components/picture` has them. */
const SIZES = { text: 22, message: 14, height: 94 };

/**
 * What makes a node larger than the others, its text with it.
 * @param {number} factor
 * @param {DrawnNode} node as vis-network has it
 * @param {number} before by which factor it is larger already
 * @returns {DrawnNode}
 */
export function enlargedBy(factor, node, before) {
  const face = { size: SIZES.text * factor };
  return {
    id: node.id,
    widthConstraint: { minimum: (node.widthConstraint?.minimum ?? 0) / before * factor },
    heightConstraint: { minimum: SIZES.height * factor, valign: "middle" },
    font: { ...face, bold: face, ital: face, mono: face, boldital: { size: SIZES.message * factor } },
  };
}

/**
 * A wire without its label, which stands where it covers nothing: see `wire_labels.js`.
 * @param {Edge} edge
 * @returns {Edge}
 */
export function drawnWire({ label, ...wire }) {
  return wire;
}

/**
 * @param {DataSet<DrawnNode>} dataSet
 * @param {Record<string, PictureNode>} before
 * @param {Record<string, PictureNode>} after
 */
export function synchroniseNodes(dataSet, before, after) {
  const gone = Object.keys(before).filter((id) => !(id in after));
  if (gone.length) dataSet.remove(gone);
  const changed = Object.values(after).filter((node) => before[node.id] !== node).flatMap((node) => {
    const known = before[node.id];
    const fields = DRAWN.filter((field) => node[field] !== known?.[field]);
    return fields.length ? [fieldsOf(node, fields)] : [];
  });
  if (changed.length) dataSet.update(changed);
}

/**
 * @param {DataSet<Edge>} dataSet
 * @param {Record<string, Edge>} before
 * @param {Record<string, Edge>} after
 */
export function synchroniseEdges(dataSet, before, after) {
  const gone = Object.keys(before).filter((id) => after[id] !== before[id]);
  const come = Object.keys(after).filter((id) => after[id] !== before[id]);
  // vis merges an update into what it holds, and a wire that no longer runs beside another must lose its bow.
  if (gone.length) dataSet.remove(gone);
  if (come.length) dataSet.add(come.map((id) => drawnWire(after[id])));
}

/**
 * What vis-network is told once, and again with another theme; a copy, since it writes into it.
 * @param {Picture} picture
 * @param {Theme} theme
 */
export function optionsFor(picture, theme) {
  return { ...structuredClone(picture.options?.[theme]), autoResize: false };
}
