/**
 * Questions about a picture: the graph as the browser knows it, never changed once it is there.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {import("../types/picture_types.js").CatalogueEntry} CatalogueEntry
 * @typedef {import("../types/graph_types.js").Edge} Edge
 */

export const BLOCK = "Block";
export const INPUT = "Input";
/** What stands where there is no number. */
export const NONE = "—";
/** What stands where there is a number that is not shown. */
export const HIDDEN = "?";

/** @type {Picture} */
export const EMPTY_PICTURE = Object.freeze({
  nodes: {},
  edges: {},
  order: [],
  options: null,
  catalogue: [],
  settings: {
    distances: { column: 0, row: 0 },
    node: { width: 0, height: 0, text: 22 },
    names: { input: [], op: [], block: "" },
    descent: { minRate: 0, maxRate: 0, maxSteps: 0 },
    document: { format: "", version: 0, largestBytes: 0 },
    numbers: { digits: 1, scientificBelow: 0, scientificFrom: Infinity, minus: "-" },
  },
});

/**
 * @param {Picture} picture
 * @param {string} op
 * @returns {CatalogueEntry}
 */
export function describeOp({ catalogue }, op) {
  const entries = ENTRIES.get(catalogue) ?? new Map(catalogue.flatMap(({ ops }) => ops.map((entry) => [entry.op, entry])));
  ENTRIES.set(catalogue, entries);
  return entries.get(op) ?? { op, symbol: "", ports: [], outputs: ["y"], description: "", aliases: [] };
}

/** The entries of each catalogue by their ops. @type {WeakMap<Picture["catalogue"], Map<string, CatalogueEntry>>} */
const ENTRIES = new WeakMap();

/**
 * The names of a node's own input and output ports.
 * @param {Picture} picture
 * @param {string} id
 */
export function portsOf(picture, id) {
  const node = picture.nodes[id];
  const { ports, outputs } = describeOp(picture, node.op);
  return { in: node.ports ?? ports, out: node.outputs ?? outputs };
}

/**
 * The edge that feeds an input port, if there is one.
 * @param {Picture} picture
 * @param {string} target
 * @param {number} port
 * @returns {Edge | undefined}
 */
export function edgeInto(picture, target, port) {
  return picture.edges[`${target}:${port}`];
}

/**
 * Whether a wire leads to a node or from it.
 * @param {Picture} picture
 * @param {string} id
 */
export function isWired(picture, id) {
  return Object.values(picture.edges).some((edge) => edge.from === id || edge.to === id);
}

/**
 * The names of the nodes that feed a node, in port order.
 * @param {Picture} picture
 * @param {string} id
 */
export function inputNames(picture, id) {
  return portsOf(picture, id).in.map((_, port) => {
    const edge = edgeInto(picture, id, port);
    return edge ? picture.nodes[edge.from].name : NONE;
  });
}

/**
 * Whether a wire from source to target would close a cycle.
 * @param {Picture} picture
 * @param {string} source
 * @param {string} target
 */
export function closesCycle(picture, source, target) {
  /** @type {Map<string, string[]>} */
  const targets = new Map();
  for (const { from, to } of Object.values(picture.edges)) {
    const known = targets.get(from);
    if (known) known.push(to);
    else targets.set(from, [to]);
  }
  const met = new Set([target]);
  for (const id of met) {
    if (id === source) return true;
    for (const next of targets.get(id) ?? []) met.add(next);
  }
  return false;
}

/**
 * The nodes that a node is wired to.
 * @param {Picture} picture
 * @param {string} id
 */
export function neighboursOf(picture, id) {
  const ends = Object.values(picture.edges).flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []));
  return [...new Set(ends)];
}
