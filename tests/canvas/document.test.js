import assert from "node:assert/strict";
import test from "node:test";

import { toDocument } from "../../components/canvas/model/document.js";
import { lesson, node, picture } from "./pictures.js";

test("a picture is written as a document of the format that Python told", () => {
  const { format, version, nodes, edges, output, blocks } = toDocument(lesson());
  assert.deepEqual([format, version, output, blocks], ["backprop-playground", 2, null, []]);
  assert.deepEqual(nodes[0], { id: "x", op: "Input", name: "x", value: 2, parameters: {}, position: [0, 0] });
  assert.deepEqual(edges[1], { from: "s", output: 0, to: "z", port: 0 });
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
