/**
 * The picture as it will be if Python agrees: what is under the pointer shows before Python has answered.
 * Numbers are not guessed; a node that waits for its answer says so by its look.
 *
 * @typedef {import("./types.js").Picture} Picture
 * @typedef {import("./types.js").EditEvent} EditEvent
 * @typedef {import("./types.js").Command} Command
 * @typedef {import("./types.js").AddNode} AddNode
 * @typedef {import("./types.js").Connect} Connect
 * @typedef {import("./types.js").Disconnect} Disconnect
 * @typedef {import("./types.js").Move} Move
 * @typedef {import("./types.js").Delete} Delete
 */

import { expectBlock, expectMember } from "./block_expectations.js";
import { nameForNode } from "./names.js";
import { NONE, describeOp } from "./picture.js";

/**
 * @param {Picture} picture
 * @param {readonly (EditEvent | Command)[]} events not yet acknowledged
 * @returns {Picture}
 */
export function expectedPicture(picture, events) {
  return events.reduce(expected, picture);
}

/**
 * @param {Picture} picture
 * @param {EditEvent | Command} event
 * @returns {Picture}
 */
function expected(picture, event) {
  switch (event.type) {
    case "add":
      return expectNode(picture, event);
    case "connect":
      return expectWire(picture, event);
    case "disconnect":
      return { ...picture, edges: without(picture.edges, [`${event.target}:${event.port}`]) };
    case "block":
      return expectBlock(picture, event);
    case "move":
      return expectMove(picture, event);
    case "delete":
      return expectDelete(picture, event);
    default: // of all others only Python knows what comes of them
      return picture;
  }
}

/**
 * @param {Picture} picture
 * @param {AddNode} event
 */
function expectNode(picture, event) {
  const { id, op, x, y, value } = event;
  const { drawn } = describeOp(picture, op);
  if (id in picture.nodes || drawn === undefined) return picture;
  const name = event.name ?? nameForNode(picture, op);
  const node = {
    ...drawn, label: drawn.label.replace("…", name), id, op, name, x, y, value,
    data: NONE, grad: NONE, fullData: "", fullGrad: "", state: "waiting",
  };
  const more = { nodes: { ...picture.nodes, [id]: node }, order: [...picture.order, id] };
  return expectMember({ ...picture, ...more }, event);
}

/**
 * @param {Picture} picture
 * @param {Connect} event
 */
function expectWire(picture, { source, output, target, port }) {
  if (!(source in picture.nodes && target in picture.nodes)) return picture;
  const id = `${target}:${port}`;
  const edge = { id, from: source, to: target, output, port, arrows: "to" };
  return { ...picture, edges: { ...picture.edges, [id]: edge } };
}

/**
 * @param {Picture} picture
 * @param {Move} event
 */
function expectMove(picture, { positions }) {
  const nodes = { ...picture.nodes };
  for (const [id, [x, y]] of Object.entries(positions)) if (id in nodes) nodes[id] = { ...nodes[id], x, y };
  return { ...picture, nodes };
}

/**
 * @param {Picture} picture
 * @param {Delete} event
 */
function expectDelete(picture, event) {
  const gone = new Set(event.nodes);
  const loose = Object.values(picture.edges).filter((edge) => gone.has(edge.from) || gone.has(edge.to));
  return {
    ...picture,
    nodes: without(picture.nodes, event.nodes),
    edges: without(picture.edges, loose.map((edge) => edge.id)),
    order: picture.order.filter((id) => !gone.has(id)),
  };
}

/**
 * @template Value
 * @param {Record<string, Value>} object
 * @param {readonly string[]} keys
 * @returns {Record<string, Value>}
 */
function without(object, keys) {
  const rest = { ...object };
  for (const key of keys) delete rest[key];
  return rest;
}
