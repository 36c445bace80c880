import assert from "node:assert/strict";
import test from "node:test";

import { PICTURES_KEPT, PictureRevisions } from "../../components/canvas/model/exchange/picture_revisions.js";
import { EMPTY_PICTURE } from "../../components/canvas/model/graph/picture.js";

/** @param {number} revision @param {number} base @param {unknown} picture */
const sent = (revision, base, picture) => ({ revision, base, picture });

test("a difference is applied to the picture that it starts from", () => {
  const revisions = new PictureRevisions();
  assert.equal(revisions.take(sent(1, 0, { order: ["a"] })), true);
  assert.equal(revisions.take(sent(2, 1, { drawn: 5 })), true);
  assert.deepEqual([revisions.revision, revisions.picture.order, revisions.picture.drawn], [2, ["a"], 5]);
  assert.equal(revisions.take(sent(3, 1, { drawn: 6 })), true); // from the one before the last
  assert.deepEqual([revisions.picture.order, revisions.picture.drawn], [["a"], 6]);
});

test("what was sent before, or came late, changes nothing", () => {
  const revisions = new PictureRevisions();
  revisions.take(sent(2, 0, { drawn: 2 }));
  assert.equal(revisions.take(sent(2, 0, { drawn: 9 })), true);
  assert.equal(revisions.take(sent(1, 0, { drawn: 9 })), true);
  assert.deepEqual([revisions.revision, revisions.picture.drawn], [2, 2]);
});

test("without the picture that it starts from a difference is refused", () => {
  const revisions = new PictureRevisions();
  assert.equal(revisions.take(sent(7, 6, { drawn: 7 })), false);
  assert.deepEqual([revisions.revision, revisions.picture], [0, EMPTY_PICTURE]);
});

test("the latest pictures are kept, and the empty one always", () => {
  const revisions = new PictureRevisions();
  const last = 2 * PICTURES_KEPT;
  for (let number = 1; number <= last; number += 1) revisions.take(sent(number, number - 1, { drawn: number }));
  const oldest = last - PICTURES_KEPT + 2; // the empty one is among those kept
  assert.equal(revisions.take(sent(last + 1, oldest - 1, {})), false);
  assert.equal(revisions.take(sent(last + 1, oldest, {})), true);
  assert.equal(revisions.picture.drawn, oldest);
  assert.equal(revisions.take(sent(last + 2, 0, { order: ["b"] })), true);
  assert.deepEqual(revisions.picture.order, ["b"]);
});

test("with another session revisions begin anew, while the picture stays to be looked at", () => {
  const revisions = new PictureRevisions();
  revisions.take(sent(5, 0, { drawn: 5 }));
  revisions.forget();
  assert.deepEqual([revisions.revision, revisions.picture.drawn], [0, 5]);
  assert.equal(revisions.take(sent(6, 5, {})), false);
  assert.equal(revisions.take(sent(1, 0, { drawn: 1 })), true);
  assert.equal(revisions.picture.drawn, 1);
});
