/** Formulas are cut into pieces between which a line may end. */

import assert from "node:assert/strict";
import test from "node:test";

import { piecesOf } from "../../components/canvas/parts/math.js";

/** @typedef {import("../../components/canvas/parts/math.js").MathTree} MathTree */

/** @param {MathTree[]} inside @returns {MathTree} */
const math = (...inside) => ["math", [["mrow", inside]]];
/** @param {string} text @returns {MathTree} */
const sign = (text) => ["mo", text];
/** @param {string} text @returns {MathTree} */
const name = (text) => ["mi", text];
/** @param {string} text @returns {MathTree} */
const words = (text) => ["mtext", text.replaceAll(" ", "\u00A0")];

/** @param {MathTree} tree @returns {string} */
const textOf = ([, inside]) => (typeof inside === "string" ? inside : inside.map(textOf).join(""));
/** @param {MathTree} tree */
const pieces = (tree) => piecesOf(tree).map((piece) => piece.map(textOf).join("").replaceAll("\u00A0", " "));

test("a line may end before a sign, and within brackets, but not in a fraction or an exponent", () => {
  const bracket = ["mo", "(", { fence: "true", form: "prefix" }];
  const tree = math(
    name("y"), sign("="), /** @type {MathTree} */ (bracket), name("a"), sign("+"),
    ["mfrac", [["mrow", [name("b"), sign("+"), name("c")]], name("d")]],
    ["mo", ")", { fence: "true", form: "postfix" }], sign("·"), ["msup", [name("e"), ["mrow", [name("x"), sign("−"), name("z")]]]],
  );
  assert.deepEqual(pieces(tree), ["y", "=(a", "+b+cd)", "·ex−z"]);
});

test("a sign before its operand begins no piece, and one that begins a piece stands between two", () => {
  const tree = math(["mo", "−", { form: "prefix" }], name("x"), sign("−"), name("y"));
  assert.deepEqual(pieces(tree), ["−x", "−y"]);
  assert.deepEqual(piecesOf(tree)[1][0], ["mo", "−", { form: "infix" }]);
});

test("a line may end behind a comma", () => {
  const tree = math(name("join"), sign("("), name("x"), sign(","), name("z"), sign(")"));
  assert.deepEqual(pieces(tree), ["join(x,", "z)"]);
});

test("conditions stay whole, and a comma ends a line", () => {
  const tree = math(
    name("g"), sign("="), ["mn", "1"], words(" if "), name("x"), sign(">"), ["mn", "0"], words(", "),
    ["mn", "½"], words(" if "), name("x"), sign("="), ["mn", "0"], words(", else "), ["mn", "0"],
  );
  assert.deepEqual(pieces(tree), ["g", "=1", " if x>0,", " ½", " if x=0,", " else 0"]);
});

test("the entries of an array go on in another line, its shape is not torn apart", () => {
  const tree = math(name("x"), sign("="), ["mn", "[[1,\u00A02],\u00A0…]\u00A0(2,\u00A03)"]);
  assert.deepEqual(pieces(tree), ["x", "=[[1,", " 2],", " …]", " (2, 3)"]);
});

test("long words go on in another line", () => {
  const tree = math(words("first entry:"), name("a"), sign("≈"), ["msqrt", [name("b")]], words(" (repeated over axis 0)"));
  assert.deepEqual(pieces(tree), ["first entry:a", "≈b", " (repeated", " over", " axis", " 0)"]);
});
