/**
 * Which numbers are those of before: what was typed is not computed yet, and they depend on it.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 */

/**
 * The nodes behind those that wait for their answer; those that wait say so themselves.
 * @param {Picture} picture
 * @returns {ReadonlySet<string>}
 */
export function outdatedIn({ nodes, edges }) {
  /** @type {Set<string>} */
  const found = new Set();
  const reached = Object.keys(nodes).filter((id) => nodes[id].pending);
  if (reached.length === 0) return found;
  /** @type {Map<string, string[]>} */
  const users = new Map();
  for (const { from, to } of Object.values(edges)) users.set(from, [...(users.get(from) ?? []), to]);
  while (reached.length > 0) {
    for (const user of users.get(reached.pop() ?? "") ?? []) {
      if (found.has(user) || !(user in nodes)) continue;
      found.add(user);
      reached.push(user);
    }
  }
  for (const id of found) if (nodes[id].pending) found.delete(id);
  return found;
}
