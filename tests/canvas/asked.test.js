import assert from "node:assert/strict";
import test from "node:test";

import { askedBy, gradsOf, hiddenAt, isHidden, keyOf } from "../../components/canvas/model/graph/asked.js";
import { toDocument } from "../../components/canvas/model/graph/document.js";
import { node, picture as pictureOf } from "./pictures.js";

const graphOf = () => pictureOf([node("x", "Input"), node("a", "Square")], ["x.0→a.0"]);

/** @typedef {import("../../components/canvas/model/types/asked_types.js").AskedNumber} AskedNumber */
/** @typedef {import("../../components/canvas/model/types/panel_types.js").Step} Step */

/** @param {Partial<AskedNumber>} more @returns {AskedNumber} */
function asked(more) {
  return { node: "a", place: "a", kind: "grad", output: 0, name: "a.grad", state: "open", tries: [], sentences: [], ...more };
}

/** @param {Step["kind"]} kind @param {string} gives */
function step(kind, gives) {
  return /** @type {Step} */ (/** @type {unknown} */ ({ kind, gives: { [gives]: {} } }));
}

test("a number that was found or revealed is no longer hidden", () => {
  /** @type {AskedNumber["state"][]} */
  const states = ["open", "again", "wrong", "right", "late", "revealed"];
  assert.deepEqual(states.map((state) => isHidden(asked({ state }))), [true, true, true, false, false, false]);
});

test("the hidden numbers of a node are those that nobody has found", () => {
  const picture = { ...graphOf(), asked: [asked({}), asked({ kind: "data", state: "right" }), asked({ node: "b", place: "b" })] };
  assert.deepEqual(hiddenAt(picture, "a").map(keyOf), ["a grad 0"]);
  assert.deepEqual(hiddenAt(graphOf(), "a"), []);
});

test("before a step the number is asked for that it gives, once", () => {
  const picture = { ...graphOf(), asked: [asked({}), asked({ kind: "data" })] };
  assert.equal(askedBy(picture, step("backward", "a")), picture.asked[0]);
  assert.equal(askedBy(picture, step("forward", "a")), picture.asked[1]);
  assert.equal(askedBy(picture, step("backward", "b")), undefined);
  assert.equal(askedBy({ ...graphOf(), asked: [asked({ state: "again" })] }, step("backward", "a")), undefined);
  assert.equal(askedBy(picture, undefined), undefined);
});

test("the document that a tab keeps says what is hidden, also what was found", () => {
  const picture = { ...graphOf(), asked: [asked({ state: "right" })] };
  assert.deepEqual(toDocument(picture).hidden, [["a", "grad", 0]]);
  assert.equal("hidden" in toDocument(graphOf()), false);
});

test("the grads of some nodes are named by their outputs", () => {
  const picture = graphOf();
  const [first] = picture.order;
  assert.deepEqual(gradsOf(picture, [first, "nobody"]), [[first, "grad", 0]]);
});
