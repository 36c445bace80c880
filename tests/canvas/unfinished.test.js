import assert from "node:assert/strict";
import test from "node:test";

import { readEntry } from "../../components/canvas/model/kept/restore.js";
import { readTypedAnswers } from "../../components/canvas/model/kept/typed_answers.js";
import { Unfinished } from "../../components/canvas/model/kept/unfinished.js";

const DRAFT = { question: "Why?", choices: "a\nb", automatic: false, fixed: ["x"] };

test("each graph that was opened has what is begun of it, until it is handed over or another session begins", () => {
  let changes = 0;
  const unfinished = new Unfinished(() => (changes += 1));
  unfinished.see(1);
  unfinished.keepDraft(DRAFT);
  unfinished.keepTyped("n1 grad 0", "1/");
  unfinished.keepTyped("n1 grad 0", "1/4");
  unfinished.keepTyped("n2 grad 0", "6");
  assert.equal(changes, 4);
  unfinished.see(2);
  assert.deepEqual(unfinished.present, {});
  unfinished.see(1); // undo leads back
  assert.deepEqual(unfinished.present, { draft: DRAFT, typed: { "n1 grad 0": "1/4", "n2 grad 0": "6" } });
  unfinished.keepTyped("n2 grad 0");
  assert.deepEqual(unfinished.present.typed, { "n1 grad 0": "1/4" });
  unfinished.keepDraft();
  unfinished.forgetTyped();
  assert.deepEqual(unfinished.present, {});
  unfinished.keepDraft(DRAFT);
  unfinished.begin();
  unfinished.see(1);
  assert.deepEqual(unfinished.present, {});
});

test("what is brought back goes on with the graph that comes first, and is kept until then", () => {
  const unfinished = new Unfinished();
  const begun = { draft: DRAFT, typed: { "n1 grad 0": "3/4" } };
  unfinished.begin(begun);
  assert.deepEqual(unfinished.present, begun);
  unfinished.see(7);
  unfinished.see(8);
  assert.deepEqual(unfinished.present, {});
  unfinished.see(7);
  assert.deepEqual(unfinished.present, begun);
});

test("of what is stored only texts that a field may hold are taken as typed", () => {
  assert.deepEqual(readTypedAnswers({ a: "1", b: 2, c: "", d: "x".repeat(2001) }), { a: "1" });
  for (const none of [null, undefined, 5, "x", ["1"], {}]) assert.equal(readTypedAnswers(none), undefined);
  const document = { format: "f", version: 2, nodes: [], edges: [], output: null, blocks: [] };
  assert.deepEqual(readEntry(JSON.stringify({ document, typed: { a: "1" } }))?.typed, { a: "1" });
  assert.equal(readEntry(JSON.stringify({ document, typed: 5 }))?.typed, undefined);
});
