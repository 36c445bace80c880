/** What hands do to a picture: wires, copies, places, scrubbing and selecting. */

import assert from "node:assert/strict";
import test from "node:test";

import { pastePart, takePart } from "../../components/canvas/model/graph/copying.js";
import { freePlace, freeShift, wantedPlace } from "../../components/canvas/model/graph/placement.js";
import { Selection } from "../../components/canvas/model/graph/selection.js";
import { goalsOf, layWire, spliceInto, takeUpWire } from "../../components/canvas/model/graph/wires.js";
import { scrubbed } from "../../components/canvas/model/scrubbing.js";
import { lesson, node, picture } from "./pictures.js";

/** @typedef {import("../../components/canvas/model/types/picture_types.js").Side} Side */

/** @param {string} id @param {Side} side @param {number} [index] */
const port = (id, side, index = 0) => ({ id, side, index });

test("a wire begins at a port; at an occupied input it comes off and is held by its source", () => {
  const shown = lesson();
  assert.deepEqual(takeUpWire(shown, port("x", "out")), { ...port("x", "out"), takenOff: null });
  assert.deepEqual(takeUpWire(shown, port("z", "in", 1)), { ...port("y", "out"), takenOff: { target: "z", port: 1 } });
  assert.deepEqual(takeUpWire(picture([node("z", "Add")]), port("z", "in")), { ...port("z", "in"), takenOff: null });
});

test("a wire may end at every port of the other side, and says where it may not", () => {
  const refusals = Object.fromEntries(goalsOf(lesson(), { id: "s", side: "out" }).map(({ id, index, refusal }) =>
    [`${id}:${index}`, refusal]));
  assert.deepEqual(refusals, { "s:0": "s → s would close a cycle.", "z:0": "", "z:1": "" });
  const back = goalsOf(lesson(), { id: "s", side: "in" });
  assert.deepEqual(back.map(({ id, side }) => [id, side]), [["x", "out"], ["y", "out"], ["s", "out"], ["z", "out"]]);
  assert.deepEqual(back.map(({ refusal }) => refusal),
    ["", "", "s → s would close a cycle.", "z → s would close a cycle."]);
});

test("a wire that would lead around an open block says which", () => {
  const blocks = { b: { name: "g", nodes: ["x", "z"], open: true, inputs: [], outputs: [], frame: ["x", "z"] } };
  const goals = goalsOf({ ...lesson(), blocks }, { id: "s", side: "out" });
  assert.equal(goals.find(({ id }) => id === "z")?.refusal, "A way would lead out of the block g and back into it.");
});

test("a wire is laid from output to input, whichever end is held", () => {
  const connect = { type: "connect", source: "x", output: 1, target: "z", port: 2 };
  assert.deepEqual(layWire({ ...port("x", "out", 1), takenOff: null }, port("z", "in", 2)), [connect]);
  assert.deepEqual(layWire({ ...port("z", "in", 2), takenOff: null }, port("x", "out", 1)), [connect]);
});

test("a wire that was taken off goes elsewhere, or back without a trace", () => {
  const wire = { ...port("x", "out"), takenOff: { target: "z", port: 1 } };
  assert.deepEqual(layWire(wire, port("z", "in", 1)), []);
  assert.deepEqual(layWire(wire, port("z", "in", 0)).map(({ type }) => type), ["disconnect", "connect"]);
  assert.deepEqual(layWire(wire, port("s", "in", 1)).map(({ type }) => type), ["disconnect", "connect"]);
});

test("a node is put into a wire", () => {
  assert.deepEqual(spliceInto(lesson(), "n", "z:0"), [
    { type: "connect", source: "s", output: 0, target: "n", port: 0 },
    { type: "connect", source: "n", output: 0, target: "z", port: 0 },
  ]);
  assert.deepEqual([spliceInto(lesson(), "n", null), spliceInto(lesson(), "n", "gone:0")], [[], []]);
});

test("a copy has fresh ids, the inner wires, parameters and values, beside where it was", () => {
  const shown = picture(
    [node("x", "Input", { value: 2 }), node("p", "Pow", { x: 10.4, parameters: [["c", 3]] }), node("z", "Add")],
    ["x.0→p.0", "p.0→z.0"],
  );
  const part = takePart(shown, ["x", "p"]);
  assert.ok(part);
  const { events, ids } = pastePart(part, { picture: shown, reserved: new Set(), shift: { x: 48, y: 48 } });
  assert.deepEqual(events, [
    { type: "add", id: "n4", op: "Input", x: 48, y: 48, value: 2 },
    { type: "add", id: "n5", op: "Pow", x: 58, y: 48, parameters: { c: 3 } },
    { type: "connect", source: "n4", output: 0, target: "n5", port: 0 },
  ]);
  assert.deepEqual(ids, ["n4", "n5"]);
  assert.equal(takePart(shown, []), null);
});

test("blocks are copied that are taken whole, each with a name of its own", () => {
  const block = (/** @type {string} */ name, /** @type {string[]} */ nodes) => ({
    name, nodes, open: false, outputs: [], frame: [],
    inputs: /** @type {[string, number][][]} */ ([[[nodes[0], 0]]]),
  });
  const shown = {
    ...picture([node("f", "Block"), node("z", "Add")]),
    blocks: { f: block("g", ["s", "t"]), i: block("g1", ["t"]), o: block("h", ["t", "z"]) },
    inside: {
      nodes: { s: { op: "Square", name: "s", x: 0, y: 0 }, t: { op: "Square", name: "t", x: 0, y: 0 } },
      edges: { "t:0": { from: "s", output: 0, to: "t", port: 0 } }, order: ["s", "t", "z"],
    },
  };
  const part = takePart(shown, ["f"]);
  assert.ok(part);
  const { events } = pastePart(part, { picture: shown, reserved: new Set(), shift: { x: 0, y: 0 } });
  assert.deepEqual(events.filter(({ type }) => type === "block"), [
    { type: "block", id: "n5", name: "g2", open: false, nodes: ["n3", "n4"], inputs: [[["n3", 0]]] },
    { type: "block", id: "n6", name: "g3", open: false, nodes: ["n4"], inputs: [[["n4", 0]]] },
  ]);
  assert.deepEqual(events.find(({ type }) => type === "connect"),
    { type: "connect", source: "n3", output: 0, target: "n4", port: 0 });
});

const VIEW = { x: 0, y: 0, width: 900 };

/** @param {import("../../components/canvas/model/types/picture_types.js").Picture} shown @param {string | undefined} op @param {string[]} [selected] */
const stage = (shown, op, selected = []) => ({
  picture: shown, op, selected: new Set(selected), view: VIEW,
  placeOf: (/** @type {string} */ id) => shown.nodes[id], shows: () => true,
});

test("an op is wanted a column behind the selected node, and an input a row below the lowest one", () => {
  const shown = picture([node("x", "Input", { x: 5, y: 20 }), node("y", "Input", { x: 5, y: 120 })], []);
  assert.deepEqual(wantedPlace(stage(shown, "Square", ["x"])), { x: 205, y: 20 });
  assert.deepEqual(wantedPlace(stage(shown, "Input")), { x: 5, y: 220 });
  assert.equal(wantedPlace(stage(shown, "Square")), null);
  assert.equal(wantedPlace(stage(shown, "Square", ["x", "y"])), null);
});

test("the same op once more stands below, as long as the first is not wired", () => {
  const shown = picture([node("s", "Square", { x: 0, y: 0 }), node("x", "Input")]);
  assert.deepEqual(wantedPlace(stage(shown, "Square", ["s"])), { x: 0, y: 100 });
  const wired = picture([node("s", "Square"), node("x", "Input")], ["x.0→s.0"]);
  assert.deepEqual(wantedPlace(stage(wired, "Square", ["s"])), { x: 200, y: 0 });
});

test("the first input of all stands on the left, a row above the middle", () => {
  assert.deepEqual(wantedPlace(stage(picture([]), "Input")), { x: -300, y: -100 });
  assert.equal(wantedPlace(stage(picture([node("s", "Square")]), "Input")), null);
});

test("a free place covers no node and is in view", () => {
  const shown = picture([node("x", "Input", { x: 0, y: 0 }), node("s", "Square", { x: 200, y: 0 })]);
  const place = freePlace(stage(shown, "Add", ["x"]));
  for (const { x, y } of Object.values(shown.nodes)) {
    assert.ok(Math.abs(x - place.x) >= 150 || Math.abs(y - place.y) >= 60, JSON.stringify(place));
  }
  assert.ok(Math.hypot(place.x - 200, place.y) < 200);
  assert.deepEqual(freePlace(stage(picture([node("x", "Input")]), "Add", ["x"])), { x: 200, y: 0 });
});

test("out of view no place is wanted; then it is near the middle, or nowhere better than there", () => {
  const shown = picture([node("x", "Input", { x: 1000, y: 0 })]);
  const narrow = { ...stage(shown, "Add", ["x"]), shows: (/** @type {{x: number}} */ { x }) => Math.abs(x) < 300 };
  assert.deepEqual(freePlace(narrow), { x: 0, y: 0 });
  assert.deepEqual(freePlace({ ...narrow, shows: () => false }), { x: 0, y: 0 });
});

test("where nothing in view is free, a node goes to free ground outside, never onto another", () => {
  const shown = picture([node("x", "Input", { x: 0, y: 0 })]);
  const place = freePlace({ ...stage(shown, "Add"), shows: (/** @type {{x: number, y: number}} */ { x, y }) => Math.hypot(x, y) < 40 });
  assert.ok(Math.abs(place.x) >= 150 || Math.abs(place.y) >= 60, JSON.stringify(place));
});

test("copies are moved as little as they can be to stand on no node, each with the size that it has", () => {
  const size = { width: 150, height: 60 };
  const one = [{ x: 0, y: 0 }];
  const shift = freeShift(one, one, size);
  assert.ok(Math.abs(shift.x) >= 150 || Math.abs(shift.y) >= 60);
  assert.ok(Math.hypot(shift.x, shift.y) <= 120);
  const wide = [{ x: 0, y: 0, width: 600, height: 60 }];
  const beside = freeShift(wide, [...wide, { x: 0, y: 80 }, { x: 0, y: -80 }], size);
  assert.ok(Math.abs(beside.x) >= 375 || Math.abs(beside.y) >= 140, JSON.stringify(beside));
  const many = Array.from({ length: 60 }, (_, index) => ({ x: 0, y: 100 * index }));
  assert.deepEqual(freeShift(many, many, size), { x: 0, y: 5900 + 30 + 30 + 14 }); // below all of them
});

test("places are tried on a square spiral outwards", () => {
  /** @type {[number, number][]} */
  const tried = [];
  freePlace({ ...stage(picture([]), "Add"), shows: ({ x, y }) => tried.push([x / 40, y / 40]) < 0 });
  assert.deepEqual(tried.slice(0, 10), [
    [0, 0], [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1], [2, -1],
  ]);
  assert.equal(new Set(tried.map(String)).size, 400);
});

test("a number is scrubbed by a tenth of its power of ten, or finely by a hundredth", () => {
  assert.deepEqual([scrubbed(2, 3, false), scrubbed(30, 1, false), scrubbed(0.05, -2, false)], [2.3, 31, 0.048]);
  assert.deepEqual([scrubbed(0, 5, false), scrubbed(-2, 1, false)], [0.5, -1.9]);
  assert.deepEqual([scrubbed(2, 3, true), scrubbed(0.1, 2, false)], [2.03, 0.12]);
  assert.deepEqual([scrubbed(3e-13, 4, false), scrubbed(-5e-200, 1, false)], [3.4e-13, -4.9e-200]);
  assert.deepEqual([scrubbed(7e250, -2, false), scrubbed(0.3, -30, false)], [6.8e250, 0]);
  assert.deepEqual([scrubbed(0.3, -3, false), scrubbed(2, -20, false), scrubbed(3e-13, -30, false)], [0.27, 0, 0]);
});

test("scrubbing goes through 0 and to both ends of the numbers", () => {
  assert.deepEqual([scrubbed(3e-13, -60, false), scrubbed(-3e-13, 60, false)], [-3e-13, 3e-13]);
  assert.deepEqual([scrubbed(2, -45, true), scrubbed(3e-13, 1, true)], [1.55, 3.01e-13]);
  assert.deepEqual([scrubbed(1.7e308, 90, false), scrubbed(-1.7e308, -90, false)], [1.79769313486e308, -1.79769313486e308]);
  assert.deepEqual([scrubbed(5e-324, 2, false), scrubbed(5e-324, -1, false)], [1.5e-323, 0]);
});

test("nodes, a wire or a frame are selected, never two kinds at once", () => {
  let told = 0;
  const selection = new Selection(() => (told += 1));
  assert.equal(selection.select(["x", "s"]), true); // as keys ask: it meant something
  assert.deepEqual([[...selection.nodes], selection.only], [["x", "s"], ""]);
  selection.toggle("s");
  assert.equal(selection.only, "x");
  selection.toggle("z");
  assert.deepEqual([...selection.nodes], ["x", "z"]);
  selection.selectWire("z:0");
  assert.deepEqual([selection.nodes.size, selection.wire, selection.only], [0, "z:0", ""]);
  assert.equal(selection.selectFrame("b"), true);
  assert.deepEqual([selection.wire, selection.frame, selection.only], [null, "b", "b"]);
  selection.select([]);
  assert.deepEqual([selection.frame, told], [null, 6]);
});

test("what is no longer there is no longer selected, and nobody is told", () => {
  let told = 0;
  const blocks = { b: { name: "b", nodes: ["s"], open: true, inputs: [], outputs: [], frame: ["s"] } };
  const selection = new Selection(() => (told += 1));
  selection.select(["x", "gone"]);
  selection.prune(lesson());
  assert.deepEqual([...selection.nodes], ["x"]);
  selection.selectWire("z:0");
  selection.prune(lesson());
  assert.equal(selection.wire, "z:0");
  selection.prune(picture([node("x", "Input")]));
  assert.equal(selection.wire, null);
  selection.selectFrame("b");
  selection.prune({ ...lesson(), blocks });
  assert.equal(selection.frame, "b");
  selection.prune(lesson());
  assert.deepEqual([selection.frame, told], [null, 3]);
});

test("the selected blocks are the closed ones among the nodes, or the one of the frame", () => {
  const selection = new Selection(() => {});
  selection.select(["x", "f"]);
  assert.deepEqual(selection.blocks(picture([node("x", "Input"), node("f", "Block")])), ["f"]);
  selection.selectFrame("b");
  assert.deepEqual(selection.blocks(lesson()), ["b"]);
});
