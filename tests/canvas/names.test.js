import assert from "node:assert/strict";
import test from "node:test";

import {
  freshId, isTaken, nameForBlock, nameForCopy, nameForNode, takenNames,
} from "../../components/canvas/model/graph/names.js";
import { node, picture } from "./pictures.js";

const BLOCK = { name: "block", nodes: [], open: true, inputs: [], outputs: [], frame: [] };
const HIDDEN = { op: "Square", name: "a", x: 0, y: 0 };
const inside = { nodes: { n7: HIDDEN }, edges: {}, order: [] };

test("names in closed blocks, and those of blocks, are taken", () => {
  const shown = picture([node("x", "Input")], [], { inside, blocks: { n8: BLOCK } });
  assert.deepEqual([...takenNames(shown)].sort(), ["a", "block", "x"]);
  assert.deepEqual(["x", "n7", "n8", "n9"].map((id) => isTaken(shown, id)), [true, true, true, false]);
});

test("inputs and ops have letters of their own, then the first letter with numbers", () => {
  assert.deepEqual([nameForNode(picture([]), "Input"), nameForNode(picture([]), "Add")], ["x", "a"]);
  const full = picture([node("a", "Add"), node("b", "Add"), node("a1", "Add")]);
  assert.equal(nameForNode(full, "Square"), "a2");
  assert.equal(nameForNode(picture([], [], { inside }), "Square"), "b");
});

test("blocks are called block, block1 and so on", () => {
  assert.equal(nameForBlock(picture([])), "block");
  assert.equal(nameForBlock(picture([], [], { blocks: { n1: BLOCK } })), "block1");
});

test("a copy counts on from its stem", () => {
  assert.equal(nameForCopy("sigmoid", new Set(["sigmoid"])), "sigmoid1");
  assert.equal(nameForCopy("sigmoid1", new Set(["sigmoid", "sigmoid1"])), "sigmoid2");
  assert.equal(nameForCopy("12", new Set()), "121");
});

test("an id is neither taken nor reserved, and is reserved from then on", () => {
  const reserved = new Set(["n2"]);
  const shown = picture([node("n3", "Input")]);
  assert.equal(freshId(shown, reserved), "n4");
  assert.equal(freshId(shown, reserved), "n5");
  assert.equal(freshId(picture([]), new Set()), "n1");
  assert.deepEqual([...reserved], ["n2", "n4", "n5"]);
});
