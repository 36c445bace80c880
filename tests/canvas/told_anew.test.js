import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { toldAnew } from "../../components/canvas/model/graph/told_anew.js";

/** @param {Record<string, object>} nodes @param {object} more */
const pictureOf = (nodes, more = {}) => /** @type {any} */ ({ order: ORDER, edges: EDGES, ...more, nodes });
const ORDER = ["n1", "n2"];
const EDGES = {};
const X = { id: "n1", op: "Input", name: "x", data: "2" };
const Y = { id: "n2", op: "Square", name: "y", data: "4" };

describe("what a picture tells anew", () => {
  it("is the nodes whose numbers have changed", () => {
    const told = toldAnew(pictureOf({ n1: X, n2: Y }), pictureOf({ n1: X, n2: { ...Y, data: "9" } }));
    assert.deepEqual(told, { ids: ["n2"], isAll: false });
  });

  it("is nothing where nothing has changed", () => {
    assert.deepEqual(toldAnew(pictureOf({ n1: X, n2: Y }), pictureOf({ n1: X, n2: Y })).ids, []);
  });

  it("is all where a name has changed, which its neighbours say too", () => {
    assert.deepEqual(toldAnew(pictureOf({ n1: X, n2: Y }), pictureOf({ n1: { ...X, name: "u" }, n2: Y })).ids, ORDER);
  });

  it("is all where wires, or anything else beside the nodes, has changed or come or gone", () => {
    for (const more of [{ edges: { "n2:0": {} } }, { faults: {} }, { order: ["n2", "n1"] }]) {
      for (const [before, after] of [[{}, more], [more, {}]]) {
        const told = toldAnew(pictureOf({ n1: X, n2: Y }, before), pictureOf({ n1: X, n2: Y }, after));
        assert.equal(told.isAll, true);
      }
    }
  });
});
