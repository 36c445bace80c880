/**
 * Wires that hands make: where one may end, and the events that lay it.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {import("../types/picture_types.js").Side} Side
 * @typedef {import("../types/picture_types.js").PortPlace} PortPlace
 * @typedef {import("../types/event_types.js").Connect} Connect
 * @typedef {import("../types/event_types.js").Disconnect} Disconnect
 *
 * @typedef {PortPlace & {refusal: string}} Goal a port where a wire could end, and why it may not
 * @typedef {PortPlace & {takenOff: {target: string, port: number} | null}} LooseWire a wire that is held by one end
 */

import { say } from "../../parts/messages.js";
import { borders } from "./block_model.js";
import { closesCycle, edgeInto, portsOf } from "./picture.js";

/**
 * The wire that is taken up at a port: from an occupied input it comes off, and is held by its source.
 * @param {Picture} picture
 * @param {PortPlace} place
 * @returns {LooseWire}
 */
export function takeUpWire(picture, { id, side, index }) {
  const occupied = side === "in" ? edgeInto(picture, id, index) : undefined;
  if (!occupied) return { id, side, index, takenOff: null };
  return { id: occupied.from, side: "out", index: occupied.output, takenOff: { target: id, port: index } };
}

/**
 * All ports at which a wire that begins at a port could end, with the reason where it may not.
 * @param {Picture} picture
 * @param {{id: string, side: Side}} start
 * @returns {Goal[]}
 */
export function goalsOf(picture, { id, side }) {
  const other = side === "out" ? "in" : "out";
  const around = borders(picture);
  return picture.order.flatMap((each) => {
    const [source, target] = side === "out" ? [id, each] : [each, id];
    const refusal = refusalOf(picture, source, target, around);
    return portsOf(picture, each)[other].map((_, index) => ({ id: each, side: other, index, refusal }));
  });
}

/**
 * Why a wire may not lead from source to target, in the words that Python uses; "" where it may.
 * @param {Picture} picture
 * @param {string} source
 * @param {string} target
 * @param {(source: string, target: string) => string} around
 */
function refusalOf(picture, source, target, around) {
  if (closesCycle(picture, source, target)) {
    const { [source]: from, [target]: to } = picture.nodes;
    return say("{source} → {target} would close a cycle.", { source: from.name, target: to.name });
  }
  const block = around(source, target);
  return block && say("A way would lead out of the block {block} and back into it.", { block });
}

/**
 * The events that lay a loose wire to a port; none where it goes back to where it came off.
 * @param {LooseWire} wire
 * @param {PortPlace} goal
 * @returns {(Connect | Disconnect)[]}
 */
export function layWire(wire, goal) {
  const [from, to] = wire.side === "out" ? [wire, goal] : [goal, wire];
  const { takenOff } = wire;
  if (takenOff && takenOff.target === to.id && takenOff.port === to.index) return [];
  /** @type {Connect} */
  const connect = { type: "connect", source: from.id, output: from.index, target: to.id, port: to.index };
  return takenOff ? [{ type: "disconnect", ...takenOff }, connect] : [connect];
}

/**
 * The events that put a node into a wire; none where there is no such wire.
 * @param {Picture} picture
 * @param {string} id of the node, which has an input and an output
 * @param {string | null} wire
 * @returns {Connect[]}
 */
export function spliceInto(picture, id, wire) {
  const edge = wire === null ? undefined : picture.edges[wire];
  if (!edge) return [];
  return [
    { type: "connect", source: edge.from, output: edge.output, target: id, port: 0 },
    { type: "connect", source: id, output: 0, target: edge.to, port: edge.port },
  ];
}
