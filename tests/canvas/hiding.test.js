/** What is hidden on a teacher's screen for one question is gone with the next one, which does not ask for it. */

import assert from "node:assert/strict";
import test from "node:test";

import { Hiding } from "../../components/canvas/room/hiding.js";
import { diagnosed } from "../../components/canvas/room/spread_view.js";
import { node, picture as pictureOf } from "./pictures.js";

/** @typedef {import("../../components/canvas/model/page_model.js").PageModel} PageModel */

test("a number is hidden for its own question alone", () => {
  /** @type {any[]} */
  const edits = [];
  const hiding = new Hiding(/** @type {PageModel} */ (/** @type {unknown} */ ({ edit: (/** @type {unknown} */ event) => edits.push(event) })));
  const plain = { ...pictureOf([node("x", "Input"), node("a", "Square")], ["x.0→a.0"]), document: 3 };
  hiding.hide(plain, "x.grad");
  assert.deepEqual(edits, [{ type: "hide", numbers: [["x", "grad", 0]], hidden: true }]);
  const asked = { node: "x", place: "x", kind: /** @type {const} */ ("grad"), output: 0, name: "x.grad", state: /** @type {const} */ ("open"), tries: [], sentences: [] };
  const hidden = { ...plain, asked: [asked] };
  const question = { kind: "choice", graph: {} };
  assert.equal("hidden" in /** @type {object} */ (hiding.whole(hidden, question).graph), false);
  assert.deepEqual(/** @type {any} */ (hiding.whole({ ...hidden, document: 4 }, question).graph).hidden, [["x", "grad", 0]]); // hidden by hand
  hiding.hide(hidden, "x.grad"); // the same is asked again
  assert.equal(edits.length, 1);
  hiding.hide(hidden, undefined);
  assert.deepEqual(edits.slice(1), [{ type: "hide", numbers: [["x", "grad", 0]], hidden: false }]);
  hiding.hide({ ...hidden, document: 5 }, "x.grad"); // a lesson hides it: it stays with the lesson
  hiding.hide({ ...hidden, document: 5 }, "a.data");
  assert.deepEqual(edits.slice(2), [{ type: "hide", numbers: [["a", "data", 0]], hidden: true }]);
});

test("before the reveal neither right answers nor how many they are stand beside bars", () => {
  const group = (/** @type {string} */ name) => ({ name, count: 1, right: name === "right", share: "", sentence: "" });
  const groups = [group("overwritten"), group(""), group("right")];
  const told = (/** @type {any[]} */ bars) => diagnosed({ round: 1, answered: 3, bars, groups }).map(({ name }) => name);
  assert.deepEqual(told([{ label: "2", count: 3 }]), ["overwritten"]);
  assert.deepEqual(told([]), ["overwritten", "", "right"]); // everybody had own numbers: it gives none away
});
