import assert from "node:assert/strict";
import test from "node:test";

import { planMeeting, readEntry } from "../../components/canvas/model/restore.js";

/** @typedef {import("../../components/canvas/model/restore.js").TabEntry} TabEntry */

const DOCUMENT = { format: "f", version: 2, nodes: [], edges: [], output: null, blocks: [] };
const LOOK = { view: null, selection: ["x"], focused: null };
const UNDO = { type: /** @type {const} */ ("undo") };

/** @param {Partial<TabEntry>} [more] @returns {TabEntry} */
const entry = (more) => ({
  session: "old", document: DOCUMENT, pending: [UNDO], automatic: false, variant: "step 13", link: "", look: LOOK, ...more,
});
const RESTORE = { type: "restore", document: DOCUMENT, automatic: false, variant: "step 13" };
const NEW = { session: "new", openedByLink: "" };

test("who has nothing stored is greeted", () => {
  assert.deepEqual(planMeeting(NEW, null, true), { restores: false, events: [], look: null, greets: true });
});

test("after a reload the session gets the graph, then what was pending, and the look is taken up", () => {
  assert.deepEqual(planMeeting(NEW, entry(), true),
    { restores: true, events: [RESTORE, UNDO], look: LOOK, greets: false });
});

test("a later session gets the graph; what is pending is in the outbox already", () => {
  assert.deepEqual(planMeeting(NEW, entry(), false), { restores: true, events: [RESTORE], look: LOOK, greets: false });
});

test("a session that is still there has all of it", () => {
  assert.equal(planMeeting({ session: "old", openedByLink: "" }, entry(), true).restores, false);
});

test("a link opens its own graph, unless this is the one that came from it", () => {
  const byLink = { session: "new", openedByLink: "abc" };
  assert.deepEqual(planMeeting(byLink, entry(), true), { restores: false, events: [], look: null, greets: true });
  assert.equal(planMeeting(byLink, entry({ link: "abc" }), true).restores, true);
  assert.equal(planMeeting(byLink, entry(), false).restores, true); // only the first time it is opened
});

test("an entry without a look has none to be taken up", () => {
  assert.equal(planMeeting(NEW, entry({ look: undefined }), true).look, null);
});

test("an entry is read as it was written", () => {
  assert.deepEqual(readEntry(JSON.stringify({ ...entry(), serial: 4 })), { ...entry(), serial: 4 });
});

test("an older entry calls variants engines", () => {
  const { variant: _, ...older } = entry();
  const pending = [{ type: "engine", engine: "step 14" }, UNDO];
  const read = readEntry(JSON.stringify({ ...older, engine: "step 13", pending }));
  assert.deepEqual([read?.variant, read?.pending], ["step 13", [{ type: "variant", variant: "step 14" }, UNDO]]);
  assert.ok(read && !("engine" in read));
});

test("what is missing in an entry is empty, and what is none is null", () => {
  const read = readEntry(JSON.stringify({ document: DOCUMENT, session: "old" }));
  assert.deepEqual([read?.pending, read?.link, read?.serial], [[], "", 0]);
  for (const text of [null, "", "{", "null", "5", "{}", "[]"]) assert.equal(readEntry(text), null);
});
