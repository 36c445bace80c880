import assert from "node:assert/strict";
import test from "node:test";

import { Framing } from "../../components/canvas/drawing/framing.js";
import { View } from "../../components/canvas/drawing/view.js";

const TEXT = 22;
/** A line of six nodes, in units of the graph. */
const BOXES = new Map(["a", "b", "c", "d", "e", "f"].map((id, place) => [id, { x: 200 * place, y: 0, width: 150, height: 60 }]));

/**
 * A stage of a size, with the graph fitted into it.
 * @param {number} width
 * @param {number} height
 */
function fitted(width, height) {
  const stage = /** @type {any} */ ({ clientWidth: width, clientHeight: height, offsetLeft: 0, offsetTop: 0, classList: new Set() });
  const view = new View(stage, () => {});
  const drawing = /** @type {any} */ ({ boxOf: (/** @type {string} */ id) => BOXES.get(id), resize() {}, enlarge() {} });
  const framing = new Framing({
    element: stage, view, drawing, nodes: () => [...BOXES.keys()], frames: () => [], takeUpLook: () => false, textSize: () => TEXT,
    tagged: () => "f",
  });
  view.resize();
  framing.drawn();
  /** @param {number} other @param {number} [high] */
  const become = (other, high = height) => {
    Object.assign(stage, { clientWidth: other, clientHeight: high });
    framing.resized();
  };
  return { view, become };
}

test("A graph that somebody settled in is fitted again once it can be read, as where a list beside it is closed", () => {
  const { view, become } = fitted(500, 300);
  const small = view.scale;
  assert.ok(small * TEXT < 13);
  view.settle();
  become(520);
  assert.equal(view.scale, small); // hardly larger: it stays under the hand
  become(900);
  assert.ok(view.scale > 1.5 * small);
});

test("One that can be read, or at which somebody looks by choice, stays as it is where the stage becomes larger", () => {
  const large = fitted(900, 300);
  large.view.settle();
  const read = large.view.scale;
  assert.ok(read * TEXT >= 13);
  large.become(1400);
  assert.equal(large.view.scale, read);
  const chosen = fitted(500, 300);
  chosen.view.zoom(0.9);
  const { scale } = chosen.view;
  chosen.become(900);
  assert.equal(chosen.view.scale, scale);
});

test("The label above the output is in sight too, where the stage is low", () => {
  const { view } = fitted(2000, 110);
  const top = view.toStage({ x: 0, y: -30 }).y;
  assert.ok(top - 20 * view.scale >= 0);
});
