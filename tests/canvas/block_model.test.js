import assert from "node:assert/strict";
import test from "node:test";

import { borders, membersOf, openBlocks, shownIn } from "../../components/canvas/model/graph/block_model.js";
import { node, picture } from "./pictures.js";

/** @param {string} name @param {string[]} nodes @param {string[]} [frame] */
const block = (name, nodes, frame = nodes) => ({ name, nodes, open: true, inputs: [], outputs: [], frame });
const chain = [node("x", "Input"), node("s", "Square"), node("t", "Square"), node("z", "Add")];
const wires = ["x.0→s.0", "s.0→t.0", "t.0→z.0"];

test("open blocks come the larger first; one of which nothing is shown does not come", () => {
  const blocks = { a: block("a", ["s"]), b: block("b", ["s", "t"]), c: block("c", ["q"]), d: block("d", ["z"], []) };
  const shown = picture(chain, wires, { blocks });
  assert.deepEqual(openBlocks(shown).map(([id]) => id), ["b", "a"]);
  assert.deepEqual([shownIn(shown, "b"), shownIn(shown, "c"), shownIn(shown, "x")], [["s", "t"], [], []]);
});

test("a block's id stands for its members, each once", () => {
  const shown = picture(chain, wires, { blocks: { b: block("b", ["s", "t"]) } });
  assert.deepEqual(membersOf(shown, ["x", "b", "s"]), ["x", "s", "t"]);
});

test("a wire from outside that leads back in goes around the block", () => {
  const shown = picture(chain, wires, { blocks: { b: block("g", ["s", "z"]) } });
  // s → t → z leads out of g and back into it already; from t no other way may come back.
  assert.equal(borders(shown)("t", "z"), "g");
  assert.equal(borders(shown)("x", "z"), "");
  assert.equal(borders(picture(chain, wires))("t", "z"), "");
});

test("inside of a block, and between two, a wire may go", () => {
  const blocks = { b: block("g", ["s", "t"]) };
  const shown = picture([...chain, node("w", "Square")], wires, { blocks });
  assert.equal(borders(shown)("s", "t"), "");
  assert.equal(borders(shown)("t", "w"), "");
  assert.equal(borders(shown)("z", "t"), "g"); // z hangs on t: out of g and back into it
});

test("a block of one node has borders, one that a closed block hides has none", () => {
  const around = [node("x", "Input"), node("s", "Square"), node("z", "Add")];
  const shown = (/** @type {string[]} */ frame) =>
    picture(around, ["x.0→s.0", "s.0→z.0"], { blocks: { b: block("g", ["x", "z"], frame) } });
  assert.equal(borders(shown(["x", "z"]))("s", "z"), "g");
  assert.equal(borders(shown([]))("s", "z"), "");
  const one = picture(around, ["s.0→z.0"], { blocks: { b: block("g", ["s"]) } });
  assert.equal(borders(one)("z", "s"), "g");
});
