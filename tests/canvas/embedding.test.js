import assert from "node:assert/strict";
import test from "node:test";

import { outcomeOf, triesOf } from "../../components/canvas/model/lesson/outcome.js";
import { siteAround, tellAround } from "../../components/canvas/parts/embedding.js";
import { node, picture } from "./pictures.js";

/** @typedef {import("../../components/canvas/model/types/asked_types.js").AskedNumber} AskedNumber */

/** @param {AskedNumber["state"]} state @param {string[]} [tries] @returns {AskedNumber} */
const number = (state, tries = []) => ({ node: "x", place: "x", kind: "grad", output: 0, name: "x.grad", state, tries, sentences: [] });

/** @param {AskedNumber[]} asked @param {object} [asks] */
const asking = (asked, asks) => picture([node("x", "Input")], [], { asked, ...(asks && { lesson: { key: "a", title: "A", question: "?", ...asks } }) });

test("how far somebody has come is counted, over numbers and choices", () => {
  const asked = [number("right", ["1"]), number("late", ["2", "1"]), number("again", ["2"]), number("revealed", ["3"])];
  const choice = { choices: ["a", "b", "c"], state: /** @type {const} */ ("wrong"), tries: [0, 1], right: 2 };
  const seen = asking(asked, { choice, answered: false });
  assert.deepEqual(outcomeOf(seen), { asked: 5, right: 1, late: 1, wrong: 1, revealed: 1, done: false });
  assert.equal(triesOf(seen), 7);
  assert.equal(outcomeOf(asking([number("right", ["1"])], { answered: true })).done, true);
});

test("a graph that asks for numbers without a lesson is done when none is hidden", () => {
  const dones = (["open", "again", "wrong", "right", "late", "revealed"]).map((state) => outcomeOf(asking([number(/** @type {AskedNumber["state"]} */ (state))])).done);
  assert.deepEqual(dones, [false, false, false, true, true, true]);
  assert.equal(outcomeOf(asking([])).done, false);
});

test("words are done when the explanation is shown; a graph that is built when it is right", () => {
  assert.deepEqual([undefined, "Because."].map((insight) => outcomeOf(asking([], { insight })).done), [false, true]);
  const states = /** @type {const} */ (["open", "wrong", "right"]).map((state) => outcomeOf(asking([], { build: { state }, answered: state === "right" })));
  assert.deepEqual(states.map(({ asked, right, wrong, done }) => [asked, right, wrong, done]), [[1, 0, 0, false], [1, 0, 0, false], [1, 1, 0, true]]);
});

test("the site that is told is the one that the address names, and none where it names none", () => {
  assert.equal(siteAround("?embed=1&parent=https%3A%2F%2Fcourse.example%2Fa%3Fb"), "https://course.example");
  for (const search of ["", "?embed=1", "?parent=", "?parent=null", "?parent=*", "?parent=course.example", "?parent=javascript:alert(1)", "?parent=file:///a"]) {
    assert.equal(siteAround(search), "", search);
  }
});

/** @param {string} search */
function framed(search) {
  /** @type {[object, string][]} */
  const posts = [];
  const postMessage = (/** @type {object} */ told, /** @type {string} */ site) => void posts.push([told, site]);
  return { posts, window: { parent: { postMessage: /** @type {Window["postMessage"]} */ (/** @type {unknown} */ (postMessage)) }, location: { search } } };
}

test("any page around is told a height, but only the named one how far somebody has come", () => {
  const height = { type: "height", height: 500 };
  const answered = { type: "answered", lesson: "a", asked: 1 };
  const named = framed("?parent=https://course.example");
  assert.deepEqual([height, answered].map((told) => tellAround(told, named.window)), [true, true]);
  const envelope = { source: "backprop-playground", version: 1 };
  assert.deepEqual(named.posts, [[{ ...envelope, ...height }, "*"], [{ ...envelope, ...answered }, "https://course.example"]]);
  const unnamed = framed("");
  assert.deepEqual([height, answered].map((told) => tellAround(told, unnamed.window)), [true, false]);
  assert.equal(unnamed.posts.length, 1);
  const alone = framed("?parent=https://course.example");
  const window = Object.assign(alone.window, { postMessage: alone.window.parent.postMessage });
  window.parent = window;
  assert.equal(tellAround(height, window), false);
});
