/**
 * What is said of nodes and ports, to screen readers and in the table.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {import("../types/graph_types.js").PictureNode} PictureNode
 * @typedef {import("../types/picture_types.js").Side} Side
 */

import { listed, mark, say, sayCount } from "../../parts/messages.js";
import { BLOCK, HIDDEN, NONE, edgeInto, inputNames } from "./picture.js";

/** What inputs are in training. */
export const ROLES = { data: mark("data"), weight: mark("weight"), target: mark("target") };

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
  const role = node.role === undefined ? "" : say(ROLES[node.role]);
  const what = !isBlock && inputs.length ? say("{op} of {inputs}", { op, inputs: listed(inputs) }) : op;
  const parts = [node.name, what, role, spokenData(node.data), spokenGrad(node.grad)];
  if (isBlock && inputs.length) parts.push(say("inputs {inputs}", { inputs: listed(inputs) }));
  if (node.written && !node.pending) parts.push(say("written {text}", { text: node.written }));
  if (node.pending) parts.push(say("waiting, not computed yet"));
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
 *
 * An op calls its ports x, or x0 and x1, and a graph may have nodes of these names, which are meant by no such port. So
 * they are counted; one whose name says what it is for is called by that too.
 * @param {Picture} picture
 * @param {string} id
 * @param {Side} side
 * @param {number} index
 * @param {readonly string[]} ports the names of all on that side
 */
export function spokenPort(picture, id, side, index, ports) {
  const node = picture.nodes[id].name;
  if (side === "out") {
    return ports.length === 1 ? say("output of {node}", { node }) : say("output {port} of {node}", { port: ports[index], node });
  }
  const number = /^x\d*$/.test(ports[index]) ? String(index + 1) : `${index + 1} (${ports[index]})`;
  const input = ports.length === 1 ? say("input of {node}", { node }) : say("input {number} of {node}", { number, node });
  const wire = edgeInto(picture, id, index);
  if (wire === undefined) return [input, say("free")].join(say(", "));
  const parts = [
    input, say("wired from {source}", { source: picture.nodes[wire.from].name }),
    wire.local ? say("local derivative {local}", { local: wire.local }) : "",
    wire.gradient ? say("gradient back {gradient}", { gradient: wire.gradient }) : "",
  ];
  return parts.filter((part) => part !== "").join(say(", "));
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
