import assert from "node:assert/strict";
import test, { beforeEach, mock } from "node:test";
import { inflateSync } from "node:zlib";

import { EVENTS_A_PIECE, Outbox, PIECE_BYTES, RESEND_AFTER_MS } from "../../components/canvas/model/exchange/outbox.js";
import { cutIntoParts } from "../../components/canvas/model/exchange/parts.js";

/** @typedef {import("../../components/canvas/model/types/exchange_types.js").Post} Post */

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

/** @param {string} node @param {number | string} value */
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

test("a server that stays busy is asked less often, until it answers", () => {
  const outbox = opened();
  outbox.push(UNDO);
  for (const patience of [1, 1, 2, 4, 8, 8]) {
    const before = posts.length;
    mock.timers.tick(patience * RESEND_AFTER_MS - 1);
    assert.equal(posts.length, before);
    mock.timers.tick(1);
    assert.equal(posts.length, before + 1);
  }
  outbox.acknowledge({ post: posts.length, ack: 1 });
  outbox.push(UNDO);
  const before = posts.length;
  mock.timers.tick(RESEND_AFTER_MS);
  assert.equal(posts.length, before + 1);
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
  const look = { panel: "steps", stepping: true, local: false, bars: false, widths: false, number: /** @type {const} */ (""), exponent: -1,
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
  outbox.open("two", [{ event: UNDO }]);
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

/** @param {number} place */
const move = (place) => ({ type: /** @type {const} */ ("move"), positions: { x: /** @type {[number, number]} */ ([place, 0]) } });

test("thousands of moves of one node come to one, over all gestures", () => {
  const outbox = opened();
  outbox.push(UNDO);
  for (let place = 0; place < 2010; place += 1) outbox.push(move(place), place);
  assert.deepEqual(outbox.pending, [UNDO, move(2009)]);
  outbox.acknowledge({ post: 1, ack: 1 });
  assert.deepEqual(posts[1].events, [{ seq: 2, gesture: 2009, event: move(2009) }]);
});

test("a move that belongs to a gesture with other edits stays what it is", () => {
  const outbox = opened();
  outbox.push(UNDO);
  outbox.push(setValue("y", 1), 4);
  outbox.push(move(1), 4);
  outbox.push(move(2), 5);
  outbox.push({ ...move(3), positions: { y: [3, 0] } }, 6);
  assert.equal(outbox.pending.length, 5);
});

test("a command that is given again at once is given once, where that is the same", () => {
  const outbox = opened();
  outbox.push(UNDO);
  const [tidy, redo] = [{ type: /** @type {const} */ ("tidy") }, { type: /** @type {const} */ ("redo") }];
  for (const command of [tidy, tidy, redo, redo, tidy, UNDO, UNDO]) outbox.push(command);
  /** @param {string} variant */
  const variant = (variant) => ({ type: /** @type {const} */ ("variant"), variant });
  outbox.push(variant("step 13"));
  outbox.push(variant("step 16"));
  assert.deepEqual(outbox.pending, [UNDO, tidy, redo, redo, tidy, UNDO, UNDO, variant("step 16")]);
});

/** @param {Post} post */
const bytesAsSent = (post) => new TextEncoder().encode(JSON.stringify(JSON.stringify(post))).length;

test("what piles up goes in pieces, each bounded, one acknowledged after the other", () => {
  const outbox = opened();
  outbox.push(UNDO);
  for (let place = 0; place < 1000; place += 1) outbox.push(setValue(`n${place}`, place), place);
  const long = Array.from({ length: 9 }, (_, place) => setValue(`m${place}`, `${place}${"é\"".repeat(10_000)}`));
  for (const event of long) outbox.push(event, 1);
  let ack = 1;
  for (let post = 1; ack < 1010; post += 1) {
    outbox.acknowledge({ post, ack });
    assert.equal(posts.length, post + 1);
    const sent = numbers(posts[post]);
    assert.equal(sent[0], ack + 1);
    assert.ok(sent.length <= EVENTS_A_PIECE && bytesAsSent(posts[post]) <= 256_000);
    ack = sent[sent.length - 1];
  }
  outbox.acknowledge({ post: posts.length, ack });
  assert.deepEqual([outbox.pending, posts.flatMap(numbers).length], [[], 1010]);
});

test("a large event goes in parts, and what is behind it after the last", async () => {
  const outbox = opened();
  let seed = 1;
  const text = Array.from({ length: 400_000 }, () => {
    seed = (seed * 48271) % 0x7fffffff; // Lehmer: what is as random as this hardly gets smaller
    return String.fromCharCode(33 + (seed % 90));
  }).join("");
  const open = { type: /** @type {const} */ ("open"), text };
  outbox.push(open);
  outbox.push(UNDO);
  assert.equal(posts.length, 0);
  await until(() => posts.length === 1);
  const count = posts[0].events[0].part?.count ?? 0;
  assert.ok(count > 1);
  let [packed, deflated] = ["", false];
  for (let part = 0; part < count; part += 1) {
    const [entry, ...more] = posts[part].events;
    assert.deepEqual([entry.seq, entry.event, entry.part?.number, more], [1, undefined, part, []]);
    assert.ok(bytesAsSent(posts[part]) <= 256_000);
    packed += entry.part?.text;
    deflated = entry.part?.deflated ?? false;
    if (part + 1 < count) outbox.acknowledge({ post: part + 1, ack: 0, parts: part + 1 });
  }
  assert.ok(deflated);
  assert.deepEqual(JSON.parse(inflateSync(Buffer.from(packed, "base64")).toString("utf-8")), open);
  outbox.acknowledge({ post: count, ack: 1 });
  assert.deepEqual(posts[count].events, [{ seq: 2, gesture: undefined, event: UNDO }]);
});

test("a part that is not answered is sent again, and another session gets all of them", async () => {
  const outbox = opened();
  outbox.push({ type: "open", text: "\u0001".repeat(PIECE_BYTES) });
  await until(() => posts.length === 1);
  mock.timers.tick(20 * RESEND_AFTER_MS);
  assert.deepEqual(posts[1].events, posts[0].events);
  outbox.open("two");
  await until(() => posts.at(-1)?.session === "two");
  assert.deepEqual(posts.at(-1)?.events[0].part, posts[0].events[0].part);
});

test("where a browser cannot compress, the parts hold the plain text", async () => {
  const stream = globalThis.CompressionStream;
  Reflect.deleteProperty(globalThis, "CompressionStream");
  const parts = await cutIntoParts({ text: "é" }, 5);
  globalThis.CompressionStream = stream;
  assert.deepEqual(parts.map(({ number, count, deflated }) => [number, count, deflated]),
    [[0, 4, false], [1, 4, false], [2, 4, false], [3, 4, false]]);
  const packed = parts.map(({ text }) => text).join("");
  assert.equal(Buffer.from(packed, "base64").toString("utf-8"), "{\"text\":\"é\"}");
});

/** @param {() => boolean} holds */
async function until(holds) {
  for (let turn = 0; turn < 100_000 && !holds(); turn += 1) await new Promise((go) => setImmediate(go));
  assert.ok(holds());
}
