import assert from "node:assert/strict";
import test from "node:test";
import { deflateSync } from "node:zlib";

import { inflated } from "../../components/canvas/parts/inflate.js";

/** @param {Uint8Array} bytes */
const bufferOf = (bytes) => new Uint8Array(bytes).buffer;

test("what was compressed comes back, however many parts it takes", async () => {
  for (const length of [0, 1, 5_000, 400_000]) {
    const text = Array.from({ length }, (_, place) => String.fromCharCode(97 + (place * place) % 26)).join("");
    const back = await inflated(bufferOf(deflateSync(Buffer.from(text))));
    assert.equal(new TextDecoder().decode(back), text);
  }
});

test("what was not compressed, or came in part, is refused", async () => {
  await assert.rejects(inflated(bufferOf(Buffer.from("{}"))));
  await assert.rejects(inflated(bufferOf(deflateSync(Buffer.from("x".repeat(9_000))).subarray(0, 20))));
});
