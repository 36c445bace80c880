/**
 * The picture as it will be if Python agrees: what is under the pointer shows before Python has answered.
 * Numbers are not guessed, but those that were typed; a node that waits for its answer says so.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {import("../types/event_types.js").EditEvent} EditEvent
 * @typedef {import("../types/event_types.js").Command} Command
 * @typedef {import("../types/event_types.js").AddNode} AddNode
 * @typedef {import("../types/event_types.js").Connect} Connect
 * @typedef {import("../types/event_types.js").Disconnect} Disconnect
 * @typedef {import("../types/event_types.js").Move} Move
 * @typedef {import("../types/event_types.js").SetValue} SetValue
 * @typedef {import("../types/graph_types.js").JsonValue} JsonValue
 * @typedef {import("../types/event_types.js").Delete} Delete
 */

import { expectBlock, expectMember } from "./block_expectations.js";
import { allNodes } from "./block_model.js";
import { nameForNode } from "./names.js";
import { INPUT, NONE, describeOp } from "./picture.js";
import { short } from "../../parts/numbers.js";

/** Characters of what was typed that a node shows before Python has read it. */
const MOST_SHOWN = 12;

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
    case "set value":
      return expectValue(picture, event);
    case "set parameter":
      return withNode(picture, event.node, { pending: true });
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
  const { id, op, x, y } = event;
  const { drawn } = describeOp(picture, op);
  if (id in picture.nodes || drawn === undefined) return picture;
  const name = event.name ?? nameForNode(picture, op);
  const value = event.value ?? (op === INPUT ? freshValue(picture) : undefined);
  const node = {
    ...drawn, label: drawn.label.replace("…", name), id, op, name, x, y, value,
    data: NONE, grad: NONE, fullData: "", fullGrad: "", state: "waiting",
  };
  const more = { nodes: { ...picture.nodes, [id]: node }, order: [...picture.order, id] };
  return expectMember({ ...picture, ...more }, event);
}

/**
 * The value that Python will give to a new input: the first of 1, 2, 3 … that no other holds.
 * @param {Picture} picture
 */
function freshValue(picture) {
  const held = new Set(allNodes(picture).map(({ value }) => value));
  let number = 1;
  while (held.has(number)) number += 1;
  return number;
}

/**
 * What was typed shows at once, and that it waits.
 * @param {Picture} picture
 * @param {SetValue} event
 */
function expectValue(picture, { node: id, value: typed }) {
  const node = picture.nodes[id];
  if (node?.op !== INPUT) return picture;
  const value = numberIn(typed);
  const text = String(typed).trim();
  const cut = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  const data = value === undefined ? cut : short(value, picture.settings.numbers);
  const label = node.label.replace(/<i>data [^<]*<\/i>/, () => `<i>data ${escaped(data)}</i>`);
  return withNode(picture, id, { value: value ?? node.value, written: value === undefined ? text : undefined, data, label, pending: true });
}

/**
 * The number that a value is, or that a text writes in digits.
 * @param {JsonValue} value
 */
function numberIn(value) {
  if (typeof value === "number") return value;
  const text = String(value).trim().replaceAll("−", "-");
  return text !== "" && /^[-+\d.e]+$/i.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * @param {Picture} picture
 * @param {string} id
 * @param {Partial<import("../types/graph_types.js").PictureNode>} more
 * @returns {Picture}
 */
function withNode(picture, id, more) {
  const node = picture.nodes[id];
  return node === undefined ? picture : { ...picture, nodes: { ...picture.nodes, [id]: { ...node, ...more } } };
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
