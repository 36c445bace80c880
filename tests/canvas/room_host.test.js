/** What a page lends to its room: streams end when they are dead, and a device that wakes up looks at once. */

import assert from "node:assert/strict";
import test from "node:test";

import { HELD_BACK } from "../../components/canvas/model/room/room.js";
import { roomHost } from "../../components/canvas/room/host.js";

const page = Object.assign(new EventTarget(), { visibilityState: "visible", documentElement: { lang: "en" } });
const network = new EventTarget();
Object.assign(globalThis, {
  document: page, localStorage: undefined, parent: globalThis, window: globalThis,
  addEventListener: network.addEventListener.bind(network), removeEventListener: network.removeEventListener.bind(network),
});

/** A server that begins to answer, or not, and then says nothing until it is left. @param {string[]} pieces */
function answeringWith(pieces) {
  /** @type {(_: unknown, settings?: RequestInit) => Promise<Response>} */
  globalThis.fetch = async (_, { signal } = {}) => {
    const body = new ReadableStream({
      start: (stream) => {
        pieces.forEach((piece) => stream.enqueue(new TextEncoder().encode(piece)));
        signal?.addEventListener("abort", () => stream.error(new Error("left")));
      },
    });
    return new Response(body);
  };
}

const EVENT = 'event: moment\ndata: {"a": 1}\nid: 1\n\n';
const turns = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => { setImmediate(resolve); });
};

/** @param {string} path */
function listening(path) {
  /** @type {unknown[]} */
  const heard = [];
  const over = roomHost(() => "/rooms").listen(path, "t", "", ({ data }) => heard.push(data), new AbortController().signal);
  return { heard, over };
}

test("a stream of which nothing comes was held back, and one that falls silent is lost", async ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  answeringWith([]);
  const nothing = listening("/a/events");
  await turns();
  mock.timers.tick(8_000);
  assert.equal(await nothing.over, HELD_BACK);
  answeringWith(["retry: 1000\n\n", EVENT]);
  const silent = listening("/a/events");
  await turns();
  mock.timers.tick(39_000);
  await turns();
  assert.deepEqual(silent.heard, [{ a: 1 }]);
  mock.timers.tick(1_000);
  assert.equal(await silent.over, 0);
});

test("who wakes up, or is in a network again, leaves a stream that has said nothing meanwhile", async ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  for (const [target, name] of /** @type {const} */ ([[page, "visibilitychange"], [network, "online"]])) {
    answeringWith([EVENT]);
    const { over } = listening("/a/events");
    await turns();
    let isOver = false;
    void over.then(() => { isOver = true; });
    mock.timers.tick(10_000);
    target.dispatchEvent(new Event(name)); // the server speaks every 15 s: nothing is known yet
    await turns();
    assert.equal(isOver, false);
    mock.timers.tick(10_000);
    target.dispatchEvent(new Event(name));
    assert.equal(await over, 0);
    // Nor does it wait until it asks again.
    const waited = roomHost(() => "/rooms").wait(8_000);
    target.dispatchEvent(new Event(name));
    await waited;
  }
});
