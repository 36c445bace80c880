/** How far somebody has come with what a lesson offers to choose from. */

import assert from "node:assert/strict";
import test from "node:test";

import { choiceMark, hasEnded } from "../../components/canvas/model/lesson/choice.js";

const choices = ["a", "b", "c"];

/** @typedef {import("../../components/canvas/model/types/lesson_types.js").Choice} Choice */

/** @param {Choice} choice */
function marks(choice) {
  return choices.map((_, place) => choiceMark(choice, place));
}

test("a choice is open, found, wrong, or shown because nobody found it", () => {
  /** @type {[Choice, string[], boolean][]} */
  const cases = [
    [{ choices, state: "open", tries: [] }, ["open", "open", "open"], false],
    [{ choices, state: "again", tries: [2] }, ["open", "open", "wrong"], false],
    [{ choices, state: "right", tries: [1], right: 1 }, ["open", "right", "open"], true],
    [{ choices, state: "late", tries: [2, 0], right: 0 }, ["right", "open", "wrong"], true],
    [{ choices, state: "wrong", tries: [2, 0], right: 1 }, ["wrong", "shown", "wrong"], true],
  ];
  for (const [choice, expected, ended] of cases) {
    assert.deepEqual(marks(choice), expected);
    assert.equal(hasEnded(choice), ended);
  }
});
