/**
 * Names and ids that new nodes get, as Python gives them: from the letters that it has told.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 */

import { INPUT } from "./picture.js";

/**
 * All names that nodes and blocks have, those in closed blocks too.
 * @param {Picture} picture
 * @returns {Set<string>}
 */
export function takenNames(picture) {
  const parts = [picture.nodes, picture.inside?.nodes ?? {}, picture.blocks ?? {}];
  return new Set(parts.flatMap((part) => Object.values(part).map(({ name }) => name)));
}

/**
 * The name that Python will give to a new node: the first free one.
 * @param {Picture} picture
 * @param {string} op
 */
export function nameForNode(picture, op) {
  return freeName(picture, op, takenNames(picture));
}

/**
 * The first free name for a node.
 * @param {Picture} picture
 * @param {string} op
 * @param {ReadonlySet<string>} taken
 */
export function freeName({ settings }, op, taken) {
  const letters = op === INPUT ? settings.names.input : settings.names.op;
  return letters.find((letter) => !taken.has(letter)) ?? firstNumbered(letters[0], taken);
}

/**
 * The name that Python will give to a new block: block, then block1, block2 ….
 * @param {Picture} picture
 */
export function nameForBlock(picture) {
  const { block } = picture.settings.names;
  const taken = takenNames(picture);
  return taken.has(block) ? firstNumbered(block, taken) : block;
}

/**
 * A copy's name: sigmoid → sigmoid1, then sigmoid2.
 * @param {string} name
 * @param {ReadonlySet<string>} taken
 */
export function nameForCopy(name, taken) {
  return firstNumbered(name.replace(/\d+$/, "") || name, taken);
}

/**
 * Whether a node or block has an id, be it hidden or not.
 * @param {Picture} picture
 * @param {string} id
 */
export function isTaken(picture, id) {
  return id in picture.nodes || id in (picture.inside?.nodes ?? {}) || id in (picture.blocks ?? {});
}

/**
 * An id that no node has and that was not reserved before; from now on it is.
 * @param {Picture} picture
 * @param {Set<string>} reserved
 */
export function freshId(picture, reserved) {
  let number = picture.order.length + 1;
  while (isTaken(picture, `n${number}`) || reserved.has(`n${number}`)) number += 1;
  reserved.add(`n${number}`);
  return `n${number}`;
}

/**
 * @param {string} stem
 * @param {ReadonlySet<string>} taken
 */
function firstNumbered(stem, taken) {
  let number = 1;
  while (taken.has(`${stem}${number}`)) number += 1;
  return `${stem}${number}`;
}
