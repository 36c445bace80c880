/** The language before Python speaks, found as Python finds it (`tests/engine/messages/test_catalogues.py`). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { bestLanguage } from "../../components/canvas/site/language.js";

test("the first language that there is, by a tag or by its beginning; English where there is none", () => {
  const codes = ["en", "ja", "pt_BR", "zh"];
  const best = (/** @type {string[]} */ ...tags) => bestLanguage(tags, codes);
  assert.equal(best("fr-FR", "ja-JP", "zh"), "ja");
  assert.equal(best("", " ZH-Hans-CN "), "zh");
  assert.equal(best("pt-BR"), "pt_BR");
  assert.equal(best("pt-PT"), "en");
  assert.equal(best("en-GB", "ja"), "en");
  assert.equal(best(), "en");
});
