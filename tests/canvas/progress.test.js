/** Which lessons are done: kept by their keys, whatever else the browser's store may hold. */

import assert from "node:assert/strict";
import test from "node:test";

import { Progress } from "../../components/canvas/model/kept/progress.js";

/** @param {string} [kept] */
function storage(kept) {
  /** @type {Map<string, string>} */
  const held = new Map(kept === undefined ? [] : [["backprop-playground-lessons-done", kept]]);
  return {
    held,
    get: (/** @type {string} */ key) => held.get(key) ?? null,
    set: (/** @type {string} */ key, /** @type {string} */ value) => void held.set(key, value),
  };
}

test("what is done is kept, told once, and read by another page", () => {
  const local = storage();
  const progress = new Progress(local);
  let told = 0;
  progress.listen(() => (told += 1));
  progress.finish("used_twice");
  progress.finish("used_twice");
  progress.finish("+own");
  assert.equal(told, 2);
  assert.deepEqual([...new Progress(local).done], ["used_twice", "+own"]);
});

test("a store that holds something else, or takes nothing, is as if nothing was done", () => {
  for (const kept of ["no JSON", "{}", "3", "null"]) assert.deepEqual([...new Progress(storage(kept)).done], []);
  assert.deepEqual([...new Progress(storage('["a", 3, null]')).done], ["a"]);
  const full = new Progress({ get: () => null, set: () => false });
  full.finish("a");
  assert.deepEqual([...full.done], []);
});
