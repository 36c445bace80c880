/**
 * Copies of a part of the graph: what is taken, and the events that put it in once more.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {import("../types/event_types.js").EditEvent} EditEvent
 * @typedef {import("../types/event_types.js").AddNode} AddNode
 * @typedef {import("../types/graph_types.js").Wire} Wire
 * @typedef {import("../types/graph_types.js").DocumentNode} DocumentNode
 * @typedef {import("../types/graph_types.js").DocumentBlock} DocumentBlock
 * @typedef {import("../types/picture_types.js").Point} Point
 *
 * @typedef {{nodes: DocumentNode[], edges: Wire[], blocks: DocumentBlock[]}} Part
 */

import { allBlocks, allEdges, allNodes, membersOf } from "./block_model.js";
import { freeName, freshId, nameForCopy, takenNames } from "./names.js";

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
 * The events that put a part in beside where it was, with its inner wires and its blocks, and the ids of what they add.
 * Names that are free are kept; where all are taken, Python gives fresh ones.
 * @param {Part} part
 * @param {object} to
 * @param {Picture} to.picture
 * @param {Set<string>} to.reserved
 * @param {Point} to.shift
 */
export function pastePart({ nodes, edges, blocks }, { picture, reserved, shift }) {
  /** @type {Map<string, string>} */
  const copies = new Map();
  for (const { id } of [...nodes, ...blocks]) copies.set(id, freshId(picture, reserved));
  /** @param {string} id */
  const copyOf = (id) => copies.get(id) ?? id;
  const taken = takenNames(picture);
  const namesOf = namesForCopies(nodes, picture, taken);
  /** @type {EditEvent[]} */
  const events = nodes.map((node) => ({ ...copyOfNode(node, copyOf(node.id), shift), ...namesOf(node) }));
  for (const { from, output, to, port } of edges) {
    events.push({ type: "connect", source: copyOf(from), output, target: copyOf(to), port });
  }
  for (const block of blocks) {
    const name = taken.has(block.name) ? nameForCopy(block.name, taken) : block.name;
    taken.add(name);
    events.push({
      type: "block", id: copyOf(block.id), name, open: block.open, nodes: block.nodes.map(copyOf),
      inputs: block.inputs.map((group) => group.map(([node, port]) => [copyOf(node), port])),
    });
  }
  return { events, ids: [...copies.values()] };
}

/**
 * Answers what each copy is called; from now on its name is taken.
 * @param {readonly DocumentNode[]} nodes
 * @param {Picture} picture
 * @param {Set<string>} taken
 * @returns {(node: DocumentNode) => {name?: string}}
 */
function namesForCopies(nodes, picture, taken) {
  const free = new Set(nodes.map(({ name }) => name).filter((name) => !taken.has(name)));
  if (free.size === 0) return () => ({});
  free.forEach((name) => taken.add(name)); // no other copy gets it
  return ({ op, name }) => {
    const given = free.delete(name) ? name : freeName(picture, op, taken);
    taken.add(given);
    return { name: given };
  };
}

/**
 * @param {DocumentNode} node
 * @param {string} id
 * @param {Point} shift
 * @returns {AddNode}
 */
function copyOfNode({ op, x, y, value, written, parameters, role }, id, shift) {
  return {
    type: "add", id, op, x: Math.round(x + shift.x), y: Math.round(y + shift.y),
    ...(parameters && { parameters: Object.fromEntries(parameters) }), ...(value !== undefined && { value }),
    ...(written && { written }), ...(role && { role }),
  };
}
