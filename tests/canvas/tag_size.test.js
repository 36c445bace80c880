import assert from "node:assert/strict";
import test from "node:test";

import { tagSize } from "../../components/canvas/drawing/tag_size.js";

const ROW_ABOVE = [{ across: 0, up: 26 }]; // as rows stand after Tidy
const NEXT_COLUMN = [{ across: 252, up: 26 }];

test("A label of 16 units fits between two rows, and is as large as is read with ease where nothing is above", () => {
  assert.equal(tagSize(1, ROW_ABOVE), 16);
  assert.equal(tagSize(0.75, ROW_ABOVE), 16); // 12 pixels
  assert.equal(tagSize(0.5, []), 24);
  assert.equal(tagSize(0.5, NEXT_COLUMN), 24);
});

test("Where a larger one would lie over the row above it stays small, and goes where it could not be read", () => {
  assert.equal(tagSize(0.6, ROW_ABOVE), 16);
  assert.equal(tagSize(0.5, ROW_ABOVE), 0);
  assert.equal(tagSize(1, [{ across: 60, up: 10 }]), 0);
  assert.equal(tagSize(0.25, NEXT_COLUMN), 0); // as wide as three columns
});
