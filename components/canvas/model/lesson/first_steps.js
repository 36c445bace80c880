/**
 * The four first steps: what each asks the hand to do, when that is done, and at what it points.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {import("../types/picture_types.js").PortPlace} PortPlace
 * @typedef {import("../types/panel_types.js").Step} Step
 * @typedef {"drag" | "wire" | "change" | "back"} FirstStep
 */

import { INPUT, closesCycle, edgeInto, portsOf } from "../graph/picture.js";

/** In their order. @type {readonly FirstStep[]} */
export const FIRST_STEPS = ["drag", "wire", "change", "back"];

/**
 * Which step a tab has noted before a reload: their number where all are done, null where there is none.
 * @param {string | null} noted
 */
export function keptStep(noted) {
  const at = noted === null || noted === "" ? -1 : Number(noted);
  return Number.isInteger(at) && at >= 0 && at <= FIRST_STEPS.length ? at : null;
}

/**
 * Whether the hand has done what a step asks for since the step began.
 * @param {FirstStep} name
 * @param {Picture} before
 * @param {Picture} now
 * @param {Step | undefined} step the one of the graph's steps that is looked at
 */
export function isDone(name, before, now, step) {
  switch (name) {
    // On an empty canvas a Square alone has nothing to be wired to.
    case "drag": return Object.keys(now.nodes).some((id) => !(id in before.nodes)) && (!isEmpty(before) || wireToDraw(now) !== null);
    case "wire": return Object.entries(now.edges).some(([id, { from, output }]) => {
      const had = before.edges[id];
      return had === undefined || had.from !== from || had.output !== output;
    });
    case "change": return inputsOf(now).some((id) => id in before.nodes
      && JSON.stringify(now.nodes[id].value) !== JSON.stringify(before.nodes[id].value));
    default: return step?.kind === "backward" || step?.kind === "seed";
  }
}

/** @param {Picture} picture */
export function isEmpty({ order }) {
  return order.length === 0;
}

/** @param {Picture} picture */
export function inputsOf({ nodes, order }) {
  return order.filter((id) => nodes[id]?.op === INPUT);
}

/**
 * The ports that a wire may be drawn between: from an output, the graph's last if it fits, to an input that is free, of
 * a node that was added last if there is one.
 * @param {Picture} picture
 * @returns {{from: PortPlace, to: PortPlace} | null}
 */
export function wireToDraw(picture) {
  const free = Object.keys(picture.nodes).reverse().flatMap((id) => portsOf(picture, id).in
    .map((_, index) => ({ id, side: /** @type {const} */ ("in"), index }))
    .filter(({ index }) => edgeInto(picture, id, index) === undefined));
  for (const to of free) {
    const from = picture.order.findLast((id) => id !== to.id && portsOf(picture, id).out.length > 0
      && !closesCycle(picture, id, to.id) && !isUnfed(picture, id));
    if (from) return { from: { id: from, side: "out", index: 0 }, to };
  }
  return null;
}

/**
 * Whether a node itself waits for a wire.
 * @param {Picture} picture
 * @param {string} id
 */
function isUnfed(picture, id) {
  return portsOf(picture, id).in.some((_, index) => edgeInto(picture, id, index) === undefined);
}
