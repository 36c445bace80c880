/** When an outbox waits for an answer, how long, and what an answer that comes late changes. */

import assert from "node:assert/strict";
import test, { beforeEach, mock } from "node:test";

import { Outbox, RESEND_AFTER_MS } from "../../components/canvas/model/exchange/outbox.js";

const UNDO = { type: /** @type {const} */ ("undo") };

/** @type {import("../../components/canvas/model/types/exchange_types.js").Post[]} */
let posts = [];

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  posts = [];
});

/** An outbox that has met a session. */
function opened() {
  const outbox = new Outbox((message) => posts.push(message), () => {});
  outbox.open("one");
  return outbox;
}

test("an answer that comes after a later one holds nothing up", () => {
  const outbox = opened();
  outbox.push(UNDO);
  mock.timers.tick(RESEND_AFTER_MS); // post 2
  outbox.acknowledge({ post: 2, ack: 1 });
  outbox.acknowledge({ post: 1, ack: 1 });
  outbox.push(UNDO);
  assert.deepEqual(posts.map(({ post, events }) => [post, events.map(({ seq }) => seq)]), [[1, [1]], [2, [1]], [3, [2]]]);
});

test("what is selected already is not told again", () => {
  const outbox = opened();
  outbox.select("n1");
  outbox.acknowledge({ post: 1, ack: 0 });
  outbox.select("n1");
  assert.deepEqual(posts.map(({ selected }) => selected), ["n1"]);
});

test("a large message has as long as a slow line takes for it before it is sent again", () => {
  const outbox = opened();
  outbox.push({ type: "formula", text: "x".repeat(60_000) }); // 20 bytes a millisecond: 3 seconds
  mock.timers.tick(2 * RESEND_AFTER_MS - 10);
  assert.equal(posts.length, 1);
  mock.timers.tick(20 + 100);
  assert.equal(posts.length, 2);
});
