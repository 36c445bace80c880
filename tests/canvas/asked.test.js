import assert from "node:assert/strict";
import test from "node:test";

import { askedBy, gradsOf, hiddenAt, isHidden, keyOf } from "../../components/canvas/model/asked.js";
import { toDocument } from "../../components/canvas/model/document.js";
import { node, picture as pictureOf } from "./pictures.js";

const graphOf = () => pictureOf([node("x", "Input"), node("a", "Square")], ["x.0→a.0"]);

/** @param {object} more */
function asked(more) {
  return { node: "a", place: "a", kind: "grad", output: 0, name: "a.grad", state: "open", tries: [], sentences: [], ...more };
}

test("a number that was found or revealed is no longer hidden", () => {
  const states = ["open", "again", "wrong", "right", "late", "revealed"];
  assert.deepEqual(states.map((state) => isHidden(asked({ state }))), [true, true, true, false, false, false]);
});

test("the hidden numbers of a node are those that nobody has found", () => {
  const picture = { asked: [asked({}), asked({ kind: "data", state: "right" }), asked({ node: "b", place: "b" })] };
  assert.deepEqual(hiddenAt(picture, "a").map(keyOf), ["a grad 0"]);
  assert.deepEqual(hiddenAt({}, "a"), []);
});

test("before a step the number is asked for that it gives, once", () => {
  const picture = { asked: [asked({}), asked({ kind: "data" })] };
  assert.equal(askedBy(picture, { kind: "backward", gives: { a: {} } }), picture.asked[0]);
  assert.equal(askedBy(picture, { kind: "forward", gives: { a: {} } }), picture.asked[1]);
  assert.equal(askedBy(picture, { kind: "backward", gives: { b: {} } }), undefined);
  assert.equal(askedBy({ asked: [asked({ state: "again" })] }, { kind: "backward", gives: { a: {} } }), undefined);
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
