/** What a wheel means: notches of a mouse zoom, on a page at any zoom; two fingers on a trackpad pan or pinch. */

import assert from "node:assert/strict";
import test from "node:test";

import { Wheel } from "../../components/canvas/model/wheel.js";

/** @param {Partial<import("../../components/canvas/model/wheel.js").WheelMove>} event */
const wheel = (event) => ({ deltaMode: 0, deltaX: 0, deltaY: 0, ctrlKey: false, timeStamp: 0, ...event });

test("a notch of a mouse zooms by the same, also where the page's own zoom makes a fraction of its pixels", () => {
  const whole = new Wheel().meaningOf(wheel({ deltaY: -100, wheelDeltaY: 120 }));
  assert.deepEqual(whole, { zoom: Math.exp(0.16) });
  const zoomed = new Wheel().meaningOf(wheel({ deltaY: -100 / 1.1, wheelDeltaY: 120 }));
  assert.ok("zoom" in zoomed && zoomed.zoom > 1.1);
  assert.deepEqual(new Wheel().meaningOf(wheel({ deltaMode: 1, deltaY: 3 })), { zoom: Math.exp(-0.0768) });
});

test("two fingers pan both ways, and go on panning where the swipe's last events look like a mouse's", () => {
  const hand = new Wheel();
  assert.deepEqual(hand.meaningOf(wheel({ deltaX: 3, deltaY: 5, wheelDeltaY: -15 })), { pan: [-3, -5] });
  assert.deepEqual(hand.meaningOf(wheel({ deltaY: 80, wheelDeltaY: -240, timeStamp: 200 })), { pan: [-0, -80] });
  assert.ok("zoom" in hand.meaningOf(wheel({ deltaY: 100, wheelDeltaY: -120, timeStamp: 2000 })));
});

test("a pinch doubles when the fingers double", () => {
  // Chrome tells 100 · ln of how far the fingers went apart, in small events, each counted as a notch.
  const hand = new Wheel();
  let scale = 1;
  for (let each = 0; each < 20; each += 1) {
    const meaning = hand.meaningOf(wheel({ deltaY: -100 * Math.log(2) / 20, wheelDeltaY: 120, ctrlKey: true }));
    if ("zoom" in meaning) scale *= meaning.zoom;
  }
  assert.ok(Math.abs(scale - 2) < 0.05, String(scale));
});

test("Ctrl with a mouse's wheel is no pinch", () => {
  assert.deepEqual(new Wheel().meaningOf(wheel({ deltaY: -100, wheelDeltaY: 120, ctrlKey: true })), { zoom: Math.exp(0.16) });
});
