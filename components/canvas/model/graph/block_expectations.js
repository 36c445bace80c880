/**
 * How a picture will look with a new block in it, or a new node in a block, before Python has answered.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {import("../types/event_types.js").MakeBlock} MakeBlock
 * @typedef {import("../types/event_types.js").AddNode} AddNode
 * @typedef {import("../types/graph_types.js").Edge} Edge
 */

import { nameForBlock } from "./names.js";
import { BLOCK, NONE } from "./picture.js";

/**
 * The picture with nodes gathered into a closed block.
 * @param {Picture} picture
 * @param {MakeBlock} event
 * @returns {Picture}
 */
export function expectBlock(picture, event) {
  const gone = new Set(event.nodes.filter((id) => id in picture.nodes));
  if (event.open || gone.size === 0 || event.id in picture.nodes || picture.newBlock === undefined) return picture;
  const nodes = { ...picture.nodes };
  const places = [...gone].map((id) => nodes[id]);
  for (const id of gone) delete nodes[id];
  const name = event.name ?? nameForBlock(picture);
  const { edges, inputs, outputs } = gathered(picture, event.id, gone);
  nodes[event.id] = {
    ...picture.newBlock, label: picture.newBlock.label.replace("…", name), id: event.id, op: BLOCK, name,
    x: middle(places.map(({ x }) => x)), y: middle(places.map(({ y }) => y)), members: event.nodes.length,
    ports: inputs, outputs: outputs.length ? outputs : ["y"],
    data: NONE, grad: NONE, fullData: "", fullGrad: "", state: "waiting",
  };
  const place = picture.order.findLastIndex((id) => gone.has(id));
  const order = picture.order.toSpliced(place, 1, event.id).filter((id) => !gone.has(id));
  return { ...picture, nodes, edges, order };
}

/**
 * The picture with a new node in the open block that it was dropped into, and in those around it.
 * @param {Picture} picture
 * @param {AddNode} event
 * @returns {Picture}
 */
export function expectMember(picture, { id, block = "" }) {
  const held = picture.blocks?.[block];
  if (!picture.blocks || !held) return picture;
  const blocks = Object.fromEntries(Object.entries(picture.blocks).map(([each, other]) => {
    const holds = held.nodes.every((node) => other.nodes.includes(node));
    return [each, holds ? { ...other, nodes: [...other.nodes, id], frame: [...other.frame, id] } : other];
  }));
  return { ...picture, blocks };
}

/**
 * The wires as they lead to a block in the place of its members, and the names of its ports.
 * @param {Picture} picture
 * @param {string} block
 * @param {ReadonlySet<string>} gone
 */
function gathered(picture, block, gone) {
  /** @type {Record<string, Edge>} */
  const edges = {};
  /** @type {string[]} */
  const inputs = [];
  /** @type {string[]} */
  const outputs = [];
  for (const edge of Object.values(picture.edges)) {
    const [leaves, enters] = [gone.has(edge.from), gone.has(edge.to)];
    if (leaves && enters) continue;
    const name = `${picture.nodes[edge.from].name}${edge.output ? `.${edge.output}` : ""}`;
    const drawn = { ...edge };
    if (leaves) Object.assign(drawn, { from: block, output: placeIn(outputs, name) });
    if (enters) {
      const port = placeIn(inputs, name);
      Object.assign(drawn, { id: `${block}:${port}`, to: block, port });
    }
    edges[drawn.id] = drawn;
  }
  return { edges, inputs, outputs };
}

/**
 * Where a name stands in a list; a new one is put at its end.
 * @param {string[]} list
 * @param {string} name
 */
function placeIn(list, name) {
  return list.includes(name) ? list.indexOf(name) : list.push(name) - 1;
}

/** @param {number[]} values */
function middle(values) {
  return (Math.min(...values) + Math.max(...values)) / 2;
}
