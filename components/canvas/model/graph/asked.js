/**
 * The numbers that are hidden, because somebody is asked for them.
 *
 * @typedef {import("../types/asked_types.js").AskedNumber} AskedNumber
 * @typedef {import("../types/asked_types.js").NumberName} NumberName
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {import("../types/panel_types.js").Step} Step
 */

import { allNodes } from "./block_model.js";
import { portsOf } from "./picture.js";

/**
 * @param {Pick<AskedNumber, "node" | "kind" | "output">} asked
 * @returns {NumberName}
 */
export function nameOf({ node, kind, output }) {
  return [node, kind, output];
}

/**
 * What tells one number from all others.
 * @param {Pick<AskedNumber, "node" | "kind" | "output">} asked
 */
export function keyOf(asked) {
  return nameOf(asked).join(" ");
}

/**
 * Whether a number is still hidden; one that was found or revealed is shown.
 * @param {AskedNumber} asked
 */
export function isHidden({ state }) {
  return state === "open" || state === "again" || state === "wrong";
}

/**
 * The hidden numbers that stand at a node of the picture.
 * @param {Picture} picture
 * @param {string} place
 */
export function hiddenAt(picture, place) {
  return (picture.asked ?? []).filter((each) => each.place === place && isHidden(each));
}

/**
 * The number that a step gives and that nobody has answered yet: what to predict before it.
 * @param {Picture} picture
 * @param {Step | undefined} step
 */
export function askedBy(picture, step) {
  if (step === undefined) return undefined;
  const kind = step.kind === "forward" ? "data" : "grad";
  return (picture.asked ?? []).find((each) => each.kind === kind && each.state === "open" && each.place in step.gives);
}

/**
 * The grads of some nodes, or of all.
 * @param {Picture} picture
 * @param {Iterable<string>} [ids]
 * @returns {NumberName[]}
 */
export function gradsOf(picture, ids = allNodes(picture).map(({ id }) => id)) {
  return [...ids].filter((id) => id in picture.nodes && picture.nodes[id].op !== "Block").flatMap((id) => (
    portsOf(picture, id).out.map((_, output) => /** @type {NumberName} */ ([id, "grad", output]))
  ));
}
