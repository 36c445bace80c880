/**
 * What vis-network holds of a picture, brought up to date by what differs.
 *
 * @typedef {import("../model/graph_types.js").PictureNode} PictureNode
 * @typedef {import("../model/graph_types.js").Edge} Edge
 * @typedef {Partial<PictureNode> & {id: string}} DrawnNode
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
  return { id: node.id, ...Object.fromEntries(DRAWN.map((field) => [field, node[field]])) };
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
    return fields.length ? [{ id: node.id, ...Object.fromEntries(fields.map((field) => [field, node[field]])) }] : [];
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
