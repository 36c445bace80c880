import assert from "node:assert/strict";
import test, { beforeEach, mock } from "node:test";

import { Outbox, RESEND_AFTER_MS } from "../../components/canvas/model/outbox.js";

/** @typedef {import("../../components/canvas/model/types.js").Post} Post */

/** @type {Post[]} */
let posts = [];
let changes = 0;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  posts = [];
  changes = 0;
});

/** An outbox that has met a session. */
function opened() {
  const outbox = new Outbox((message) => posts.push(message), () => (changes += 1));
  outbox.open("one");
  return outbox;
}

/** @param {string} node @param {number} value */
const setValue = (node, value) => ({ type: /** @type {const} */ ("set value"), node, value });
const UNDO = { type: /** @type {const} */ ("undo") };

/** What a message carries: the numbers of its events. @param {Post} post */
const numbers = ({ events }) => events.map(({ seq }) => seq);

test("events are numbered from 1, and the first goes at once", () => {
  const outbox = opened();
  assert.equal(outbox.push(UNDO), 1);
  assert.equal(outbox.push(UNDO), 2);
  assert.deepEqual(posts.map(numbers), [[1]]);
  assert.deepEqual([posts[0].session, posts[0].post, posts[0].selected, posts[0].have], ["one", 1, "", 0]);
});

test("one message is under way at a time; the next carries all that is not acknowledged", () => {
  const outbox = opened();
  outbox.push(UNDO);
  outbox.push(UNDO);
  outbox.push(UNDO);
  outbox.acknowledge({ post: 1, ack: 1 });
  assert.deepEqual(posts.map(numbers), [[1], [2, 3]]);
  outbox.acknowledge({ post: 2, ack: 3 });
  assert.equal(posts.length, 2);
  assert.deepEqual(outbox.pending, []);
});

test("an answer to a message before the last does not send anything", () => {
  const outbox = opened();
  outbox.push(UNDO);
  mock.timers.tick(RESEND_AFTER_MS); // post 2
  outbox.push(UNDO);
  outbox.acknowledge({ post: 1, ack: 1 });
  assert.deepEqual(posts.map(numbers), [[1], [1]]);
  outbox.acknowledge({ post: 2, ack: 1 });
  assert.deepEqual(posts.map(numbers), [[1], [1], [2]]);
});

test("what was applied goes, what was not stays until it is", () => {
  const outbox = opened();
  outbox.push(setValue("x", 1), 1);
  outbox.push(setValue("y", 2), 2);
  outbox.acknowledge({ post: 1, ack: 1 });
  assert.deepEqual(outbox.pending, [setValue("y", 2)]);
  outbox.acknowledge({ post: 2, ack: 1 }); // taken, and not applied
  assert.deepEqual(posts.map(numbers), [[1], [2], [2]]);
  assert.deepEqual(outbox.pending, [setValue("y", 2)]);
});

test("a message that is not answered is sent again, with a number of its own", () => {
  const outbox = opened();
  outbox.push(UNDO);
  mock.timers.tick(RESEND_AFTER_MS - 1);
  assert.equal(posts.length, 1);
  mock.timers.tick(1);
  mock.timers.tick(RESEND_AFTER_MS);
  assert.deepEqual(posts.map(({ post }) => post), [1, 2, 3]);
  assert.deepEqual(posts.map(numbers), [[1], [1], [1]]);
  outbox.acknowledge({ post: 3, ack: 1 });
  mock.timers.tick(10 * RESEND_AFTER_MS);
  assert.equal(posts.length, 3);
});

test("of a scrub only the last value goes, as long as it waits", () => {
  const outbox = opened();
  assert.equal(outbox.push(setValue("x", 1), 7), 1);
  assert.equal(outbox.push(setValue("x", 2), 7), 2);
  assert.equal(outbox.push(setValue("x", 3), 7), 2); // the first is under way, and stays as it is
  outbox.acknowledge({ post: 1, ack: 1 });
  assert.deepEqual(posts[1].events, [{ seq: 2, gesture: 7, event: setValue("x", 3) }]);
});

test("another gesture, node, parameter or kind of event takes no other's place", () => {
  /** @param {string} name */
  const set = (name) => ({ type: /** @type {const} */ ("set parameter"), node: "x", name, value: 1 });
  const outbox = opened();
  outbox.push(UNDO);
  outbox.push(setValue("x", 1), 1);
  outbox.push(setValue("x", 2), 2);
  outbox.push(setValue("y", 2), 2);
  outbox.push(set("a"), 2);
  outbox.push(set("b"), 2);
  outbox.push(set("b"), 2);
  outbox.push({ ...set("b"), node: "y" }, 2);
  outbox.push(UNDO, 2);
  outbox.push(UNDO, 2);
  outbox.push(setValue("y", 2), 2);
  assert.equal(outbox.pending.length, 10);
});

test("what is selected and looked at goes along, and is told by itself", () => {
  const outbox = opened();
  const look = { panel: "steps", stepping: true, local: false, bars: false, exponent: -1,
    descent: { across: "", up: "", hold: false, frame: [], kind: 0 } };
  outbox.select("x");
  outbox.select("x");
  assert.deepEqual(posts.map(({ selected, events }) => [selected, events.length]), [["x", 0]]);
  outbox.lookAt(look);
  assert.equal(posts.length, 1);
  outbox.acknowledge({ post: 1, ack: 0 });
  assert.deepEqual([posts.length, posts[1].look, posts[1].selected], [2, look, "x"]);
});

test("the whole picture is asked for", () => {
  const outbox = opened();
  outbox.have = 9;
  outbox.select("x");
  outbox.acknowledge({ post: 1, ack: 0 });
  outbox.askForAll();
  assert.deepEqual(posts.map(({ have }) => have), [9, 0]);
});

test("before a session is met events are kept, and handed over when it is", () => {
  const outbox = new Outbox((message) => posts.push(message), () => {});
  outbox.push(UNDO, 1);
  outbox.select("x");
  mock.timers.tick(RESEND_AFTER_MS);
  assert.equal(posts.length, 0);
  outbox.open("one");
  assert.deepEqual(posts.map(numbers), [[1]]);
  assert.equal(posts[0].selected, "x");
});

test("a new session gets what is first and then what is pending, numbered anew, and no picture is assumed", () => {
  const outbox = opened();
  outbox.have = 4;
  outbox.push(setValue("x", 1), 5);
  outbox.push(setValue("y", 1), 6);
  outbox.acknowledge({ post: 1, ack: 1 });
  outbox.open("two", [UNDO]);
  const post = posts[posts.length - 1];
  assert.deepEqual([post.session, post.post, post.have], ["two", 1, 0]);
  assert.deepEqual(post.events, [{ seq: 1, event: UNDO }, { seq: 2, gesture: 6, event: setValue("y", 1) }]);
  outbox.acknowledge({ post: 1, ack: 2 });
  assert.equal(outbox.push(UNDO), 3);
});

test("a new session to which nothing is to be said is sent nothing", () => {
  const outbox = opened();
  outbox.open("two");
  mock.timers.tick(10 * RESEND_AFTER_MS);
  assert.equal(posts.length, 0);
});

test("the message to a session that is gone is not sent again", () => {
  const outbox = opened();
  outbox.select("x");
  outbox.open("two");
  mock.timers.tick(10 * RESEND_AFTER_MS);
  assert.deepEqual(posts.map(({ session }) => session), ["one"]);
});

test("what was sent is not changed by what happens later", () => {
  const outbox = opened();
  outbox.push(setValue("x", 1), 1);
  outbox.push(setValue("x", 2), 1);
  assert.deepEqual(posts[0].events, [{ seq: 1, gesture: 1, event: setValue("x", 1) }]);
});

test("every gesture has a number of its own, also after a reload", () => {
  const outbox = opened();
  const first = outbox.nextGesture();
  assert.equal(outbox.nextGesture(), first + 1);
  assert.ok(Number.isInteger(first) && first > performance.timeOrigin);
});

test("every change is told, so that it can be kept", () => {
  const outbox = opened();
  outbox.push(UNDO);
  outbox.select("x");
  outbox.acknowledge({ post: 1, ack: 1 });
  assert.equal(changes, 3);
});
