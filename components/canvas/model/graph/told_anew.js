/**
 * Which nodes a picture tells something else of than the picture before: only these are written anew.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 */

/**
 * All nodes where more has changed than the nodes themselves, or a name, which stands at its neighbours too.
 * @param {Picture} before
 * @param {Picture} after
 * @returns {{ids: readonly string[], isAll: boolean}}
 */
export function toldAnew(before, after) {
  if (!isAlikeAround(before, after)) return { ids: after.order, isAll: true };
  return { ids: after.order.filter((id) => before.nodes[id] !== after.nodes[id]), isAll: false };
}

/**
 * @param {Picture} before
 * @param {Picture} after
 */
function isAlikeAround(before, after) {
  const [old, now] = /** @type {Record<string, unknown>[]} */ ([before, after]);
  const isSame = [...Object.keys(old), ...Object.keys(now)].every((key) => key === "nodes" || old[key] === now[key]);
  return isSame && after.order.every((id) => {
    const [one, other] = [before.nodes[id], after.nodes[id]];
    return one === other || (one?.name === other.name && one.op === other.op && one.kind === other.kind);
  });
}
