import assert from "node:assert/strict";
import test from "node:test";

import { readText } from "../../components/canvas/model/file_text.js";

/** @param {ArrayLike<number>} bytes */
const buffer = (bytes) => Uint8Array.from(bytes).buffer;

test("a text is read as it is", () => {
  const text = "{\r\n\t\"name\": \"変数 é\"\n}";
  assert.equal(readText(/** @type {ArrayBuffer} */ (new TextEncoder().encode(text).buffer)), text);
});

test("a binary is none, whether its bytes could be UTF-8 or not", () => {
  const size = 950_000;
  assert.equal(readText(buffer({ length: size, 0: 0xff })), null);
  assert.equal(readText(buffer(Array.from({ length: size }, (_, place) => place % 128))), null);
  assert.equal(readText(buffer([0x89, 0x50, 0x4e, 0x47])), null);
});
