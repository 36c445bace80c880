import assert from "node:assert/strict";
import test from "node:test";

import { LessonDrafts, readDraft } from "../../components/canvas/model/lesson_drafts.js";
import { readEntry } from "../../components/canvas/model/restore.js";

const DRAFT = { question: "Why?", choices: "a\nb", automatic: false, fixed: ["x"] };

test("each graph that was opened has its draft, until it is handed over or another session begins", () => {
  const drafts = new LessonDrafts();
  drafts.see(1);
  drafts.present = DRAFT;
  drafts.see(2);
  assert.equal(drafts.present, undefined);
  drafts.see(1); // undo leads back
  assert.deepEqual(drafts.present, DRAFT);
  drafts.present = undefined;
  assert.equal(drafts.present, undefined);
  drafts.present = DRAFT;
  drafts.begin();
  drafts.see(1);
  assert.equal(drafts.present, undefined);
});

test("what is brought back goes on with the graph that comes first, and is kept until then", () => {
  const drafts = new LessonDrafts();
  drafts.begin(DRAFT);
  assert.deepEqual(drafts.present, DRAFT);
  drafts.see(7);
  drafts.see(8);
  assert.equal(drafts.present, undefined);
  drafts.see(7);
  assert.deepEqual(drafts.present, DRAFT);
});

test("of what is stored only what a field may hold is taken", () => {
  assert.deepEqual(readDraft(DRAFT), DRAFT);
  assert.deepEqual(readDraft({ ...DRAFT, question: 5, hint: "x".repeat(2001), fixed: [1], automatic: "no", other: "x" }), { choices: "a\nb" });
  for (const none of [null, undefined, 5, "x", [], {}]) assert.equal(readDraft(none), undefined);
  const document = { format: "f", version: 2, nodes: [], edges: [], output: null, blocks: [] };
  assert.deepEqual(readEntry(JSON.stringify({ document, draft: DRAFT }))?.draft, DRAFT);
  assert.equal(readEntry(JSON.stringify({ document, draft: 5 }))?.draft, undefined);
});
