/** What key presses mean on other layouts and with input methods. */

import assert from "node:assert/strict";
import test from "node:test";

import { letterOf } from "../../components/canvas/parts/keys.js";

test("a Latin letter is itself, wherever its key stands", () => {
  assert.equal(letterOf({ key: "z", code: "KeyY" }), "z"); // QWERTZ
  assert.equal(letterOf({ key: "A", code: "KeyQ" }), "a"); // AZERTY
  assert.equal(letterOf({ key: "é", code: "Digit2" }), "é");
});

test("on a layout without Latin letters the physical key counts", () => {
  assert.equal(letterOf({ key: "я", code: "KeyZ" }), "z");
  assert.equal(letterOf({ key: "Ы", code: "KeyS" }), "s");
  assert.equal(letterOf({ key: "ζ", code: "KeyZ" }), "z");
  assert.equal(letterOf({ key: "ש", code: "KeyA" }), "a");
  assert.equal(letterOf({ key: "ф", code: "Semicolon" }), "ф");
});

test("what is no letter stays what it is", () => {
  for (const key of ["?", "/", "5", "Enter", "Escape", " "]) assert.equal(letterOf({ key, code: "KeyZ" }), key.toLowerCase());
});
