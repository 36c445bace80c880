import assert from "node:assert/strict";
import test from "node:test";

import { readDraft } from "../../components/canvas/model/kept/lesson_drafts.js";
import { readEntry } from "../../components/canvas/model/kept/restore.js";

const DRAFT = { question: "Why?", choices: "a\nb", automatic: false, fixed: ["x"] };

test("of what is stored only what a field may hold is taken", () => {
  assert.deepEqual(readDraft(DRAFT), DRAFT);
  assert.deepEqual(readDraft({ ...DRAFT, question: 5, hint: "x".repeat(2001), fixed: [1], automatic: "no", other: "x" }), { choices: "a\nb" });
  for (const none of [null, undefined, 5, "x", [], {}]) assert.equal(readDraft(none), undefined);
  const document = { format: "f", version: 2, nodes: [], edges: [], output: null, blocks: [] };
  assert.deepEqual(readEntry(JSON.stringify({ document, draft: DRAFT }))?.draft, DRAFT);
  assert.equal(readEntry(JSON.stringify({ document, draft: 5 }))?.draft, undefined);
});
