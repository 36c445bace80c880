import assert from "node:assert/strict";
import test from "node:test";

import { forOthers, pathOfModules } from "../../components/canvas/model/text/address.js";

test("a link leads to the address where others find the page, with all that it says", () => {
  const link = "http://localhost:8501/class/?graph=abc&embed=1#here";
  const address = { url: "https://school.example/a/", remark: "" };
  assert.equal(forOthers(link, address), "https://school.example/a/?graph=abc&embed=1#here");
  assert.equal(forOthers(link, undefined), link);
  assert.equal(forOthers(link, { url: "", remark: "" }), link);
});

test("each run of dark modules is one rectangle inside the light frame", () => {
  assert.equal(pathOfModules(["011", "000", "101"]), "M5 4h2v1h-2zM4 6h1v1h-1zM6 6h1v1h-1z");
});
