import assert from "node:assert/strict";
import test from "node:test";

import { fileText, readText } from "../../components/canvas/model/text/file_text.js";

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

test("what spreadsheets call Unicode text is read, by its mark", () => {
  const little = [0xff, 0xfe, ...[..."x,t\n1,2"].flatMap((sign) => [sign.charCodeAt(0), 0])];
  assert.equal(readText(buffer(little)), "x,t\n1,2");
  assert.equal(readText(buffer([0xfe, 0xff, 0, 0x78, 0x59, 0x09])), "x変".replace("変", "\u5909"));
});

test("a file that cannot be opened is refused in one sentence", () => {
  assert.deepEqual(fileText(buffer([]), "a.csv"), { refusal: "a.csv is empty." });
  assert.deepEqual(fileText(buffer([32, 10]), "a.json"), { refusal: "a.json is empty." });
  assert.deepEqual(fileText(buffer([0xca, 0xfd, 44]), "a.csv"), {
    refusal: "a.csv is not text in UTF-8: save the table as “CSV UTF-8”.",
  });
  assert.deepEqual(fileText(buffer([0x89, 0x50]), "a.png"), { refusal: "a.png is not a text, so it is no graph that was saved." });
  assert.deepEqual(fileText(null, "folder"), { refusal: "folder is not a text, so it is no graph that was saved." });
  assert.deepEqual(fileText(buffer([120]), "a.csv"), { text: "x" });
});
