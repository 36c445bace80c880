/**
 * Questions about the blocks of a picture: what is hidden in closed ones, and which ways lead around open ones.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {import("../types/graph_types.js").BlockFacts} BlockFacts
 * @typedef {import("../types/graph_types.js").Wire} Wire
 * @typedef {import("../types/graph_types.js").DocumentNode} DocumentNode
 * @typedef {import("../types/graph_types.js").DocumentBlock} DocumentBlock
 */

import { BLOCK } from "./picture.js";

/**
 * The open blocks whose frames are shown, the larger first.
 * @param {Picture} picture
 * @returns {[id: string, block: BlockFacts][]}
 */
export function openBlocks(picture) {
  const open = Object.entries(picture.blocks ?? {}).filter(([, { frame }]) => frame.some((id) => id in picture.nodes));
  return open.sort(([, a], [, b]) => b.nodes.length - a.nodes.length);
}

/**
 * What a node is shown as: itself, or the closed block that hides it.
 * @param {Picture} picture
 * @param {string} id
 */
export function shownAs(picture, id) {
  if (id in picture.nodes) return id;
  return Object.entries(picture.blocks ?? {}).find(([block, { nodes }]) => block in picture.nodes && nodes.includes(id))?.[0] ?? id;
}

/**
 * What stands in an open block, as it is shown.
 * @param {Picture} picture
 * @param {string} id
 */
export function shownIn(picture, id) {
  return (picture.blocks?.[id]?.frame ?? []).filter((each) => each in picture.nodes);
}

/**
 * The nodes that some ids stand for: a block's stands for its members.
 * @param {Picture} picture
 * @param {readonly string[]} ids
 */
export function membersOf(picture, ids) {
  return [...new Set(ids.flatMap((id) => picture.blocks?.[id]?.nodes ?? [id]))];
}

/**
 * The document's own nodes, whether they are shown or not, in its order.
 * @param {Picture} picture
 * @returns {DocumentNode[]}
 */
export function allNodes(picture) {
  const order = picture.inside?.order ?? picture.order;
  return order.map((id) => ({ ...(picture.nodes[id] ?? picture.inside?.nodes[id]), id }));
}

/**
 * The document's own wires: none leads to a block.
 * @param {Picture} picture
 * @returns {Wire[]}
 */
export function allEdges(picture) {
  /** @param {string} id */
  const isNode = (id) => picture.nodes[id]?.op !== BLOCK;
  const shown = Object.values(picture.edges).filter((edge) => isNode(edge.from) && isNode(edge.to));
  return [...shown, ...Object.values(picture.inside?.edges ?? {})];
}

/**
 * The blocks as a document writes them.
 * @param {Picture} picture
 * @returns {DocumentBlock[]}
 */
export function allBlocks(picture) {
  return Object.entries(picture.blocks ?? {}).map(([id, { name, nodes, open, inputs, outputs }]) =>
    ({ id, name, nodes, open, inputs, outputs }));
}

/**
 * Answers, for a wire from source to target, the open block out of which a way would lead and back into it, or "".
 * @param {Picture} picture
 * @returns {(source: string, target: string) => string}
 */
export function borders(picture) {
  const open = Object.values(picture.blocks ?? {}).filter(({ frame }) => frame.length > 0)
    .sort((a, b) => b.nodes.length - a.nodes.length);
  if (open.length === 0) return () => "";
  const inside = open.map((block) => ({ block, frame: new Set(block.frame) }));
  /**
   * A nested frame is around what it shows; a block around it holds all of that, too.
   * @param {string} id
   * @returns {(BlockFacts | string)[]}
   */
  const chain = (id) => [...inside.filter(({ frame }) => frame.has(id)).map(({ block }) => block), id];
  /**
   * What a wire joins: two that stand side by side in the smallest block around both its ends.
   * @param {string} from
   * @param {string} to
   */
  const beside = (from, to) => {
    const [sources, targets] = [chain(from), chain(to)];
    const at = sources.findIndex((each, index) => each !== targets[index]);
    return [sources[at], targets[at]];
  };
  /** @type {Map<BlockFacts | string, (BlockFacts | string)[]>} */
  const next = new Map();
  for (const { from, to } of Object.values(picture.edges)) {
    const [a, b] = beside(from, to);
    next.set(a, [...(next.get(a) ?? []), b]);
  }
  return (source, target) => {
    const [goal, start] = beside(source, target);
    const met = new Set([start]);
    for (const each of met) for (const other of next.get(each) ?? []) met.add(other);
    const around = [start, goal, ...met].find((each) => typeof each === "object");
    return met.has(goal) && around ? around.name : "";
  };
}
