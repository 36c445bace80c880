import assert from "node:assert/strict";
import test from "node:test";

import { FIRST_STEPS, isDone, keptStep, wireToDraw } from "../../components/canvas/model/lesson/first_steps.js";
import { node, picture as pictureOf } from "./pictures.js";

/** @typedef {import("../../components/canvas/model/types/panel_types.js").Step} Step */

const seed = () => pictureOf([node("x", "Input", { value: 3 }), node("a", "Square")], ["x.0→a.0"]);
const withNew = () => pictureOf([node("x", "Input", { value: 3 }), node("a", "Square"), node("b", "Square")], ["x.0→a.0"]);
const wired = () => pictureOf([node("x", "Input", { value: 3 }), node("a", "Square"), node("b", "Square")], ["x.0→a.0", "a.0→b.0"]);

test("each step is done by what it asks for, and by nothing else", () => {
  const doings = /** @type {const} */ ({
    drag: [seed(), withNew(), undefined],
    wire: [withNew(), wired(), undefined],
    change: [seed(), pictureOf([node("x", "Input", { value: 4 }), node("a", "Square")], ["x.0→a.0"]), undefined],
    back: [seed(), seed(), /** @type {Step} */ (/** @type {unknown} */ ({ kind: "backward" }))],
  });
  for (const name of FIRST_STEPS) {
    for (const [done, [before, now, step]] of Object.entries(doings)) {
      assert.equal(isDone(name, before, now, step), name === done, `${name} by ${done}`);
    }
  }
  const forward = /** @type {Step} */ (/** @type {unknown} */ ({ kind: "forward" }));
  assert.equal(isDone("back", seed(), seed(), forward), false);
});

test("on an empty canvas a Square is added once there is something to wire it to", () => {
  const empty = pictureOf([], []);
  assert.equal(isDone("drag", empty, pictureOf([node("a", "Square")], []), undefined), false);
  assert.equal(isDone("drag", empty, pictureOf([node("a", "Square"), node("x", "Input", { value: 3 })], []), undefined), true);
});

test("a wire that is laid elsewhere is a wire drawn", () => {
  const moved = pictureOf([node("x", "Input", { value: 3 }), node("a", "Square"), node("b", "Square")], ["x.0→a.0", "x.0→b.0"]);
  assert.equal(isDone("wire", wired(), moved, undefined), true);
});

test("the wire to draw leads from the graph's end to the new node", () => {
  assert.deepEqual(wireToDraw(withNew()), {
    from: { id: "a", side: "out", index: 0 }, to: { id: "b", side: "in", index: 0 },
  });
  const two = pictureOf([node("x", "Input"), node("a", "Square"), node("b", "Square"), node("c", "Square")], ["x.0→a.0"]);
  assert.equal(wireToDraw(two)?.from.id, "a"); // b has nothing to send yet
  assert.equal(wireToDraw(wired()), null);
  assert.equal(wireToDraw(pictureOf([node("b", "Square")], [])), null);
});

test("the step that a tab has noted is gone on with; what is none is not", () => {
  assert.deepEqual(["0", "3", "4"].map(keptStep), [0, 3, 4]);
  for (const noted of [null, "", "5", "-1", "1.5", "x"]) assert.equal(keptStep(noted), null);
});
