import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { browserStorages } from "../../components/canvas/parts/browser_storage.js";

/** @typedef {(event: {data: object}) => void} Hear */

/** @type {Set<Hear>} */
let hearing;
/** @type {object[]} */
let posted;
let now = 0;
const before = globalThis.BroadcastChannel;

beforeEach(() => {
  [hearing, posted, now] = [new Set(), [], 1000];
  mock.method(performance, "now", () => now);
  mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.BroadcastChannel = /** @type {any} */ (class {
    /** @param {string} _ @param {Hear} hear */
    addEventListener(_, hear) {
      hearing.add(hear);
    }
    /** @param {string} _ @param {Hear} hear */
    removeEventListener(_, hear) {
      hearing.delete(hear);
    }
    /** @param {object} data */
    postMessage(data) {
      posted.push(data);
    }
  });
});

afterEach(() => {
  globalThis.BroadcastChannel = before;
  mock.restoreAll();
  mock.timers.reset();
});

/** @param {object} data */
const say = (data) => [...hearing].forEach((hear) => hear({ data }));

test("other tabs are asked at once, and who listens later hears each answer once", () => {
  const { channel } = browserStorages();
  assert.deepEqual(posted, [{ ask: true }]);
  say({ tab: "one" });
  /** @type {object[]} */
  const heard = [];
  channel.listen((data) => heard.push(data));
  say({ tab: "two" });
  assert.deepEqual(heard, [{ tab: "one" }, { tab: "two" }]);
});

test("what is left of the time to answer is waited for, and no more", async () => {
  const { channel } = browserStorages();
  let isOver = false;
  now += 80;
  const waiting = channel.answers().then(() => (isOver = true));
  mock.timers.tick(39);
  await Promise.resolve();
  assert.equal(isOver, false);
  mock.timers.tick(1);
  await waiting;
  now += 200;
  await channel.answers();
});
