/** Python's memory as a browser keeps it: what was put away comes back byte by byte, and what is not whole does not. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { addressOfMemory, packed, unpacked } from "../../components/canvas/site/kept_memory.js";

const LAYOUT = { heap: 5, tableBefore: 7, table: 9, handles: [/** @type {[string, string]} */ (["4711", "/home/ünicode.so"])] };
const bytes = (/** @type {number[]} */ ...values) => new Uint8Array(values);

test("what was kept comes back, and the memory begins where it can be read in words", async () => {
  const kept = {
    layout: LAYOUT, memory: bytes(1, 2, 3, 4, 5),
    files: /** @type {[string, Uint8Array<ArrayBuffer>][]} */ ([["/home/a.py", bytes(6, 7)], ["/home/empty", bytes()], ["/home/b", bytes(8)]]),
  };
  const found = unpacked(await packed(kept).arrayBuffer());
  assert.deepEqual({ ...found, memory: bytes(...found.memory) }, kept);
  assert.equal(found.memory.byteOffset % 16, 0);
});

test("what was cut off is no memory", async () => {
  const whole = await packed({ layout: LAYOUT, memory: bytes(1, 2, 3, 4, 5), files: [["/home/a.py", bytes(6, 7)]] }).arrayBuffer();
  for (const length of [0, 3, 40, whole.byteLength - 1]) assert.throws(() => unpacked(whole.slice(0, length)), `${length}`);
});

test("it lies below the site's own folder", () => {
  assert.equal(addressOfMemory("https://school.example/playground/"), "https://school.example/playground/python-memory");
});
