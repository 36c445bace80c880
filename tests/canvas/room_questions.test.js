/** What a teacher can ask of the open graph, and what comes next of a lesson. */

import assert from "node:assert/strict";
import test from "node:test";

import { AskedQuestions } from "../../components/canvas/model/room/asked_questions.js";
import {
  askableNumbers, askedSoFar, comingQuestion, documentToAsk, nextQuestion, numberQuestion, titleOf, typedChoice,
} from "../../components/canvas/model/room/room_questions.js";
import { node, picture as pictureOf } from "./pictures.js";

/** @typedef {import("../../components/canvas/model/types/picture_types.js").Picture} Picture */

/** @param {Partial<Picture>} [more] @returns {Picture} */
const graph = (more = {}) => ({ ...pictureOf([node("x", "Input"), node("a", "Square")], ["x.0→a.0"]), document: 3, ...more });

const ASKED = /** @type {import("../../components/canvas/model/types/asked_types.js").AskedNumber[]} */ ([
  { node: "a", place: "a", kind: "grad", output: 0, name: "a.grad", state: "revealed", tries: [], sentences: [] },
  { node: "x", place: "x", kind: "grad", output: 0, name: "x.grad", state: "open", tries: [], sentences: [] },
]);
const LESSON = { number: 1, key: "used_twice", title: "Used twice", question: "1 or 2?", insight: "2." };

test("hidden numbers come first, an input's value is no question", () => {
  assert.deepEqual(askableNumbers(graph()).map(({ name }) => name), ["x.grad", "a.grad", "a.data"]);
  assert.deepEqual(askableNumbers(graph({ asked: ASKED })).map(({ name }) => name), ["a.grad", "x.grad", "a.data"]);
});

test("a lesson asks its choices, then its numbers, each once", () => {
  const choice = /** @type {const} */ ({ choices: ["1", "2"], state: "open", tries: [] });
  const picture = graph({ asked: ASKED, lesson: { ...LESSON, choice: { ...choice, choices: ["1", "2"], tries: [] } } });
  /** @type {Set<string>} */
  const asked = new Set();
  const kinds = [];
  for (let next = nextQuestion(picture, asked); next; next = nextQuestion(picture, asked)) {
    kinds.push([next.question.kind, next.question.asked ?? next.question.lesson, next.question.title]);
    asked.add(next.key);
  }
  assert.deepEqual(kinds, [["choice", "used_twice", "1 or 2?"], ["number", "a.grad", ""], ["number", "x.grad", ""]]);
  const again = nextQuestion({ ...picture, document: 4 }, asked); // opened anew, it asks anew
  assert.equal(again?.question.kind, "choice");
  assert.equal(nextQuestion(graph(), asked), null);
});

test("a choice is typed one a line", () => {
  const typed = typedChoice(graph(), "Which?", " adds \n\n* copies\n*\nswaps");
  assert.deepEqual([typed.choices, typed.right, typed.graph?.nodes.length], [["adds", "copies", "swaps"], 1, 2]);
  assert.equal("right" in typedChoice(graph(), "", "a\nb"), false);
  assert.equal("graph" in typedChoice(graph({ order: [] }), "", "a\nb"), false);
});

test("another device goes on behind what was asked", () => {
  const choice = /** @type {const} */ ({ choices: [], state: "open", tries: [] });
  const picture = graph({ asked: ASKED, lesson: { ...LESSON, choice: { ...choice, choices: ["1", "2"], tries: [] } } });
  const next = (/** @type {string | undefined} */ asked) => nextQuestion(picture, new Set(askedSoFar(picture, { asked })))?.question.asked;
  assert.deepEqual([next(undefined), next("a.grad"), next("x.grad")], ["a.grad", "x.grad", undefined]);
});

test("a question that nobody has put into words asks all the same", () => {
  assert.equal(titleOf({ kind: "number", title: "1 or 2?", asked: "x.grad" }), "1 or 2?");
  assert.equal(titleOf({ kind: "number", asked: "x.grad" }), "What is x.grad?");
  assert.equal(new Set(["number", "choice", "function", "build"].map((kind) => titleOf({ kind }))).size, 4);
});

test("a question's graph hides what is hidden still, and nothing of the question before", () => {
  const found = { ...ASKED[1], node: "a", place: "a", kind: /** @type {const} */ ("data"), name: "a.data", state: /** @type {const} */ ("right") };
  const picture = graph({ asked: [...ASKED, found] });
  assert.deepEqual(documentToAsk(picture).hidden, [["x", "grad", 0]]); // a.grad is revealed, a.data found
  assert.equal("hidden" in documentToAsk(picture, ["x", "grad", 0]), false);
  assert.deepEqual(numberQuestion(picture, "a.grad", "").graph.hidden, [["x", "grad", 0]]);
  assert.deepEqual(typedChoice(picture, "Which?", "a\nb").graph?.hidden, [["x", "grad", 0]]);
});

test("it is said what the next question asks", () => {
  const choice = { choices: ["1", "2"], state: /** @type {const} */ ("open"), tries: [] };
  const picture = graph({ asked: ASKED, lesson: { ...LESSON, choice } });
  const all = new Set(askedSoFar(picture, { asked: "x.grad" }));
  const listed = { kind: "choice", title: "Which one?" };
  assert.equal(comingQuestion(picture, all, listed), "Next: Which one?");
  assert.equal(comingQuestion(picture, new Set(), undefined), "Next: 1 or 2?");
  assert.equal(comingQuestion(graph({ asked: ASKED }), new Set(), undefined), "Next: What is a.grad?");
  assert.equal(comingQuestion(picture, all, undefined), ""); // its insight is told, and no lesson comes
  assert.equal(comingQuestion({ ...picture, lesson: { ...LESSON, next: "Reused" } }, all, undefined), "Next: the question of the lesson “Reused”");
  assert.equal(comingQuestion({ ...picture, lesson: { ...LESSON, insight: undefined } }, all, undefined), "Next: the question of the next lesson");
  assert.equal(comingQuestion(graph(), new Set(), undefined), "");
});

test("after a reload the question that was asked last is not asked once more", () => {
  const picture = graph({ asked: ASKED, lesson: LESSON });
  const state = /** @type {any} */ ({ role: "teacher", question: { id: "q1", kind: "number", asked: "a.grad" }, teacher: { question: "q1", course: LESSON.number } });
  const coming = (/** @type {any} */ told) => {
    const asked = new AskedQuestions();
    asked.recall(picture, told);
    return nextQuestion(picture, asked.keys)?.question.asked;
  };
  assert.equal(coming({ ...state, question: undefined }), "a.grad");
  assert.equal(coming({ ...state, teacher: { ...state.teacher, course: 9 } }), "a.grad"); // of another lesson
  assert.equal(coming(state), "x.grad");
  const asking = new AskedQuestions();
  asking.isRemembered = true; // this page asks, and knows what of
  asking.recall(picture, state);
  assert.equal(asking.keys.size, 0);
});
