/** The last picture of an installed page: what is kept of it, and how a tab goes on from it without losing anything. */

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { messageFor, wholeMessage } from "../../components/canvas/model/away_message.js";
import { PageModel } from "../../components/canvas/model/page_model.js";
import { message } from "./pictures.js";

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

/** @param {import("../../components/canvas/model/kept/restore.js").TabEntry | null} [stored] */
function page(stored = null) {
  const model = new PageModel(() => {}, {
    onShow: () => {}, onAnswer: () => {}, onSelect: () => {}, onMeet: () => {}, onSession: () => {}, onChange: () => {}, onLost: () => {}, onRefuse: () => {},
    stageLook: () => ({ view: null, selection: [], focused: null }),
  });
  model.stored = stored;
  return model;
}

/** @param {PageModel} model */
const kept = (model) => JSON.parse(JSON.stringify(wholeMessage(model)));
/** @param {PageModel} model */
const entryOf = (model) => /** @type {import("../../components/canvas/model/kept/restore.js").TabEntry} */ (model.entry());

test("a message is kept whole, whatever it was the difference from", () => {
  const model = page();
  assert.equal(wholeMessage(model), undefined);
  model.receive(message({ session: "s", greeting: "Hello", link: "abc", history: { past: { 1: "add x" } } }));
  model.receive(message({ session: "s", revision: 2, base: 1, picture: { formula: "z = y" }, history: {}, link: "abc" }));
  const { base, revision, picture, history, greeting, link } = kept(model);
  assert.deepEqual([base, revision, greeting, link], [0, 1, "", ""]);
  assert.deepEqual([picture.formula, picture.order, history], ["z = y", ["x", "y", "s", "z"], { past: { 1: "add x" } }]);
});

test("a tab goes on without its server, again and again, and hands all over to the next one", () => {
  const first = page();
  first.receive(message({ session: "s" }));
  const pictures = new Map([["s", kept(first)]]);
  let stored = entryOf(first);
  for (const [now, node] of /** @type {const} */ ([[1, "y"], [2, "x"]])) {
    const away = page(stored);
    const found = messageFor(pictures, stored, now);
    assert.ok(found?.goesOn);
    away.receive(found.message);
    away.edit({ type: "delete", nodes: [node] });
    assert.ok(!away.picture.order.includes(node));
    stored = entryOf(away);
  }
  assert.deepEqual(stored.pending.map(({ event }) => event), [{ type: "delete", nodes: ["y"] }, { type: "delete", nodes: ["x"] }]);
  assert.deepEqual(stored.document, entryOf(first).document);
  const back = page(stored);
  back.receive(message({ session: "another" }));
  assert.deepEqual(back.outbox.pending.map(({ type }) => type), ["restore", "delete", "delete"]);
});

test("a tab that has stored another graph leaves it as it is", () => {
  const other = page();
  other.receive(message({ session: "s" }));
  const found = messageFor(new Map([["s", kept(other)]]), { session: "unknown" }, 1);
  assert.deepEqual([found?.goesOn, found?.message.ack, found?.message.picture !== undefined], [false, 0, true]);
  assert.equal(messageFor(new Map(), null, 1), undefined);
});
