/** Values that say the same are one object: what compares by identity then finds nothing changed. */

/**
 * Answer a value of JSON with every part taken from another one where both say the same; all of it, if all is the same.
 * @template Value
 * @param {Value} before
 * @param {Value} after
 * @returns {Value}
 */
export function sharing(before, after) {
  if (before === after || !isCompound(before) || !isCompound(after) || Array.isArray(before) !== Array.isArray(after)) return after;
  const keys = Object.keys(after);
  let isSame = keys.length === Object.keys(before).length;
  const shared = /** @type {any} */ (Array.isArray(after) ? [] : {});
  const [old, now] = [/** @type {any} */ (before), /** @type {any} */ (after)];
  for (const key of keys) {
    shared[key] = key in before ? sharing(old[key], now[key]) : now[key];
    isSame &&= key in before && shared[key] === old[key];
  }
  return isSame ? before : shared;
}

/** @param {unknown} value @returns {value is object} */
function isCompound(value) {
  return typeof value === "object" && value !== null;
}
