import assert from "node:assert/strict";
import test from "node:test";

import { AREA, PlotArea, apart, isInside, roundedIn } from "../../components/canvas/descent/plot_area.js";
import { Prediction } from "../../components/canvas/descent/prediction.js";

const area = new PlotArea([[0, 10], [-1, 1]]);

test("the window's corners are the area's", () => {
  assert.deepEqual(area.toArea([0, 1]).map((part) => part + 0), [0, 0]);
  assert.deepEqual(area.toArea([10, -1]), [AREA.width, AREA.height]);
  assert.deepEqual(area.placeAt(0, 0), [0, -1]);
  assert.deepEqual(area.placeAt(0.5, 1), [5, 1]);
});

test("a place is rounded to the digits that matter in the window, and kept in it", () => {
  assert.equal(roundedIn([0, 10], 1.23456), 1.23);
  assert.equal(roundedIn([0, 0.01], 0.00123456), 0.00123);
  assert.equal(roundedIn([0, 1e6], 123456), 123000);
  assert.deepEqual([roundedIn([0, 10], 12), roundedIn([0, 10], -5)], [10, 0]);
  assert.ok(Object.is(roundedIn([-1, 1], -0), 0));
});

test("of a line only what is in sight is drawn, however far it goes", () => {
  assert.equal(area.pathThrough([[0, 0], [10, 0]]), `M0.00,127.00L${AREA.width}.00,127.00`);
  const far = area.pathThrough([[5, 0], [1e308, 0]]);
  assert.match(far, /^M173\.00,127\.00L354\.00,127\.00$/);
  assert.equal(area.pathThrough([[0, 5], [10, 5]]), "");
  assert.equal(area.pathThrough([[-1e308, 0], [5, 0]]), "M-8.00,127.00L173.00,127.00");
  assert.equal(area.pathThrough([[5, 0], [5, 0]]), "");
});

test("points that would share a dot are drawn once", () => {
  assert.deepEqual(apart([[0, 0], [1, 1], [4, 4], [6, 4], [100, 0]]), [[4, 4], [100, 0]]);
  assert.deepEqual([isInside([0, 0]), isInside([AREA.width + 1, 0]), isInside([5, -1])], [true, false, false]);
});

test("the way is hidden from who predicts, until it is revealed or there is another point", () => {
  const prediction = new Prediction();
  assert.equal(prediction.hides(3), false);
  prediction.turn(true);
  prediction.guess = [1, 2];
  assert.deepEqual([prediction.hides(3), prediction.hides(0)], [true, false]);
  prediction.reveal();
  assert.deepEqual([prediction.hides(3), prediction.guess], [false, [1, 2]]);
  prediction.askAgain();
  assert.deepEqual([prediction.hides(3), prediction.guess], [true, undefined]);
  prediction.turn(false);
  assert.equal(prediction.hides(3), false);
});
