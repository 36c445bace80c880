import assert from "node:assert/strict";
import test from "node:test";

import { clearPlace } from "../../components/canvas/drawing/clear_place.js";

const STAGE = { width: 400, height: 300 };
const SIZE = { width: 100, height: 40 };
const NODE = { left: 160, top: 120, right: 240, bottom: 160 };

test("What is said of a node stands above it, and below where another node is above", () => {
  assert.deepEqual(clearPlace(NODE, SIZE, STAGE, []), { left: 150, top: 72 });
  assert.deepEqual(clearPlace(NODE, SIZE, STAGE, [{ left: 160, top: 60, right: 240, bottom: 100 }]), { left: 150, top: 168 });
});

test("Between two rows it stands beside the node, and within the stage", () => {
  const rows = [{ left: 0, top: 60, right: 400, bottom: 100 }, { left: 0, top: 180, right: 400, bottom: 220 }];
  assert.deepEqual(clearPlace(NODE, SIZE, STAGE, rows), { left: 248, top: 120 });
  const { left, top } = clearPlace({ left: 0, top: 0, right: 80, bottom: 40 }, SIZE, STAGE, []);
  assert.deepEqual([left, top], [0, 48]);
});
