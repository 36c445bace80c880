import assert from "node:assert/strict";
import test from "node:test";

import { mergePatch } from "../../components/canvas/model/exchange/merge_patch.js";

// The table of RFC 7396, appendix A.
/** @type {[target: unknown, patch: unknown, result: unknown][]} */
const CASES = [
  [{ a: "b" }, { a: "c" }, { a: "c" }],
  [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
  [{ a: "b" }, { a: null }, {}],
  [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
  [{ a: ["b"] }, { a: "c" }, { a: "c" }],
  [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
  [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
  [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
  [["a", "b"], ["c", "d"], ["c", "d"]],
  [{ a: "b" }, ["c"], ["c"]],
  [{ a: "foo" }, null, null],
  [{ a: "foo" }, "bar", "bar"],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: "b", c: null }, { a: "b" }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

test("a merge patch does what RFC 7396 says", () => {
  for (const [target, patch, result] of CASES) assert.deepEqual(mergePatch(target, patch), result);
});

test("the target stays, and what is untouched is shared", () => {
  const target = { a: { b: 1 }, c: { d: 2 } };
  const result = /** @type {typeof target} */ (mergePatch(target, { a: { b: 3 } }));
  assert.deepEqual(target, { a: { b: 1 }, c: { d: 2 } });
  assert.equal(result.c, target.c);
  assert.notEqual(result.a, target.a);
});
