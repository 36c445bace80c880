/**
 * Copies of a part of the graph: what is taken, and the events that put it in once more.
 *
 * @typedef {import("./types.js").Picture} Picture
 * @typedef {import("./types.js").EditEvent} EditEvent
 * @typedef {import("./types.js").AddNode} AddNode
 * @typedef {import("./types.js").Wire} Wire
 * @typedef {import("./types.js").DocumentNode} DocumentNode
 * @typedef {import("./types.js").DocumentBlock} DocumentBlock
 *
 * @typedef {{nodes: DocumentNode[], edges: Wire[], blocks: DocumentBlock[]}} Part
 */

import { allBlocks, allEdges, allNodes, membersOf } from "./block_model.js";
import { freshId, nameForCopy, takenNames } from "./names.js";

/**
 * Take nodes, the wires between them, and the blocks that are taken whole; null where there is nothing.
 * @param {Picture} picture
 * @param {readonly string[]} selected a block's id stands for its members
 * @returns {Part | null}
 */
export function takePart(picture, selected) {
  const ids = new Set(membersOf(picture, selected));
  if (ids.size === 0) return null;
  return {
    nodes: allNodes(picture).filter(({ id }) => ids.has(id)),
    edges: allEdges(picture).filter((edge) => ids.has(edge.from) && ids.has(edge.to)),
    blocks: allBlocks(picture).filter((block) => block.nodes.every((id) => ids.has(id))),
  };
}

/**
 * The events that put a part in beside where it was, with fresh names, its inner wires and its blocks, and the ids of
 * what they add.
 * @param {Part} part
 * @param {object} to
 * @param {Picture} to.picture
 * @param {Set<string>} to.reserved
 * @param {number} to.shift
 */
export function pastePart({ nodes, edges, blocks }, { picture, reserved, shift }) {
  /** @type {Map<string, string>} */
  const copies = new Map();
  for (const { id } of [...nodes, ...blocks]) copies.set(id, freshId(picture, reserved));
  /** @param {string} id */
  const copyOf = (id) => copies.get(id) ?? id;
  /** @type {EditEvent[]} */
  const events = nodes.map((node) => copyOfNode(node, copyOf(node.id), shift));
  for (const { from, output, to, port } of edges) {
    events.push({ type: "connect", source: copyOf(from), output, target: copyOf(to), port });
  }
  const taken = takenNames(picture);
  for (const block of blocks) {
    const name = nameForCopy(block.name, taken);
    taken.add(name);
    events.push({
      type: "block", id: copyOf(block.id), name, open: block.open, nodes: block.nodes.map(copyOf),
      inputs: block.inputs.map((group) => group.map(([node, port]) => [copyOf(node), port])),
    });
  }
  return { events, ids: [...copies.values()] };
}

/**
 * @param {DocumentNode} node
 * @param {string} id
 * @param {number} shift
 * @returns {AddNode}
 */
function copyOfNode({ op, x, y, value, parameters, role }, id, shift) {
  return {
    type: "add", id, op, x: Math.round(x + shift), y: Math.round(y + shift),
    ...(parameters && { parameters: Object.fromEntries(parameters) }), ...(value !== undefined && { value }),
    ...(role && { role }),
  };
}
