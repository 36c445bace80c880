/** Where the numbers of a node are drawn, and where labels of wires stand. */

import assert from "node:assert/strict";
import test from "node:test";

import { partsOfLabel } from "../../components/canvas/drawing/label_lines.js";
import { besideWire } from "../../components/canvas/drawing/wire_labels.js";

const SIZE = 22;

/** @param {string} mod @param {number} width @param {string} [text] */
const block = (mod, width, text = "word") => ({ mod, width, text });
/** @param {number} height @param {...{mod: string, width: number, text: string}} blocks */
const line = (height, ...blocks) => ({ height, width: blocks.reduce((sum, { width }) => sum + width, 0), blocks });
/** @param {...ReturnType<typeof line>} lines */
const label = (...lines) => ({ lines, lineCount: lines.length, fontOptions: { size: SIZE } });

const HEADING = line(22, block("bold", 10), block("normal", 30));
const DATA = line(22, block("ital", 60));
const GRAD = line(22, block("mono", 70));

test("three lines stand around the middle of the node, each number on its own", () => {
  const { name, symbol, data, grad } = partsOfLabel(label(HEADING, DATA, GRAD));
  assert.deepEqual(name, { x: -15, y: -22, width: 10, height: 22 });
  assert.deepEqual(symbol, { x: 5, y: -22, width: 30, height: 22 });
  assert.deepEqual(data, { x: 0, y: 0, width: 60, height: 22 });
  assert.deepEqual(grad, { x: 0, y: 22, width: 70, height: 22 });
});

test("a warning below moves the numbers up, and what is tapped with them", () => {
  const { data, grad, message } = partsOfLabel(label(HEADING, DATA, GRAD, line(15, block("boldital", 90))));
  assert.equal(data?.y, -11); // the first of four lines stands one and a half of them above the middle
  assert.equal(grad?.y, 11);
  assert.equal(message?.y, 33);
});

test("a number that goes on in a second line is one, and parameters stand before the numbers", () => {
  const long = line(22, block("mono", 40)), rest = line(22, block("mono", 80));
  const { parameters, grad } = partsOfLabel(label(HEADING, line(15, block("boldital", 50)), DATA, long, rest));
  assert.equal(parameters?.width, 50);
  assert.deepEqual(grad, { x: 0, y: -44 + 22 + 15 + 22 + 11, width: 80, height: 44 });
});

test("of a label that is not laid out yet nothing is known", () => {
  assert.deepEqual(partsOfLabel(undefined), {});
  assert.deepEqual(partsOfLabel({ lineCount: 0, fontOptions: { size: SIZE } }), {});
});

const WIRE = [{ x: 0, y: 0 }, { x: 50, y: 0 }, { x: 100, y: 0 }];
const TEXT = { width: 20, height: 10 };

test("a label stands beside the middle of its wire, on the side of its port", () => {
  assert.deepEqual(besideWire(WIRE, TEXT, [], -1), { x: 50, y: -15 });
  assert.deepEqual(besideWire(WIRE, TEXT, [], 1), { x: 50, y: 15 });
});

test("a label lies on no node: it goes along the wire, or further away", () => {
  const above = { left: 30, right: 120, top: -40, bottom: -5 };
  const below = { left: -40, right: 140, top: 5, bottom: 60 };
  const { x, y } = besideWire(WIRE, TEXT, [above, below], -1);
  const free = [above, below].every(({ left, right, top, bottom }) => x + 10 <= left || x - 10 >= right || y + 5 <= top || y - 5 >= bottom);
  assert.ok(free, `${x}, ${y}`);
});
