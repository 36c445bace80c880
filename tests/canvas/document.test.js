import assert from "node:assert/strict";
import test from "node:test";

import { pastePart, takePart } from "../../components/canvas/model/graph/copying.js";
import { toDocument } from "../../components/canvas/model/graph/document.js";
import { contentOf } from "../../components/canvas/model/kept/my_graphs.js";
import { lesson, node, picture } from "./pictures.js";

test("a picture is written as a document of the format that Python told", () => {
  const { format, version, nodes, edges, output, blocks } = toDocument(lesson());
  assert.deepEqual([format, version, output, blocks], ["backprop-playground", 2, null, []]);
  assert.deepEqual(nodes[0], { id: "x", op: "Input", name: "x", value: 2, parameters: {}, position: [0, 0] });
  assert.deepEqual(edges[1], { from: "s", output: 0, to: "z", port: 0 });
});

test("a lesson that travels with its graph is in the document, and makes it another one of My graphs", () => {
  const facts = { key: "*1", title: "A", question: "B?", carried: "eJy" };
  const asking = toDocument({ ...lesson(), lesson: facts });
  assert.equal(asking.lesson, "eJy");
  assert.ok(!("lesson" in toDocument({ ...lesson(), lesson: { ...facts, carried: undefined } })));
  assert.notEqual(contentOf(asking), contentOf(toDocument(lesson())));
});

test("parameters are written by their names, an op has no value, and the chosen output is kept", () => {
  const pow = node("p", "Pow", { parameters: [["c", 3]], x: 1, y: 2 });
  const { nodes, output } = toDocument(picture([pow], [], { chosen: ["p", 1] }));
  assert.deepEqual(nodes, [{ id: "p", op: "Pow", name: "p", value: null, parameters: { c: 3 }, position: [1, 2] }]);
  assert.deepEqual(output, { node: "p", output: 1 });
});

test("how a value was written, and that an op was given its name, are written where they are known", () => {
  const x = node("x", "Input", { value: 0.5, written: "1/2" });
  const { nodes } = toDocument(picture([x, node("h", "Square", { named: true }), node("z", "Square")]));
  const told = nodes.map((each) => /** @type {{written?: string, named?: boolean}} */ (each));
  assert.deepEqual(told.map(({ written, named }) => [written, named]), [["1/2", undefined], [undefined, true], [undefined, undefined]]);
});

test("what a closed block hides is written, and the block as what it is made of", () => {
  const block = { name: "f", nodes: ["s"], open: false, inputs: [], outputs: [], frame: [] };
  const shown = picture([node("x", "Input", { value: 2 }), node("b", "Block")], ["x.0→b.0"], {
    blocks: { b: block },
    inside: {
      nodes: { s: { op: "Square", name: "s", x: 3, y: 4 } }, order: ["x", "s"],
      edges: { "s:0": { from: "x", output: 0, to: "s", port: 0 } },
    },
  });
  const written = toDocument(shown);
  assert.deepEqual(written.nodes.map((each) => /** @type {{id: string}} */ (each).id), ["x", "s"]);
  assert.deepEqual(written.edges, [{ from: "x", output: 0, to: "s", port: 0 }]);
  assert.deepEqual(written.blocks, [{ id: "b", name: "f", nodes: ["s"], open: false, inputs: [], outputs: [] }]);
});

test("roles, and the table of data with how far the training is, are written as Python told them; so is a copy's role", () => {
  const training = { columns: { x: [1, 2] }, losses: /** @type {[number, number][]} */ ([[0, 4]]) };
  const shown = picture([node("x", "Input", { value: 1, role: "data" })], [], { training });
  const written = toDocument(shown);
  const [x] = /** @type {{role: string}[]} */ (written.nodes);
  assert.deepEqual([x.role, written.training], ["data", training]);
  const part = takePart(shown, ["x"]);
  assert.ok(part);
  const [added] = pastePart(part, { picture: shown, reserved: new Set(), shift: { x: 0, y: 0 } }).events;
  assert.equal(/** @type {import("../../components/canvas/model/types/event_types.js").AddNode} */ (added).role, "data");
});
