import assert from "node:assert/strict";
import test from "node:test";

import { TabStorage, chooseEntry, nextSerial, oldestClosed } from "../../components/canvas/model/kept/storage.js";

/** @typedef {import("../../components/canvas/model/kept/storage.js").KeyValues} KeyValues */
/** @typedef {import("../../components/canvas/model/kept/storage.js").StoredEntry} StoredEntry */
/** @typedef {(data: {ask?: boolean, tab?: string}) => void} Hear */

const DOCUMENT = { format: "f", version: 2, nodes: [], edges: [], output: null, blocks: [] };
const ENTRY = { session: "one", document: DOCUMENT, pending: [], automatic: true, variant: "step 16", link: "" };

/** A storage that wakes as the page does. */
class Tab extends TabStorage {
  /** @param {string} [link] */
  async wake(link = "") {
    await this.meetTabs();
    return this.takeUp(link);
  }
}

/** @param {number} [most] characters that it holds */
function keyValues(most = Infinity) {
  /** @type {Map<string, string>} */
  const held = new Map();
  return {
    held,
    keys: () => [...held.keys()],
    get: (/** @type {string} */ key) => held.get(key) ?? null,
    set: (/** @type {string} */ key, /** @type {string} */ value) => {
      const others = [...held].filter(([other]) => other !== key).reduce((sum, [, text]) => sum + text.length, 0);
      if (others + value.length > most) return false;
      held.set(key, value);
      return true;
    },
    remove: (/** @type {string} */ key) => void held.delete(key),
  };
}

/** One browser: its storage, and a channel that carries what a tab says to all others. */
function browser(local = keyValues()) {
  /** @type {Hear[]} */
  const tabs = [];
  let [names, pages] = [0, 0];
  return {
    local,
    /** @param {KeyValues} [session] */
    tab: (session = keyValues()) => {
      /** @type {Hear} */
      let own;
      return new Tab({
        local, session, newName: () => `tab${(names += 1)}`, page: `page${(pages += 1)}`,
        channel: {
          post: (data) => tabs.filter((hear) => hear !== own).forEach((hear) => hear(data)),
          listen: (hear) => tabs.push((own = hear)),
          answers: () => Promise.resolve(),
        },
      });
    },
    closeAll: () => void tabs.splice(0),
  };
}

/** @param {ReturnType<typeof browser>} opened @param {KeyValues} [session] */
async function tabWithWork(opened, session = keyValues()) {
  const made = opened.tab(session);
  await made.wake();
  made.keep(ENTRY);
  return made;
}

test("the first tab finds nothing, and keeps its entry under a name of its own", async () => {
  const { tab, local } = browser();
  const storage = tab();
  assert.equal(await storage.wake(), null);
  storage.keep(ENTRY);
  assert.deepEqual([...local.held.keys()].filter((key) => key.startsWith("backprop-playground:")), ["backprop-playground:tab1"]);
  assert.equal(storage.entries()[0].session, "one");
});

test("before it is awake a tab keeps nothing", () => {
  const { tab, local } = browser();
  tab().keep(ENTRY);
  assert.equal(local.held.size, 0);
});

test("after a reload a tab finds its own entry, though another is younger", async () => {
  const opened = browser();
  const session = keyValues();
  const first = await tabWithWork(opened, session);
  const second = opened.tab();
  await second.wake();
  second.keep({ ...ENTRY, session: "two" });
  opened.closeAll();
  const again = opened.tab(session);
  assert.equal((await again.wake())?.session, "one");
  assert.equal(again.tab, first.tab);
});

test("a new tab takes up the youngest entry of a closed one, and its name", async () => {
  const opened = browser();
  for (const session of ["one", "two"]) {
    const storage = opened.tab();
    await storage.wake();
    storage.keep({ ...ENTRY, session });
  }
  opened.closeAll();
  const storage = opened.tab();
  assert.equal((await storage.wake())?.session, "two");
  assert.equal(storage.tab, "tab2");
});

test("a new tab never takes up the entry of an open one", async () => {
  const { tab } = browser();
  const first = tab();
  await first.wake();
  first.keep(ENTRY);
  const second = tab();
  assert.equal(await second.wake(), null);
  assert.notEqual(second.tab, first.tab);
});

test("a duplicated tab keeps the graph and takes a name of its own", async () => {
  const { tab } = browser();
  const session = keyValues();
  const first = tab(session);
  await first.wake();
  first.keep(ENTRY);
  const copy = keyValues();
  session.held.forEach((value, key) => copy.set(key, value));
  const second = tab(copy);
  assert.equal((await second.wake())?.session, "one");
  assert.notEqual(second.tab, first.tab);
  assert.equal(copy.get("backprop-playground:tab"), second.tab);
});

test("where the storage is full the oldest entry of a closed tab goes, never an open one's", async () => {
  const entrySize = JSON.stringify({ ...ENTRY, serial: 1 }).length;
  const opened = browser(keyValues(3 * entrySize));
  for (let count = 0; count < 2; count += 1) {
    const storage = opened.tab();
    await storage.wake();
    storage.keep(ENTRY);
  }
  opened.closeAll();
  const living = await tabWithWork(opened);
  opened.local.set("backprop-playground:old", JSON.stringify({ ...ENTRY, serial: 0 }));
  const last = opened.tab();
  await last.wake();
  last.tab = "last";
  last.keep(ENTRY);
  assert.ok(opened.local.held.has("backprop-playground:last"));
  assert.ok(!opened.local.held.has("backprop-playground:old"));
  assert.ok(opened.local.held.has(`backprop-playground:${living.tab}`));
});

test("a link opened in a tab with work has a name of its own, and back without the link the work is there", async () => {
  const opened = browser();
  const session = keyValues();
  const first = await tabWithWork(opened, session);
  opened.closeAll();
  const byLink = opened.tab(session);
  assert.equal(await byLink.wake("abc"), null);
  byLink.keep({ ...ENTRY, session: "two", link: "abc" });
  assert.notEqual(byLink.tab, first.tab);
  opened.closeAll();
  const again = opened.tab(session);
  assert.equal((await again.wake("abc"))?.session, "two"); // reloaded
  assert.equal(again.tab, byLink.tab);
  opened.closeAll();
  const back = opened.tab(session);
  assert.equal((await back.wake())?.session, "one");
  assert.equal(back.tab, first.tab);
});

test("of two tabs that one link has opened each finds its own after a reload", async () => {
  const opened = browser();
  const sessions = [keyValues(), keyValues()];
  for (const [place, session] of sessions.entries()) {
    const byLink = opened.tab(session);
    await byLink.wake("abc");
    byLink.keep({ ...ENTRY, session: `of ${place}`, link: "abc" });
  }
  opened.closeAll();
  const again = sessions.map((session) => opened.tab(session));
  assert.deepEqual(await Promise.all(again.map((tab) => tab.wake("abc").then((entry) => entry?.session))), ["of 0", "of 1"]);
});

test("a link opened after a tab was closed leaves its work to the next tab without a link", async () => {
  const opened = browser();
  await tabWithWork(opened);
  opened.closeAll();
  const byLink = opened.tab();
  assert.equal(await byLink.wake("abc"), null);
  byLink.keep({ ...ENTRY, session: "two", link: "abc" });
  assert.equal((await opened.tab().wake())?.session, "one");
});

test("what was in the tab before a link, or would come up without it, is known as that", async () => {
  const opened = browser();
  const session = keyValues();
  await tabWithWork(opened, session);
  const other = opened.tab(); // a second tab, whose work is its own
  await other.wake("abc");
  assert.equal(other.beforeLink, null);
  opened.closeAll();
  const byLink = opened.tab(session);
  await byLink.wake("abc");
  assert.equal(byLink.beforeLink?.session, "one");
  opened.closeAll();
  const afterClosed = opened.tab();
  await afterClosed.wake("xyz");
  assert.equal(afterClosed.beforeLink?.session, "one");
});

test("without a link the youngest work of none comes up; of a link's a copy, which leaves the link its own", async () => {
  const opened = browser();
  await tabWithWork(opened);
  opened.closeAll();
  const byLink = opened.tab();
  await byLink.wake("abc");
  byLink.keep({ ...ENTRY, session: "two", link: "abc" });
  opened.closeAll();
  const plain = opened.tab();
  assert.equal((await plain.wake())?.session, "one");
  const second = opened.tab(); // the first is open
  assert.equal((await second.wake())?.session, "two");
  second.keep({ ...ENTRY, session: "copy" });
  opened.closeAll();
  assert.equal((await opened.tab().wake("abc"))?.session, "two");
});

test("what cannot be read is told, shows no other's graph, and goes first where there is no room", async () => {
  const size = JSON.stringify({ ...ENTRY, serial: 1 }).length;
  const opened = browser(keyValues(2 * size));
  const session = keyValues();
  const first = await tabWithWork(opened, session);
  assert.equal(first.isDamaged, false);
  opened.closeAll();
  opened.local.held.set(`backprop-playground:${first.tab}`, "{".repeat(60));
  const again = opened.tab(session);
  assert.equal(await again.wake(), null);
  assert.deepEqual([again.isDamaged, again.unreadable()], [true, [first.tab]]);
  assert.equal(again.keep({ ...ENTRY, session: "x".repeat(size - 20) }), true);
  assert.deepEqual(again.unreadable(), []);
});

test("two pages that come to have one name, since the elder did not answer, write side by side", async () => {
  const opened = browser();
  const session = keyValues();
  const elder = await tabWithWork(opened, session);
  opened.closeAll(); // it sleeps
  const younger = opened.tab(session);
  await younger.wake();
  assert.equal(younger.tab, elder.tab);
  younger.keep({ ...ENTRY, session: "younger" });
  elder.keep({ ...ENTRY, session: "elder" });
  younger.keep({ ...ENTRY, session: "younger still" });
  assert.deepEqual(younger.entries().map((entry) => entry.session).sort(), ["elder", "younger still"]);
});

test("what could not be brought back stays under its name", async () => {
  const opened = browser();
  const session = keyValues();
  await tabWithWork(opened, session);
  opened.closeAll();
  const again = opened.tab(session);
  await again.wake();
  again.takeNewName();
  again.keep({ ...ENTRY, session: "first lesson" });
  assert.deepEqual(again.entries().map((entry) => entry.session).sort(), ["first lesson", "one"]);
});

test("where nothing more can be given up, a full storage is said to be so, and nothing is lost", async () => {
  const opened = browser(keyValues(300));
  const storage = opened.tab();
  await storage.wake();
  assert.equal(storage.keep(ENTRY), true);
  assert.equal(storage.keep({ ...ENTRY, session: "x".repeat(400) }), false);
  assert.equal(storage.entries()[0].session, "one");
});

test("what others store, and what cannot be read, is no entry", () => {
  const { tab, local } = browser();
  local.set("backprop-playground:a", "{");
  local.set("backprop-playground:b", JSON.stringify({ ...ENTRY, serial: 2 }));
  local.set("elsewhere", JSON.stringify(ENTRY));
  assert.deepEqual(tab().entries().map((entry) => entry.tab), ["b"]);
});

/** @param {string} tab @param {number} serial @returns {StoredEntry} */
const stored = (tab, serial) => ({ ...ENTRY, tab, serial });

test("which entry is taken up, under which name", () => {
  const entries = [stored("c", 3), stored("b", 2), stored("a", 1)];
  assert.deepEqual(chooseEntry(entries, "a", new Set()), { entry: entries[2], name: "a" });
  assert.deepEqual(chooseEntry(entries, "a", new Set(["a"])), { entry: entries[2], name: null });
  assert.deepEqual(chooseEntry(entries, null, new Set(["c"])), { entry: entries[1], name: "b" });
  assert.deepEqual(chooseEntry(entries, null, new Set(["a", "b", "c"])), { entry: null, name: null });
  assert.deepEqual(chooseEntry([], "a", new Set()), { entry: null, name: null });
});

test("a serial is higher than all that there are", () => {
  assert.deepEqual([nextSerial([]), nextSerial([stored("a", 4), stored("b", 2)])], [1, 5]);
});

test("the oldest closed entry is neither its own nor an open tab's", () => {
  const entries = [stored("c", 3), stored("b", 2), stored("a", 1)];
  assert.equal(oldestClosed(entries, "x", new Set())?.tab, "a");
  assert.equal(oldestClosed(entries, "a", new Set(["b"]))?.tab, "c");
  assert.equal(oldestClosed(entries, "a", new Set(["b", "c"])), undefined);
});
