/** A press that comes again at once is the same press. */

import assert from "node:assert/strict";
import test from "node:test";

import { AGAIN_MS, OnePress } from "../../components/canvas/parts/one_press.js";

test("a double press counts once, a later one again, and one that goes on and on once", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const box = /** @type {HTMLElement} */ (/** @type {unknown} */ ({ dataset: {} }));
  const press = new OnePress(box);
  assert.equal(press.take(), true);
  assert.equal("pressed" in box.dataset, true);
  mock.timers.tick(AGAIN_MS - 1);
  assert.equal(press.take(), false);
  for (let bounced = 0; bounced < 20; bounced += 1) {
    mock.timers.tick(AGAIN_MS / 2);
    assert.equal(press.take(), false);
  }
  mock.timers.tick(AGAIN_MS);
  assert.equal("pressed" in box.dataset, false);
  assert.equal(press.take(), true);
  const other = new OnePress();
  assert.equal(other.take(), true); // another button
});
