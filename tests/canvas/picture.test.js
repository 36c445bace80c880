import assert from "node:assert/strict";
import test from "node:test";

import {
  closesCycle, describeOp, edgeInto, inputNames, isWired, portsOf,
} from "../../components/canvas/model/graph/picture.js";
import { opText, spokenName, spokenPort } from "../../components/canvas/model/graph/spoken.js";
import { lesson, node, picture } from "./pictures.js";

test("an op is described by the catalogue, and one that is not there as an op without ports", () => {
  assert.deepEqual(describeOp(lesson(), "Add").ports, ["x0", "x1"]);
  assert.deepEqual(describeOp(lesson(), "Block").ports, []);
  assert.deepEqual(describeOp(lesson(), "Block").outputs, ["y"]);
});

test("a node has the ports of its op, or its own", () => {
  const shown = picture([node("s", "Split"), node("c", "Add", { ports: ["p", "q", "r"], outputs: ["u", "v"] })]);
  assert.deepEqual(portsOf(shown, "s"), { in: ["x"], out: ["y0", "y1"] });
  assert.deepEqual(portsOf(shown, "c"), { in: ["p", "q", "r"], out: ["u", "v"] });
});

test("inputs are named by what feeds them", () => {
  const shown = picture([node("x", "Input"), node("z", "Add")], ["x.0→z.1"]);
  assert.deepEqual(inputNames(shown, "z"), ["—", "x"]);
  assert.equal(edgeInto(shown, "z", 1)?.from, "x");
  assert.equal(edgeInto(shown, "z", 0), undefined);
  assert.deepEqual([isWired(shown, "x"), isWired(shown, "z"), isWired(lesson(), "q")], [true, true, false]);
});

test("a wire back to what feeds it would close a cycle", () => {
  const shown = lesson();
  assert.equal(closesCycle(shown, "z", "x"), true);
  assert.equal(closesCycle(shown, "s", "s"), true);
  assert.equal(closesCycle(shown, "z", "s"), true);
  assert.equal(closesCycle(shown, "y", "s"), false);
  assert.equal(closesCycle(shown, "x", "z"), false);
});

test("a screen reader hears name, op, inputs, data and grad", () => {
  assert.equal(spokenName(lesson(), "z"), "z, Add of s and y, data 1, grad none");
  assert.equal(spokenName(lesson(), "x"), "x, Input, data 1, grad none");
  const third = node("x", "Input", { value: 1 / 3, data: "0.3333", written: "1/3" });
  assert.equal(spokenName(picture([third]), "x"), "x, Input, data 0.3333, grad none, written 1/3");
  const typed = node("x", "Input", { value: 5, data: "5", pending: true });
  assert.equal(spokenName(picture([typed]), "x"), "x, Input, data 5, grad none, waiting, not computed yet");
  const more = node("p", "Input", { data: "—", grad: "2", message: "It waits.", arrived: "1 of 2 arrived" });
  const faults = { p: { right: "3", why: "It is wrong.", step: 1, rule: "" } };
  const said = spokenName(picture([more], [], { faults }), "p");
  assert.equal(said, "p, Input, data none, grad 2, It waits., 1 of 2 arrived, It is wrong.");
});

test("a closed block says how much it holds and what goes in", () => {
  const block = node("b", "Block", { members: 1, ports: ["x"], outputs: ["y"] });
  const shown = picture([node("x", "Input"), block], ["x.0→b.0"]);
  assert.equal(spokenName(shown, "b"), "b, block of 1 node, data 1, grad none, inputs x");
  assert.equal(opText(node("b", "Block", { members: 4 })), "block of 4 nodes");
});

test("an op is told with its parameters", () => {
  assert.equal(opText(node("p", "Pow", { typed: "3" })), "Pow (3)");
  assert.equal(opText(node("p", "Reshape", { typed: "(2, 3)" })), "Reshape (2, 3)");
  assert.equal(opText(node("p", "Add")), "Add");
});

test("a port says what it is wired to", () => {
  const shown = lesson();
  assert.equal(spokenPort(shown, "z", "out", 0, ["y"]), "output of z");
  assert.equal(spokenPort(shown, "z", "in", 0, ["x0", "x1"]), "input 1 of z, wired from s");
  assert.equal(spokenPort(picture([node("z", "Add")]), "z", "in", 0, ["x0", "x1"]), "input 1 of z, free");
  shown.edges["z:0"].local = "×2";
  assert.equal(spokenPort(shown, "z", "in", 0, ["x0", "x1"]), "input 1 of z, wired from s, local derivative ×2");
});
