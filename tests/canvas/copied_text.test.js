import assert from "node:assert/strict";
import test from "node:test";

import { pastePart, takePart } from "../../components/canvas/model/graph/copying.js";
import { toDocument } from "../../components/canvas/model/graph/document.js";
import { partOfText, textOfPart } from "../../components/canvas/model/text/copied_text.js";
import { kindOfText, linkIn } from "../../components/canvas/model/text/pasted_text.js";
import { SETTINGS, lesson, node, picture } from "./pictures.js";

/** @typedef {import("../../components/canvas/model/types/picture_types.js").Picture} Picture */

const { format, version } = SETTINGS.document;
const EMPTY = picture([]);

/** @param {Picture} shown @param {string[]} ids */
function copied(shown, ids) {
  const part = takePart(shown, ids);
  assert.ok(part);
  return textOfPart(part, shown);
}

/** A graph whose parts a test replaces. */
const sound = () => ({
  format, version, output: null,
  nodes: [
    { id: "x", op: "Input", name: "x", value: /** @type {any} */ (2), parameters: /** @type {any} */ ({}), position: [0, 0] },
    { id: "s", op: "Square", name: "s", value: null, parameters: {}, position: [200, 0] },
  ],
  edges: [{ from: "x", output: 0, to: "s", port: 0 }],
  blocks: [{ id: "b", name: "half", nodes: ["s"], open: false, inputs: [[["s", 0]]], outputs: [["s", 0]] }],
});

test("what is copied reads back as it was, and is a document that can be opened", () => {
  const shown = lesson();
  const text = copied(shown, ["x", "s", "z"]);
  const { nodes, edges } = JSON.parse(text);
  assert.deepEqual(nodes, JSON.parse(JSON.stringify(toDocument(shown).nodes.filter((_, place) => place !== 1))));
  assert.deepEqual(edges.map((/** @type {any} */ { from, to }) => [from, to]), [["x", "s"], ["s", "z"]]);
  const { part } = partOfText(text, shown);
  assert.deepEqual(part?.nodes.map(({ id, value }) => [id, value]), [["x", 2], ["s", undefined], ["z", undefined]]);
});

test("how a value was written, and an input's role, go with it as far as they are sound", () => {
  const shown = picture([node("x", "Input", { value: 0.5, written: "1/2", role: "weight" })]);
  const { part } = partOfText(copied(shown, ["x"]), EMPTY);
  assert.ok(part);
  const [added] = pastePart(part, { picture: EMPTY, reserved: new Set(), shift: { x: 0, y: 0 } }).events;
  const { value, written, role } = /** @type {import("../../components/canvas/model/types/event_types.js").AddNode} */ (added);
  assert.deepEqual([value, written, role], [0.5, "1/2", "weight"]);
  for (const more of [{ written: 7 }, { written: "1".repeat(101) }, { role: "toString" }]) {
    const text = { ...sound(), blocks: [], edges: [], nodes: [{ ...sound().nodes[0], ...more }] };
    assert.equal(partOfText(JSON.stringify(text), EMPTY).part, null);
  }
});

test("in another tab a part keeps its names, its values, its wires and its blocks", () => {
  const { part } = partOfText(JSON.stringify(sound()), EMPTY);
  assert.ok(part);
  const { events } = pastePart(part, { picture: EMPTY, reserved: new Set(), shift: { x: 0, y: 0 } });
  assert.deepEqual(events, [
    { type: "add", id: "n1", op: "Input", name: "x", x: 0, y: 0, value: 2 },
    { type: "add", id: "n2", op: "Square", name: "s", x: 200, y: 0, parameters: {} },
    { type: "connect", source: "n1", output: 0, target: "n2", port: 0 },
    { type: "block", id: "n3", name: "half", open: false, nodes: ["n2"], inputs: [[["n2", 0]]] },
  ]);
});

test("of names of which some are taken the free ones are kept, and no two are alike", () => {
  const shown = picture([node("q", "Input", { name: "x" })]);
  const text = JSON.parse(copied(picture([node("x", "Input", { value: 1 }), node("y", "Input", { value: 1 })]), ["x", "y"]));
  const { part } = partOfText(JSON.stringify(text), shown);
  assert.ok(part);
  const { events } = pastePart(part, { picture: shown, reserved: new Set(), shift: { x: 0, y: 0 } });
  const names = events.map((event) => (event.type === "add" ? event.name : ""));
  assert.deepEqual(names, ["x1", "y"]);
});

test("values are numbers and arrays of them, up to as many and as deep as an input takes", () => {
  /** @param {unknown} value */
  const isRead = (value) => {
    const document = sound();
    document.nodes[0].value = value;
    return partOfText(JSON.stringify(document), EMPTY).trouble === "";
  };
  for (const value of [0, -1.5, [1], [[1, 2], [3, 4]], Array(10_000).fill(1), [[[[1]]]]]) assert.ok(isRead(value));
  for (const value of ["2", true, null, [], [[]], [1, "2"], [null], {}, Array(10_001).fill(1), [[[[[1]]]]]]) {
    assert.ok(!isRead(value), JSON.stringify(value).slice(0, 40));
  }
});

test("whatever else a text holds is refused in one sentence that quotes little of it", () => {
  /** @type {((document: ReturnType<typeof sound>) => unknown)[]} */
  const changes = [
    (document) => ({ ...document, nodes: [] }),
    (document) => ({ ...document, nodes: 5 }),
    (document) => ({ ...document, nodes: [...document.nodes, document.nodes[0]] }),
    (document) => ({ ...document, nodes: [{ ...document.nodes[0], position: ["<img>", 0] }], edges: [], blocks: [] }),
    (document) => ({ ...document, nodes: [{ ...document.nodes[0], position: [1e7, 0] }], edges: [], blocks: [] }),
    (document) => ({ ...document, nodes: [{ ...document.nodes[0], parameters: { c: 1 } }], edges: [], blocks: [] }),
    (document) => ({ ...document, nodes: [{ ...document.nodes[0], id: "a b" }], edges: [], blocks: [] }),
    (document) => ({ ...document, nodes: [{ ...document.nodes[0], name: "x".repeat(900) }], edges: [], blocks: [] }),
    (document) => ({ ...document, nodes: [{ ...document.nodes[1], op: `<script>${"y".repeat(900)}` }], edges: [], blocks: [] }),
    (document) => ({ ...document, nodes: [{ ...document.nodes[1], op: "__proto__" }], edges: [], blocks: [] }),
    (document) => ({ ...document, nodes: [{ ...document.nodes[1], value: 3 }], edges: [], blocks: [] }),
    (document) => ({ ...document, edges: [{ from: "gone", output: 0, to: "s", port: 0 }] }),
    (document) => ({ ...document, edges: [{ from: "s", output: 0, to: "x", port: 0 }] }),
    (document) => ({ ...document, edges: [{ from: "x", output: -1, to: "s", port: 0 }] }),
    (document) => ({ ...document, edges: [...document.edges, document.edges[0]] }),
    (document) => ({ ...document, edges: Array(2001).fill(document.edges[0]) }),
    (document) => ({ ...document, nodes: Array(501).fill(document.nodes[0]) }),
    (document) => ({ ...document, blocks: [{ ...document.blocks[0], nodes: ["gone"] }] }),
    (document) => ({ ...document, blocks: [{ ...document.blocks[0], nodes: [] }] }),
    (document) => ({ ...document, blocks: [{ ...document.blocks[0], inputs: [[["x", 0]]] }] }),
    (document) => ({ ...document, blocks: [{ ...document.blocks[0], id: "s" }] }),
    (document) => ({ ...document, blocks: 5 }),
    (document) => ({ ...document, format: "other" }),
    (document) => ({ ...document, version: 1 }),
    () => 5, () => [], () => null, () => ({}),
  ];
  for (const change of changes) {
    const text = JSON.stringify(change(sound()));
    const { part, trouble } = partOfText(text, EMPTY);
    assert.equal(part, null, text.slice(0, 200));
    assert.match(trouble, /^.{10,140}[.]$/);
  }
  assert.equal(partOfText("{", EMPTY).trouble, "This text is no whole graph, so nothing was pasted.");
  assert.equal(partOfText(JSON.stringify(sound()), EMPTY).trouble, "");
});

test("a text is told for what it is", () => {
  for (const [text, kind] of Object.entries({
    "": "nothing", " \n\t": "nothing", "{}": "graph", ' {"format": 1': "graph",
    "https://example.org/?graph=abc": "link", "http://localhost:8501/?theme=dark&graph=abc": "link",
    "https://example.org/": "formula", "see https://example.org/?graph=abc": "formula",
    "2": "numbers", "−1.5e-3": "numbers", "1,5": "numbers", "1\t2\n3\t4": "numbers", "1;2;3": "numbers",
    "1, 2, 3": "numbers", "1,2\r\n3,4": "numbers", "[1, 2, [3]]": "numbers", '"1,5"\t"2,5"': "numbers", "a\tb\n1\t2": "numbers",
    "z = x + y": "formula", "x**2": "formula", "import torch\nx = torch.tensor(2.0)": "formula", "hello": "formula", "[x, y]": "formula",
  })) assert.equal(kindOfText(text), kind, text);
  assert.equal(linkIn("https://example.org/a?b=1&graph=x-_9"), "x-_9");
  assert.equal(linkIn("https://"), "");
});
