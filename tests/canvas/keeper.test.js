import assert from "node:assert/strict";
import test, { mock } from "node:test";

import { Keeper } from "../../components/canvas/model/kept/keeper.js";

const ENTRY = {
  session: "one", pending: [], automatic: true, link: "",
  document: { format: "f", version: 2, nodes: [], edges: [], output: null, blocks: [] },
};

test("after all changes of a moment an entry is kept once; at once when the page is left", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let kept = 0;
  const keeper = new Keeper({ keep: () => (kept += 1) > 0 }, () => ENTRY);
  keeper.keep();
  keeper.keep();
  assert.equal(kept, 0);
  mock.timers.tick(1);
  assert.equal(kept, 1);
  keeper.keepNow();
  assert.equal(kept, 2);
  mock.timers.reset();
});

test("while there is nothing to keep, nothing is kept", () => {
  let kept = 0;
  new Keeper({ keep: () => (kept += 1) > 0 }, () => null).keepNow();
  assert.equal(kept, 0);
});

test("a full storage is told once, and again when there has been room meanwhile", () => {
  let [hasRoom, told] = [false, 0];
  const keeper = new Keeper({ keep: () => hasRoom }, () => ENTRY, (isKept) => (told += isKept ? 0 : 1));
  keeper.keepNow();
  keeper.keepNow();
  assert.equal(told, 1);
  hasRoom = true;
  keeper.keepNow();
  hasRoom = false;
  keeper.keepNow();
  assert.equal(told, 2);
});
