import assert from "node:assert/strict";
import test from "node:test";

import { planMeeting, readEntry } from "../../components/canvas/model/kept/restore.js";

/** @typedef {import("../../components/canvas/model/kept/restore.js").TabEntry} TabEntry */

const DOCUMENT = { format: "f", version: 2, nodes: [], edges: [], output: null, blocks: [] };
const LOOK = { view: null, selection: ["x"], focused: null };
const UNDO = { type: /** @type {const} */ ("undo") };

/** @param {Partial<TabEntry>} [more] @returns {TabEntry} */
const entry = (more) => ({
  session: "old", document: DOCUMENT, pending: [{ event: UNDO }], automatic: false, variant: "step 13", link: "", look: LOOK, ...more,
});
const RESTORE = { event: { type: "restore", document: DOCUMENT, automatic: false, variant: "step 13", followers: 1 } };
const NOTHING = { restores: false, events: [], look: null, shows: null, step: 0 };
const NEW = { session: "new", openedByLink: "" };

test("who has nothing stored is greeted", () => {
  assert.deepEqual(planMeeting(NEW, null, true), { ...NOTHING, greets: true });
});

test("after a reload the session gets the graph, then what was pending, and the look is taken up", () => {
  assert.deepEqual(planMeeting(NEW, entry(), true),
    { restores: true, events: [RESTORE, { event: UNDO }], look: LOOK, shows: null, step: 0, greets: false });
});

test("a later session gets the graph; what is pending is in the outbox already", () => {
  assert.deepEqual(planMeeting(NEW, entry(), false),
    { restores: true, events: [RESTORE], look: LOOK, shows: null, step: 0, greets: false });
});

test("a session that is still there has all of it", () => {
  assert.equal(planMeeting({ session: "old", openedByLink: "" }, entry(), true).restores, false);
});

test("a link opens its own graph, unless this is the one that came from it", () => {
  const byLink = { session: "new", openedByLink: "abc" };
  assert.deepEqual(planMeeting(byLink, entry(), true), { ...NOTHING, greets: true });
  assert.equal(planMeeting(byLink, entry({ link: "abc" }), true).restores, true);
  assert.equal(planMeeting(byLink, entry(), false).restores, true); // only the first time it is opened
});

test("a link opened in a tab with work is opened over it: undo brings the work back", () => {
  const before = entry({ history: { past: ["p"], future: [] } });
  const { restores, events, greets } = planMeeting({ session: "new", openedByLink: "abc" }, null, true, before);
  assert.deepEqual(events.map(({ event }) => event), [
    { ...RESTORE.event, history: before.history, followers: 2 }, UNDO, { type: "open link", link: "abc" },
  ]);
  assert.deepEqual([restores, greets], [true, true]);
  // Of a later session it is this page's own graph that is brought back; a damaged link has opened nothing.
  assert.equal(planMeeting({ session: "new", openedByLink: "abc" }, entry({ link: "abc" }), false, before).events.length, 1);
  const damaged = { session: "new", openedByLink: "abc", greeting: "The link is damaged." };
  assert.deepEqual(planMeeting(damaged, null, true, before).events, []);
  assert.deepEqual(planMeeting(NEW, null, true, before).events, []);
});

test("a link opens its panel and its step, unless the tab was there before", () => {
  const linked = { panel: "code", step: 4 };
  const byLink = { session: "new", openedByLink: "abc", linked };
  for (const before of [null, entry()]) {
    const { shows, step } = planMeeting(byLink, null, true, before);
    assert.deepEqual([shows, step], [{ panel: "code", stepping: true }, 4]);
  }
  assert.deepEqual(planMeeting({ ...byLink, linked: { panel: "code" } }, null, true).shows, { panel: "code", stepping: false });
  assert.equal(planMeeting(byLink, entry({ link: "abc" }), true).shows, null); // what was looked at then counts
  assert.equal(planMeeting(byLink, null, false).shows, null);
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
  assert.deepEqual([read?.variant, read?.pending], ["step 13", [{ event: { type: "variant", variant: "step 14" } }, { event: UNDO }]]);
  assert.ok(read && !("engine" in read));
});

test("what is missing in an entry is empty, and what is none is null", () => {
  const read = readEntry(JSON.stringify({ document: DOCUMENT, session: "old" }));
  assert.deepEqual([read?.pending, read?.link, read?.serial], [[], "", 0]);
  for (const text of [null, "", "{", "null", "5", "{}", "[]"]) assert.equal(readEntry(text), null);
});

test("what was done with the graph is handed over with it", () => {
  const done = {
    automatic: false, variant: "step 13", forward: true, sweeps: /** @type {[string, number][]} */ ([["z", 0]]),
    picks: ["a"], lesson: 8, history: { past: ["p"], future: [] },
  };
  const [{ event }] = planMeeting(NEW, entry(done), true).events;
  assert.deepEqual(event, { type: "restore", document: DOCUMENT, ...done, followers: 1 });
});

test("thousands of moves and repeated commands that an earlier version kept are as few as they come to", () => {
  const moves = Array.from({ length: 2010 }, (_, place) => ({ type: "move", positions: { x: [place, 0] } }));
  const pending = [...moves, ...Array(300).fill({ type: "tidy" }), UNDO, UNDO];
  const read = readEntry(JSON.stringify({ ...entry(), pending }));
  assert.deepEqual(read?.pending, [
    { event: { type: "move", positions: { x: [2009, 0] } } }, { event: { type: "tidy" } }, { event: UNDO }, { event: UNDO },
  ]);
});

test("what no server takes is left out of what was pending, and what is no event", () => {
  const pending = [{ type: "open", text: "\u0001".repeat(2_000_000) }, null, 5, {}, { event: {} }, [], { event: UNDO, gesture: 4 }];
  assert.deepEqual(readEntry(JSON.stringify({ ...entry(), pending }))?.pending, [{ event: UNDO, gesture: 4 }]);
  for (const none of [null, 5, {}, "undo"]) {
    assert.deepEqual(readEntry(JSON.stringify({ ...entry(), pending: none }))?.pending, []);
  }
});

test("how somebody looked is left out where it is not what it should be", () => {
  for (const look of [5, {}, { view: {}, selection: [] }, { view: { x: 1, y: 2, scale: "3" }, selection: [] }]) {
    const read = readEntry(JSON.stringify({ ...entry(), look, shows: "steps" }));
    assert.deepEqual([read?.look, read?.shows], [undefined, undefined]);
  }
});

test("whatever stands in an entry beside the document, the page can go on with what is read", () => {
  const things = [null, 5, "x", true, [], {}, [5], { panel: 5 }, { descent: { frame: [5] } }, -1, 1.5, "\ud800"];
  for (const thing of things) {
    const read = readEntry(JSON.stringify({
      ...entry(), pending: thing, link: thing, serial: thing, step: thing, shows: thing,
      look: { view: thing, selection: [thing], focused: thing },
    }));
    assert.ok(read);
    assert.ok(Array.isArray(read.pending) && typeof read.link === "string" && Number.isFinite(read.serial));
    assert.ok(read.step === undefined || (Number.isSafeInteger(read.step) && read.step >= 0));
    assert.ok(read.look === undefined || read.look.selection.every((id) => typeof id === "string"));
    assert.ok(read.shows === undefined || typeof (read.shows.panel ?? "") === "string");
  }
});
