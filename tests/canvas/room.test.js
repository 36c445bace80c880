/** A page's place in a room: it comes back over lost connections, and hands over until it is answered. */

import assert from "node:assert/strict";
import test from "node:test";

import { HELD_BACK, Room } from "../../components/canvas/model/room/room.js";

/** @typedef {import("../../components/canvas/model/exchange/event_stream.js").ServerEvent} ServerEvent */

/** A server, in a few lines, and what a browser keeps. */
class Host {
  /** @type {Map<string, string>} */
  kept = new Map();
  /** @type {{method: string, path: string, token: string, body: any}[]} */
  asked = [];
  /** What is answered next. @type {{status: number, told: any}[]} */
  answers = [];
  /** @type {{path: string, token: string, lastId: string, take: (event: ServerEvent) => void, end: (status: number) => void}[]} */
  streams = [];
  waits = 0;
  local = {
    keys: () => [...this.kept.keys()],
    /** @param {string} key */
    get: (key) => this.kept.get(key) ?? null,
    /** @param {string} key @param {string} value */
    set: (key, value) => Boolean(this.kept.set(key, value)),
    /** @param {string} key */
    remove: (key) => void this.kept.delete(key),
  };

  /** @param {string} method @param {string} path @param {string} token @param {object} [body] */
  ask = async (method, path, token, body) => {
    this.asked.push({ method, path, token, body });
    return this.answers.shift() ?? { status: 200, told: { text: "1", locked: true } };
  };

  /** @param {string} path @param {string} token @param {string} lastId @param {(event: ServerEvent) => void} take @param {AbortSignal} signal */
  listen = (path, token, lastId, take, signal) => new Promise((/** @type {(status: number) => void} */ resolve) => {
    this.streams.push({ path, token, lastId, take, end: resolve });
    signal.addEventListener("abort", () => resolve(0));
  });

  wait = async () => {
    this.waits += 1;
  };

  newId = () => "made-up";
}

function roomOf(host = new Host()) {
  /** @type {string[]} */
  const told = [];
  const room = new Room(host, () => {}, (sentence) => told.push(sentence));
  return { host, room, told };
}

const soon = () => new Promise((resolve) => {
  setImmediate(resolve);
});

async function joined(host = new Host()) {
  const found = roomOf(host);
  host.answers.push({ status: 200, told: { code: "kopabi", token: "secret", name: "Ann" } });
  assert.equal(await found.room.join(" KOP-abi ", "Ann"), true);
  return found;
}

const MOMENT = { class: { code: "kopabi", question: "q1", round: 1, phase: "open" }, you: { name: "Ann", number: 1 } };

test("who returns hands over the token of before", async () => {
  const { host, room } = await joined();
  assert.deepEqual(host.asked[0].body, { name: "Ann", token: "" });
  assert.equal(room.state.role, "student");
  room.leave();
  const again = roomOf(host);
  assert.ok(again.room.knows("kopabi"));
  await again.room.join("kopabi");
  assert.equal(host.asked.at(-1)?.body.token, "secret");
});

test("a code that no room has is told of, and nothing is entered", async () => {
  const { host, room, told } = roomOf();
  host.answers.push({ status: 404, told: { sentence: "There is no such room." } });
  assert.equal(await room.join("x"), false);
  assert.deepEqual([room.state.role, told], ["", ["There is no such room."]]);
});

test("what is new is asked for behind what is there, over lost connections", async () => {
  const { host, room } = await joined();
  host.streams[0].take({ name: "question", data: { id: "q1" }, id: "" });
  host.streams[0].take({ name: "moment", data: MOMENT, id: "a.b" });
  assert.deepEqual([room.state.isConnected, room.state.question?.id, room.state.you?.name], [true, "q1", "Ann"]);
  host.streams[0].end(0);
  await soon();
  assert.equal(room.state.isConnected, false);
  assert.equal(room.state.question?.id, "q1"); // what was seen stays in sight
  assert.deepEqual([host.streams[1].lastId, host.streams[1].token, host.waits], ["a.b", "secret", 1]);
});

test("where streams are held back, news are fetched one by one, and streams are tried again behind what is lost", async () => {
  const { host, room } = await joined();
  host.streams[0].end(HELD_BACK);
  await soon();
  assert.equal(host.streams[1].path, "/kopabi/events?once");
  host.streams[1].take({ name: "moment", data: MOMENT, id: "a.b" });
  host.streams[1].end(200);
  await soon();
  const { path, lastId } = host.streams[2];
  assert.deepEqual([path, lastId, room.state.isConnected, host.waits], ["/kopabi/events?once", "a.b", true, 1]);
  host.streams[2].end(0);
  await soon();
  assert.equal(host.streams[3].path, "/kopabi/events");
});

test("an answer is handed over until the server has answered", async () => {
  const { host, room, told } = await joined();
  host.streams[0].take({ name: "moment", data: MOMENT, id: "a.b" });
  host.answers.push({ status: 0, told: null }, { status: 503, told: { sentence: "Later." } });
  host.answers.push({ status: 502, told: "<html>" }, { status: 504, told: "<html>" }, { status: 200, told: {} });
  assert.equal(await room.answer("64", true), true);
  const bodies = host.asked.slice(1).map(({ body }) => body);
  assert.deepEqual(bodies, Array(5).fill({ question: "q1", round: 1, text: "64", locks: true }));
  host.answers.push({ status: 409, told: { sentence: "Too late." } });
  assert.equal(await room.answer("32", true), false);
  assert.deepEqual(told, ["Too late."]);
  host.answers.push(...Array(6).fill({ status: 0, told: null }));
  assert.equal(await room.answer("32", true), false);
  assert.equal(told.length, 2);
});

test("a room that has ended, or that one was taken out of, is left for good", async () => {
  for (const name of ["ended", "removed"]) {
    const { host, room, told } = await joined();
    host.streams[0].take({ name, data: {}, id: "" });
    assert.deepEqual([room.state.role, told.length, room.knows("kopabi")], ["", 1, false]);
  }
  const { host, room } = await joined();
  host.streams[0].end(403);
  await soon();
  assert.equal(room.state.role, "");
});

test("a lost teacher's link is found on the device that opened the room", async () => {
  const { host, room } = roomOf();
  host.answers.push({ status: 200, told: { code: "dogumi", token: "teachers" } });
  assert.equal(await room.open(), true);
  assert.equal(room.secret, "teachers");
  room.leave();
  assert.equal(room.secret, "");
  assert.deepEqual(roomOf(host).room.opened, [{ code: "dogumi", token: "teachers" }]);
  // Who leads several classes finds each of them, and one that has ended no more.
  room.teach("kopabi", "others");
  assert.deepEqual(room.opened.map(({ code }) => code), ["kopabi", "dogumi"]);
  room.teach("dogumi", "teachers");
  host.streams.at(-1)?.take({ name: "ended", data: {}, id: "" });
  assert.deepEqual(room.opened, [{ code: "kopabi", token: "others" }]);
  for (const [kept, codes] of /** @type {const} */ ([["{", []], ["7", []], ['{"code":"dogumi","token":"once"}', ["dogumi"]]])) {
    host.kept.set("backprop-playground-room-teacher", kept);
    assert.deepEqual(room.opened.map(({ code }) => code), codes);
  }
});

test("a question is asked once, however often it is handed over", async () => {
  const { host, room } = roomOf();
  room.teach("dogumi", "teachers");
  host.answers.push({ status: 0, told: null }, { status: 200, told: {} });
  await room.ask({ kind: "choice" });
  const ids = host.asked.map(({ body }) => body.action.id);
  assert.deepEqual(ids, ["made-up", "made-up"]);
});

test("what is typed and not handed over is kept over a reload, for its question alone, until the room ends", async () => {
  const { host, room } = await joined();
  const ask = (/** @type {string} */ id) => host.streams.at(-1)?.take({ name: "question", id: "", data: { id, kind: "number" } });
  ask("q1");
  room.typed = "2x";
  const again = await joined(host);
  assert.equal(again.room.typed, "");
  host.streams.at(-1)?.take({ name: "question", id: "", data: { id: "q1", kind: "number" } });
  assert.equal(again.room.typed, "2x");
  ask("q2");
  assert.equal(again.room.typed, "");
  ask("q1");
  host.streams.at(-1)?.take({ name: "ended", id: "", data: {} });
  assert.deepEqual([...host.kept.keys()].filter((key) => key.includes("typed")), []);
});

test("who presses twice comes in once, and who is not answered asks again for the same", async () => {
  const { host, room } = roomOf();
  let made = 0;
  host.newId = () => `${(made += 1)}`;
  host.answers.push({ status: 0, told: null }, { status: 200, told: { code: "kopabi", token: "secret" } });
  assert.deepEqual(await Promise.all([room.join("kopabi", "Ann"), room.join("KOPABI", "Ann")]), [true, true]);
  assert.deepEqual(host.asked.map(({ path, token }) => [path, token]), Array(2).fill(["/kopabi/join", "12"]));
  host.answers.push(...Array(6).fill({ status: 503, told: null }), { status: 200, told: { code: "dogumi", token: "teachers" } });
  assert.deepEqual(await Promise.all([room.open(), room.open()]), [false, false]);
  assert.equal(await room.open(), true);
  const opened = host.asked.filter(({ path }) => path === "").map(({ token }) => token);
  assert.deepEqual(opened, Array(7).fill("34")); // by which the server knows the room that it has opened
  host.answers.push({ status: 200, told: { code: "fofofo", token: "others" } });
  await room.open();
  assert.equal(host.asked.at(-1)?.token, "56");
});

test("of two answers the later one counts, whichever the network would have carried first", async () => {
  const { host, room } = await joined();
  host.streams[0].take({ name: "moment", data: MOMENT, id: "a.b" });
  host.answers.push({ status: 0, told: null }, { status: 503, told: null });
  const before = room.answer("1", false);
  await Promise.all([before, room.answer("2", false), room.answer("2", true)]);
  const handed = host.asked.slice(1).map(({ body }) => [body.text, body.locks]);
  assert.deepEqual(handed, [["1", false], ["1", false], ["1", false], ["2", false], ["2", true]]);
});
