/** What a student is told of their answer: their own one until the reveal, and then beside the right one. */

import assert from "node:assert/strict";
import test from "node:test";

import { answerSentence } from "../../components/canvas/model/room/room_sentences.js";

/** @typedef {import("../../components/canvas/model/types/room_types.js").RoomState} RoomState */

const QUESTION = /** @type {const} */ ({ id: "q", number: 1, kind: "number", title: "", variant: "step 16", asked: "x.grad" });

/**
 * @param {"open" | "closed" | "revealed"} phase
 * @param {Record<string, string>} answers by the round
 * @param {Partial<import("../../components/canvas/model/types/room_types.js").RoomQuestion>} [question]
 * @param {import("../../components/canvas/model/types/room_types.js").Revealed} [revealed]
 * @returns {RoomState}
 */
function room(phase, answers, question, revealed) {
  const given = Object.fromEntries(Object.entries(answers).map(([round, text]) => [round, { text, locked: false }]));
  return {
    role: "student", code: "abcdef", isConnected: true, question: { ...QUESTION, ...question }, told: { code: "abcdef", question: "q", round: 2, phase },
    you: { name: "", number: 1, answers: given, ...(revealed && { revealed }) },
  };
}

test("one's own answer stands there until the reveal", () => {
  assert.match(answerSentence(room("open", { 2: "4" })), /^Your answer is 4\./);
  assert.equal(answerSentence(room("closed", { 2: "4" })), "The vote is closed. Your answer counts: 4.");
  assert.equal(answerSentence(room("closed", { 2: "1" }, { kind: "choice", choices: ["it rises", "it falls"] })), "The vote is closed. Your answer counts: it falls.");
  assert.equal(answerSentence(room("closed", { 2: "link" }, { kind: "build" })), "The vote is closed. Your answer counts.");
  assert.equal(answerSentence(room("closed", { 1: "4" })), "The vote is closed. You did not answer.");
});

test("at the reveal it stands beside the right one", () => {
  const wrong = { right: "4", isRight: false };
  assert.equal(answerSentence(room("revealed", { 1: "5", 2: "3" }, {}, wrong)), "You answered 3. Right: 4.");
  assert.equal(answerSentence(room("revealed", { 1: "5" }, {}, { ...wrong, sentence: "It was copied." })), "You answered 5. It was copied. Right: 4.");
  assert.equal(answerSentence(room("revealed", { 2: "4" }, {}, { right: "4", isRight: true })), "Your answer is right. Right: 4.");
  assert.equal(answerSentence(room("revealed", {}, {}, { right: "4" })), "Right: 4.");
  assert.equal(answerSentence(room("revealed", { 2: "0" }, { kind: "choice", choices: ["tea", "coffee"] }, { right: "", isRight: null })), "You answered tea.");
  assert.equal(answerSentence(room("revealed", { 2: "link" }, { kind: "build" }, { isRight: false })), "Your answer was another one.");
});
