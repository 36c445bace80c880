/**
 * What is said of nodes and ports, to screen readers and in the table.
 *
 * @typedef {import("./types.js").Picture} Picture
 * @typedef {import("./types.js").PictureNode} PictureNode
 * @typedef {import("./types.js").Side} Side
 */

import { listed, say, sayCount } from "../parts/messages.js";
import { BLOCK, HIDDEN, NONE, edgeInto, inputNames } from "./picture.js";

/**
 * What a screen reader says of a node: "a, Square of x, data 4, grad 1".
 * @param {Picture} picture
 * @param {string} id
 */
export function spokenName(picture, id) {
  const node = picture.nodes[id];
  const inputs = inputNames(picture, id);
  const isBlock = node.op === BLOCK;
  const op = opText(node);
  const what = !isBlock && inputs.length ? say("{op} of {inputs}", { op, inputs: listed(inputs) }) : op;
  const parts = [node.name, what, spokenData(node.data), spokenGrad(node.grad)];
  if (isBlock && inputs.length) parts.push(say("inputs {inputs}", { inputs: listed(inputs) }));
  parts.push(node.message ?? "", node.arrived ?? "", picture.faults?.[id]?.why ?? "");
  return parts.filter((part) => part !== "").join(say(", "));
}

/**
 * The op with its parameters: "Pow (3)", "Sum (axis=0, keepdims=no)"; of a closed block how much it holds.
 * @param {PictureNode} node
 */
export function opText({ op, typed, members = 0 }) {
  if (op === BLOCK) return sayCount("block of {count} node", "block of {count} nodes", members);
  if (typed === undefined) return op;
  return typed.startsWith("(") ? `${op} ${typed}` : `${op} (${typed})`;
}

/**
 * What a screen reader says of a port, and what it is wired to.
 * @param {Picture} picture
 * @param {string} id
 * @param {Side} side
 * @param {number} index
 * @param {string} port its name
 */
export function spokenPort(picture, id, side, index, port) {
  const node = picture.nodes[id].name;
  if (side === "out") return say("output {port} of {node}", { port, node });
  const wire = edgeInto(picture, id, index);
  if (wire === undefined) return say("input {port} of {node}, free", { port, node });
  const source = picture.nodes[wire.from].name;
  if (!wire.local) return say("input {port} of {node}, wired from {source}", { port, node, source });
  const places = { port, node, source, local: wire.local };
  return say("input {port} of {node}, wired from {source}, local derivative {local}", places);
}

/** @param {string} number */
function spokenData(number) {
  if (number === HIDDEN) return say("data hidden");
  return number === NONE ? say("data none") : say("data {number}", { number });
}

/** @param {string} number */
function spokenGrad(number) {
  if (number === HIDDEN) return say("grad hidden");
  return number === NONE ? say("grad none") : say("grad {number}", { number });
}
