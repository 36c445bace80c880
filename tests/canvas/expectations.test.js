import assert from "node:assert/strict";
import test from "node:test";

import { expectedPicture } from "../../components/canvas/model/graph/expectations.js";
import { lesson, node, picture } from "./pictures.js";

test("a new node shows at once, by the name that it will get, and waits for its numbers", () => {
  const shown = expectedPicture(lesson(), [{ type: "add", id: "n9", op: "Add", x: 10, y: 20 }]);
  const { name, x, y, data, grad, state, label } = shown.nodes.n9;
  assert.deepEqual([name, x, y, data, grad, state, label], ["a", 10, 20, "—", "—", "waiting", "<b>a</b>"]);
  assert.deepEqual(shown.order, ["x", "y", "s", "z", "n9"]);
});

test("inputs are named by letters, then by numbers", () => {
  const add = (/** @type {string} */ id) => ({ type: /** @type {const} */ ("add"), id, op: "Input", x: 0, y: 0 });
  const shown = expectedPicture(picture([node("p", "Input", { name: "x" })]), [add("n1"), add("n2"), add("n3")]);
  assert.deepEqual(["n1", "n2", "n3"].map((id) => shown.nodes[id].name), ["y", "x1", "x2"]);
});

test("a node that is there already, or an op that nobody knows, adds nothing", () => {
  const before = lesson();
  const again = expectedPicture(before, [{ type: "add", id: "x", op: "Add", x: 0, y: 0 }]);
  const unknown = expectedPicture(before, [{ type: "add", id: "n9", op: "Unknown", x: 0, y: 0 }]);
  assert.equal(again, before);
  assert.equal(unknown, before);
});

test("a node in the frame of an open block is a member of that and of those around it", () => {
  const block = (/** @type {string[]} */ nodes) =>
    ({ name: "", nodes, open: true, inputs: [], outputs: [], frame: nodes });
  const blocks = { outer: block(["x", "s"]), inner: block(["s"]), other: block(["z"]) };
  const before = { ...lesson(), blocks };
  const shown = expectedPicture(before, [{ type: "add", id: "n9", op: "Square", x: 0, y: 0, block: "inner" }]);
  assert.deepEqual(shown.blocks?.inner.nodes, ["s", "n9"]);
  assert.deepEqual(shown.blocks?.outer.frame, ["x", "s", "n9"]);
  assert.deepEqual(shown.blocks?.other.nodes, ["z"]);
  assert.deepEqual(blocks.inner.nodes, ["s"]);
});

test("a wire shows at once, in the place of the one that was there", () => {
  const shown = expectedPicture(lesson(), [{ type: "connect", source: "x", output: 0, target: "z", port: 1 }]);
  assert.deepEqual(shown.edges["z:1"], { id: "z:1", from: "x", to: "z", output: 0, port: 1, arrows: "to" });
  assert.equal(Object.keys(shown.edges).length, 3);
});

test("a wire to or from what is gone shows nowhere", () => {
  const before = lesson();
  assert.equal(expectedPicture(before, [{ type: "connect", source: "q", output: 0, target: "z", port: 1 }]), before);
  assert.equal(expectedPicture(before, [{ type: "connect", source: "x", output: 0, target: "q", port: 1 }]), before);
});

test("a wire that is taken off is gone, and the picture before stays as it was", () => {
  const before = lesson();
  const shown = expectedPicture(before, [{ type: "disconnect", target: "z", port: 0 }]);
  assert.deepEqual(Object.keys(shown.edges), ["s:0", "z:1"]);
  assert.equal(Object.keys(before.edges).length, 3);
});

test("moved nodes stand where they were put; those that are gone are left out", () => {
  const shown = expectedPicture(lesson(), [{ type: "move", positions: { x: [5, 6], q: [1, 1] } }]);
  assert.deepEqual([shown.nodes.x.x, shown.nodes.x.y, "q" in shown.nodes], [5, 6, false]);
});

test("deleted nodes go with all their wires", () => {
  const shown = expectedPicture(lesson(), [{ type: "delete", nodes: ["s"] }]);
  assert.deepEqual(shown.order, ["x", "y", "z"]);
  assert.deepEqual(Object.keys(shown.nodes), ["x", "y", "z"]);
  assert.deepEqual(Object.keys(shown.edges), ["z:1"]);
});

test("a block gathers its members at their middle, with the wires that cross its border", () => {
  const before = picture(
    [node("x", "Input"), node("s", "Square", { x: 0, y: 10 }), node("t", "Square", { x: 100, y: 50 }), node("z", "Add")],
    ["x.0→s.0", "s.0→t.0", "t.0→z.0", "x.0→z.1"],
  );
  const shown = expectedPicture(before, [{ type: "block", id: "b", nodes: ["s", "t"] }]);
  assert.deepEqual(shown.order, ["x", "b", "z"]);
  const { name, op, x, y, members, ports, outputs, state } = shown.nodes.b;
  assert.deepEqual([name, op, x, y, members, ports, outputs, state], ["block", "Block", 50, 30, 2, ["x"], ["t"], "waiting"]);
  const wires = Object.values(shown.edges).map(({ id, from, output, to, port }) => [id, from, output, to, port]);
  assert.deepEqual(wires, [["b:0", "x", 0, "b", 0], ["z:0", "b", 0, "z", 0], ["z:1", "x", 0, "z", 1]]);
});

test("outputs of a block are told apart, also of one node", () => {
  const before = picture([node("s", "Split"), node("z", "Add")], ["s.0→z.0", "s.1→z.1"]);
  const shown = expectedPicture(before, [{ type: "block", id: "b", nodes: ["s"] }]);
  assert.deepEqual(shown.nodes.b.outputs, ["s", "s.1"]);
  assert.deepEqual([shown.edges["z:0"].output, shown.edges["z:1"].output], [0, 1]);
});

test("a block that nothing leads out of has one output all the same", () => {
  const shown = expectedPicture(lesson(), [{ type: "block", id: "b", nodes: ["s", "z"], name: "f" }]);
  assert.deepEqual([shown.nodes.b.outputs, shown.nodes.b.name, shown.nodes.b.ports], [["y"], "f", ["x", "y"]]);
});

test("an open block, an empty one and one that is there gather nothing", () => {
  const before = lesson();
  assert.equal(expectedPicture(before, [{ type: "block", id: "b", nodes: ["s"], open: true }]), before);
  assert.equal(expectedPicture(before, [{ type: "block", id: "b", nodes: ["q"] }]), before);
  assert.equal(expectedPicture(before, [{ type: "block", id: "x", nodes: ["s"] }]), before);
});

test("of formulas and commands only Python knows what comes", () => {
  const before = lesson();
  const shown = expectedPicture(before, [
    { type: "formula", text: "y = x" }, { type: "descend", rate: 1, steps: 1 }, { type: "ungroup", block: "b" },
    { type: "set open", block: "b", open: true }, { type: "undo" }, { type: "variant", variant: "step 13" },
  ]);
  assert.equal(shown, before);
});

test("a typed value shows at once, and waits; what is no number shows as it was typed", () => {
  const x = node("x", "Input", { value: 2, data: "2", label: "<b>x</b>\n<i>data 2</i>\n<code>grad 4</code>" });
  const after = (/** @type {import("../../components/canvas/model/types/graph_types.js").JsonValue} */ value) =>
    expectedPicture(picture([x]), [{ type: "set value", node: "x", value }]).nodes.x;
  const typed = after("−1.5");
  assert.deepEqual([typed.value, typed.data, typed.written, typed.pending], [-1.5, "−1.5", undefined, true]);
  assert.equal(typed.label, "<b>x</b>\n<i>data −1.5</i>\n<code>grad 4</code>");
  const third = after(" 1/3 ");
  assert.deepEqual([third.value, third.data, third.written, third.pending], [2, "1/3", "1/3", true]);
  assert.equal(after("<b>$&</b>").label, "<b>x</b>\n<i>data &lt;b&gt;$&amp;&lt;/b&gt;</i>\n<code>grad 4</code>");
  assert.equal(after("1 + 2 + 3 + 4 + 5").data, "1 + 2 + 3 + …");
  assert.equal(expectedPicture(lesson(), [{ type: "set parameter", node: "s", value: "3" }]).nodes.s.pending, true);
  const before = lesson();
  assert.equal(expectedPicture(before, [{ type: "set value", node: "gone", value: 1 }]), before);
});

test("a new input gets the first whole number that no other holds, as Python gives it", () => {
  const add = (/** @type {string} */ id) => ({ type: /** @type {const} */ ("add"), id, op: "Input", x: 0, y: 0 });
  const shown = expectedPicture(lesson(), [add("n1"), { type: "set value", node: "n1", value: "4" }, add("n2"), add("n3")]);
  assert.deepEqual(["n1", "n2", "n3"].map((id) => shown.nodes[id].value), [4, 1, 5]);
  assert.equal(expectedPicture(lesson(), [{ ...add("n1"), value: 7 }]).nodes.n1.value, 7);
});

test("events follow one another", () => {
  const shown = expectedPicture(picture([]), [
    { type: "add", id: "n1", op: "Input", x: 0, y: 0, value: 4 },
    { type: "add", id: "n2", op: "Square", x: 9, y: 0 },
    { type: "connect", source: "n1", output: 0, target: "n2", port: 0 },
    { type: "move", positions: { n2: [7, 7] } },
  ]);
  assert.deepEqual([shown.nodes.n1.value, shown.edges["n2:0"].from, shown.nodes.n2.x], [4, "n1", 7]);
});
