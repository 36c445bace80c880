import assert from "node:assert/strict";
import { beforeEach, describe, it, mock } from "node:test";
import { deflateSync } from "node:zlib";

import { Channel, FIRST_WAIT_MS, OPENING_MS, SILENCE_MS } from "../../components/canvas/model/exchange/channel.js";
import { inflated } from "../../components/canvas/parts/inflate.js";

const BASE = "https://school.example/playground/";

class Socket {
  readyState = 0;
  /** @type {string[]} */
  sent = [];
  binaryType = "";
  /** @type {((event: {data: ArrayBuffer}) => void) | null} */
  onmessage = null;
  /** @type {((event: {code: number}) => void) | null} */
  onclose = null;
  /** @type {(() => void) | null} */
  onopen = null;

  /** @param {string} url */
  constructor(url) {
    this.url = url;
  }

  /** @param {string} text */
  send(text) {
    this.sent.push(text);
  }

  open() {
    this.readyState = 1;
    this.onopen?.();
  }

  close() {
    this.readyState = 3;
  }

  /** @param {object} message */
  hear(message) {
    this.onmessage?.({ data: new TextEncoder().encode(JSON.stringify(message)).buffer });
  }

  /** @param {number} code */
  fall(code) {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}

/** @type {Socket[]} */
let sockets;
/** @type {unknown[]} */
let received;
/** @type {{post: number}[]} */
let byHost;
let now = 0;
/** @type {Channel} */
let channel;

/** @param {number} post */
const outbox = (post, session = "s") => /** @type {any} */ ({ session, post, have: 0, selected: "", events: [] });
/** @param {object} more */
const hosted = (more = {}) => /** @type {any} */ ({ session: "s", lesson: 0, channel: "canvas-channel", ...more });
const latest = () => /** @type {Socket} */ (sockets.at(-1));

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  [sockets, received, byHost, now] = [[], [], [], 1000];
  channel = new Channel({
    receive: (message) => received.push(message),
    postByHost: (post) => byHost.push(post),
    open: (url) => {
      const socket = new Socket(url);
      sockets.push(socket);
      return /** @type {any} */ (socket);
    },
    now: () => now,
    inflated: null,
  });
});

function opened() {
  channel.follow(hosted(), BASE);
  latest().readyState = 1;
  return latest();
}

describe("the canvas's channel", () => {
  it("stands beside the page, behind whatever prefix a proxy has put before it", () => {
    channel.follow(hosted(), BASE);
    assert.equal(latest().url, "wss://school.example/playground/canvas-channel");
  });

  it("goes the host's way until it is open, and where the host has no channel", () => {
    channel.follow(hosted({ channel: undefined }), BASE);
    channel.post(outbox(1));
    assert.deepEqual([sockets.length, byHost.map(({ post }) => post)], [0, [1]]);
    channel.follow(hosted(), BASE);
    channel.post(outbox(2));
    mock.timers.tick(OPENING_MS);
    assert.deepEqual(byHost.map(({ post }) => post), [1, 2]);
    channel.post(outbox(3));
    latest().readyState = 1;
    channel.post(outbox(4));
    assert.deepEqual([byHost.map(({ post }) => post), latest().sent.length], [[1, 2, 3], 1]);
  });

  it("keeps what a new session is told first for the moment that opening takes", () => {
    channel.follow(hosted(), BASE);
    channel.post(outbox(1));
    channel.post(outbox(2));
    latest().open();
    assert.deepEqual([byHost, latest().sent.map((text) => JSON.parse(text).post)], [[], [2]]);
    mock.timers.tick(OPENING_MS);
    assert.deepEqual([byHost.length, latest().sent.length], [0, 1]);
  });

  it("hands it to the host at once where it does not open, and what is of another session", () => {
    channel.follow(hosted(), BASE);
    channel.post(outbox(1));
    channel.post(outbox(7, "before"));
    latest().fall(1006);
    channel.post(outbox(2));
    assert.deepEqual(byHost.map(({ post }) => post), [7, 1, 2]);
    mock.timers.tick(OPENING_MS);
    assert.equal(byHost.length, 3);
  });

  it("opens once a session, however often the host says where", () => {
    const first = opened();
    channel.follow(hosted(), BASE);
    assert.equal(sockets.length, 1);
    channel.follow(hosted({ session: "t" }), BASE);
    assert.deepEqual([sockets.length, first.readyState], [2, 3]);
  });

  it("hands what was not answered to the host when it falls, and tries again later", () => {
    const socket = opened();
    channel.post(outbox(1));
    socket.fall(1006);
    assert.deepEqual(byHost.map(({ post }) => post), [1]);
    channel.post(outbox(2));
    assert.deepEqual(byHost.map(({ post }) => post), [1, 2]);
    mock.timers.tick(FIRST_WAIT_MS);
    assert.equal(sockets.length, 2);
    latest().fall(1006);
    mock.timers.tick(FIRST_WAIT_MS);
    assert.equal(sockets.length, 2, "the second time it waits for twice as long");
    mock.timers.tick(FIRST_WAIT_MS);
    assert.equal(sockets.length, 3);
  });

  it("hands nothing over twice that was answered", () => {
    const socket = opened();
    channel.post(outbox(1));
    socket.hear({ session: "s", lesson: 0 });
    socket.fall(1006);
    assert.deepEqual([received.length, byHost], [1, []]);
  });

  it("counts as dead where it answers nothing for long", () => {
    const socket = opened();
    channel.post(outbox(1));
    now += SILENCE_MS - 1;
    channel.post(outbox(2));
    assert.deepEqual([socket.sent.length, byHost], [2, []]);
    now += 2;
    channel.post(outbox(3));
    assert.deepEqual([socket.readyState, byHost.at(-1)?.post], [3, 3]);
  });

  it("waits for the host's next session where its own is gone", () => {
    opened().fall(4404);
    mock.timers.tick(100 * FIRST_WAIT_MS);
    assert.equal(sockets.length, 1);
    channel.follow(hosted({ session: "t" }), BASE);
    assert.equal(sockets.length, 2);
  });

  it("never carries another session's outbox", () => {
    const socket = opened();
    channel.post(outbox(1, "before"));
    assert.deepEqual([socket.sent, byHost.map(({ post }) => post)], [[], [1]]);
  });

  it("reads what comes compressed, where the browser can, and small answers as they are", async () => {
    channel.inflated = inflated;
    const socket = opened();
    assert.equal(socket.url, "wss://school.example/playground/canvas-channel?inflates");
    channel.post(outbox(1));
    socket.onmessage?.({ data: toArrayBuffer(deflateSync(JSON.stringify({ post: 1 }))) });
    await until(() => received.length === 1);
    socket.hear({ post: 2 });
    assert.deepEqual(received, [{ post: 1 }, { post: 2 }]);
  });

  it("goes the host's way with what an unreadable answer would have answered", async () => {
    channel.inflated = inflated;
    const socket = opened();
    channel.post(outbox(1));
    socket.onmessage?.({ data: toArrayBuffer(Buffer.from("x is no zlib")) });
    await until(() => byHost.length === 1);
    assert.deepEqual([received, byHost.map(({ post }) => post)], [[], [1]]);
  });
});

/** @param {Buffer} bytes */
function toArrayBuffer(bytes) {
  return /** @type {ArrayBuffer} */ (Uint8Array.from(bytes).buffer);
}

/** @param {() => boolean} isSo */
async function until(isSo) {
  for (let turn = 0; turn < 100_000 && !isSo(); turn += 1) await new Promise(setImmediate);
  assert.ok(isSo());
}
