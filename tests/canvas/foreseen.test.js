/** A picture is shown before its session has answered where it is sure to be the session's, and then nothing is drawn anew. */

import assert from "node:assert/strict";
import test from "node:test";

import { toDocument } from "../../components/canvas/model/graph/document.js";
import { LastPicture, foreseenPicture } from "../../components/canvas/model/kept/foreseen.js";
import { FIRST_LOOK } from "../../components/canvas/model/kept/look.js";
import { PageModel } from "../../components/canvas/model/page_model.js";
import { sharing } from "../../components/canvas/model/exchange/sharing.js";
import { forgetNotes, posts, told } from "./noted_page.js";
import { lesson, message, node, picture } from "./pictures.js";

function page() {
  return new PageModel((post) => posts.push(post), {
    onShow: () => told.push("show"), onAnswer: () => told.push("answer"), onSelect: () => {}, onChange: () => {},
    onMeet: () => told.push("meet"), onSession: () => told.push("session"), onLost: () => {}, onRefuse: () => {},
    stageLook: () => ({ view: null, selection: [], focused: null }),
  });
}

/** What a page of another graph has left, with nothing under way. */
function left() {
  const before = page();
  before.receive(message({ session: "before", picture: { ...lesson(), document: 4 } }));
  const stored = before.entry();
  assert.ok(stored);
  forgetNotes();
  return stored;
}

test("what says the same is one object, and only what differs is new", () => {
  const before = { a: { b: [1, { c: 2 }] }, d: { e: 3 }, f: null };
  assert.equal(sharing(before, structuredClone(before)), before);
  const after = sharing(before, { a: { b: [1, { c: 2 }] }, d: { e: 4 }, f: null });
  assert.deepEqual([after.a === before.a, after.d], [true, { e: 4 }]);
  assert.deepEqual(sharing(/** @type {object} */ (before), { a: before.a }), { a: before.a });
  for (const other of [[], {}, [1], null, 0, "x"]) assert.deepEqual(sharing(/** @type {unknown} */ ([]), other), other);
  const wide = { x: undefined };
  assert.notEqual(sharing(wide, /** @type {object} */ ({ y: undefined })), wide);
});

test("the picture with which a session begins is shown before it, and stays the very same", () => {
  const model = page();
  model.foresee(lesson(), "first");
  assert.deepEqual([told, model.picture.order, model.entry()], [["meet", "show"], ["x", "y", "s", "z"], null]);
  const shown = model.picture;
  model.receive(message());
  assert.deepEqual(told, ["meet", "show", "session", "show", "answer"]);
  assert.equal(model.picture, shown);
  assert.equal(model.entry()?.pictured, "first");
  const moved = { ...lesson(), nodes: { ...lesson().nodes, y: node("y", "Input", { value: 3, x: 9 }) } };
  model.receive(message({ revision: 2, base: 0, picture: moved })); // it was told the viewport before it was had
  assert.deepEqual([model.picture.document, model.picture.nodes.y.x], [shown.document, 9]);
  assert.equal(model.entry()?.pictured, "one 2");
  model.receive(message({ revision: 3, base: 2, picture: { document: 2 } }));
  assert.equal(model.picture.document, 2);
  model.receive(message({ revision: 4, base: 3, picture: { document: 1 } })); // undone
  assert.equal(model.picture.document, shown.document);
});

test("what is typed before a session is met is kept with the graph, whatever number that gets", () => {
  for (const nodes of [lesson(), picture([node("q", "Input")])]) {
    const model = page();
    model.foresee(lesson(), "first");
    model.unfinished.keepTyped("a", "7");
    model.receive(message({ picture: nodes }));
    assert.deepEqual(model.entry()?.typed, { a: "7" });
  }
});

test("where the session begins with another picture, that is shown as another graph's", () => {
  const model = page();
  model.foresee(lesson(), "first");
  const shown = model.picture;
  model.receive(message({ picture: picture([node("x", "Input", { value: 2 }), node("q", "Input")]) }));
  assert.deepEqual([model.picture.order, model.picture.document], [["x", "q"], 1]);
  assert.equal(model.picture.nodes.x, shown.nodes.x);
});

test("where the session tells more of the same graph, that is no other opening, and what is looked at stays", () => {
  const model = page();
  model.foresee(lesson(), "first");
  model.selection.select(["x"]);
  const shown = model.picture;
  model.receive(message({ picture: { ...lesson(), document: 3, notes: ["more"] } }));
  assert.deepEqual([model.picture.document, model.selection.only], [shown.document, "x"]);
  assert.notEqual(model.entry()?.pictured, "first");
});

test("what is done before a session is met shows at once, and is handed over to it, once", () => {
  const model = page();
  model.foresee(lesson(), "first");
  model.edit({ type: "delete", nodes: ["y"] });
  model.selection.select(["x"]);
  model.haveViewport([800, 400], { isOtherWindow: true, isHeld: false });
  assert.deepEqual([model.picture.order, posts.length, model.outbox.isAnswered], [["x", "s", "z"], 0, false]);
  model.receive(message());
  assert.deepEqual([posts.length, posts[0].session, posts[0].selected], [1, "one", "x"]);
  assert.deepEqual(posts[0].events.map(({ seq, event }) => [seq, event?.type]), [[1, "delete"]]);
  model.haveViewport([800, 400], { isOtherWindow: true, isHeld: false }); // when it is met
  model.receive(message({ post: 1, ack: 1, revision: 2, base: 1, picture: {} }));
  assert.deepEqual(posts[1].viewport, [800, 400]);
});

test("what somebody selects or looks at alone is told to the session, too", () => {
  const model = page();
  model.foresee(lesson(), "first");
  model.lookAt({ panel: "check" });
  model.receive(message());
  assert.deepEqual([posts.length, posts[0].look?.panel, posts[0].events], [1, "check", []]);
});

test("the picture of what a tab brings back stays while it is brought back, with what was done meanwhile behind it", () => {
  const stored = left();
  const model = page();
  model.stored = stored;
  model.foresee(lesson(), "before 1");
  model.edit({ type: "delete", nodes: ["y"] });
  const shown = model.picture;
  told.length = 0;
  model.receive(message({ picture: picture([node("q", "Input")]) })); // what every session begins with
  assert.deepEqual([told, model.picture], [["session"], shown]);
  const [restore, edit] = posts[0].events.map(({ event }) => event);
  assert.deepEqual([posts[0].events.length, restore?.type, edit?.type], [2, "restore", "delete"]);
  assert.equal(/** @type {{followers?: number}} */ (restore).followers, 1);
  model.receive(message({ post: 1, ack: 2, revision: 2, picture: { ...lesson(), document: 2 } }));
  assert.equal(model.picture.nodes.x, shown.nodes.x);
  assert.equal(model.picture.document, shown.document);
});

test("a picture is foreseen where it is sure to be right, and else none", () => {
  const [stored, first] = [left(), { name: "first", picture: {} }];
  assert.equal(stored.pictured, "before 1");
  const { settings, ...own } = lesson();
  const last = { name: "before 1", picture: own };
  assert.equal(foreseenPicture(null, { settings }, first, last)?.name, "first");
  assert.deepEqual(foreseenPicture(stored, { settings }, first, last)?.picture, lesson());
  assert.equal(foreseenPicture({ ...stored, pictured: "first" }, { settings }, { name: "first", picture: own }, null)?.name, "first");
  const answered = { ...last, picture: { ...own, lesson: { answered: true, insight: "So." } } };
  assert.equal(foreseenPicture(stored, { settings }, first, answered)?.name, "before 1");
  const none = [
    foreseenPicture(stored, { settings }, first, null),
    foreseenPicture(stored, { settings }, first, { ...last, name: "before 2" }),
    foreseenPicture(stored, { settings }, first, { ...last, picture: { ...own, nodes: {} } }),
    foreseenPicture(stored, { settings }, first, { ...last, picture: { order: 7 } }),
    foreseenPicture({ ...stored, shows: { ...FIRST_LOOK, panel: "check" } }, { settings }, first, last),
    ...[{ insight: "So." }, { answered: true, insight: "So.", build: { state: "right" } }, { tried: true }].map((told) => (
      foreseenPicture(stored, { settings }, first, { ...last, picture: { ...own, lesson: told } }))),
    foreseenPicture({ ...stored, pictured: undefined }, { settings }, first, last),
    foreseenPicture({ ...stored, pending: [{ event: { type: "undo" } }] }, { settings }, first, last),
    foreseenPicture({ ...stored, document: toDocument(picture([node("q", "Input")])) }, { settings }, first, last),
  ];
  assert.deepEqual(none, none.map(() => null));
});

test("the last picture is kept without what every picture holds, for the same version of the page alone", () => {
  /** @type {Map<string, string>} */
  const held = new Map();
  let hasRoom = true;
  const store = {
    keys: () => [...held.keys()], get: (/** @type {string} */ key) => held.get(key) ?? null,
    set: (/** @type {string} */ key, /** @type {string} */ value) => hasRoom && Boolean(held.set(key, value)),
    remove: (/** @type {string} */ key) => void held.delete(key),
  };
  const settings = { digits: 4 };
  const constant = { name: "picture.1.json", part: { settings } };
  const last = new LastPicture(store, constant);
  assert.equal(last.find(), null);
  last.keep("one 3", { settings, order: ["x"] });
  assert.deepEqual(last.find(), { name: "one 3", picture: { order: ["x"] } });
  assert.equal(new LastPicture(store, { ...constant, name: "picture.2.json" }).find(), null);
  last.keep("one 4", { settings, order: ["x".repeat(100_000)] });
  assert.deepEqual([held.size, last.find()], [0, null]);
  last.keep("one 5", { settings });
  hasRoom = false;
  last.keep("one 6", { settings });
  assert.equal(held.size, 0);
});
