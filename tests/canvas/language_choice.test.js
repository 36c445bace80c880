/** In which address the page opens anew in another language. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { addressIn } from "../../components/canvas/panels/language_choice.js";

test("the address names the language only where the browser keeps none, or where a link may name another", () => {
  const page = "https://school.example/class/";
  assert.equal(addressIn(page, "ja", true), page);
  assert.equal(addressIn(`${page}?lang=zh`, "ja", true), page);
  assert.equal(addressIn(page, "ja", false), `${page}?lang=ja`);
  assert.equal(addressIn(`${page}?graph=abc_-&lang=zh`, "ja", true), `${page}?graph=abc_-&lang=ja`);
});
