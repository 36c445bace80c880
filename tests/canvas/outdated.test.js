import assert from "node:assert/strict";
import test from "node:test";

import { outdatedIn } from "../../components/canvas/model/graph/outdated.js";
import { lesson } from "./pictures.js";

test("what depends on a number that waits is out of date, what waits itself and all else is not", () => {
  const shown = lesson();
  assert.deepEqual([...outdatedIn(shown)], []);
  shown.nodes.x = { ...shown.nodes.x, pending: true };
  assert.deepEqual([...outdatedIn(shown)].sort(), ["s", "z"]);
  shown.nodes.y = { ...shown.nodes.y, pending: true };
  shown.nodes.z = { ...shown.nodes.z, pending: true };
  assert.deepEqual([...outdatedIn(shown)], ["s"]);
});
