import assert from "node:assert/strict";
import test, { mock } from "node:test";

import { PageModel } from "../../components/canvas/model/page_model.js";
import { posts, told } from "./noted_page.js";
import { lesson, message, node, picture } from "./pictures.js";

const LOOK = { view: null, selection: [], focused: null };

function page() {
  return new PageModel((post) => posts.push(post), {
    onShow: () => told.push("show"), onAnswer: ({ ack }) => told.push(`answer ${ack}`), onSelect: () => told.push("select"),
    onMeet: ({ greets }) => told.push(greets ? "greet" : "meet"), onSession: () => {}, onChange: () => {}, stageLook: () => LOOK,
    onLost: () => told.push("lost"), onRefuse: (text) => told.push(text),
  });
}

test("the first message is met, taken in, shown and answered", () => {
  const model = page();
  model.receive(message());
  assert.deepEqual(told, ["greet", "show", "answer 0"]);
  assert.deepEqual([model.picture.order, model.outbox.have, model.answer?.variant], [["x", "y", "s", "z"], 1, "step 16"]);
});

test("an edit shows at once, goes out, and stays until it is acknowledged", () => {
  const model = page();
  model.receive(message());
  assert.equal(model.edit({ type: "delete", nodes: ["y"] }, { x: 3, y: 4 }), 1);
  assert.deepEqual(model.picture.order, ["x", "s", "z"]);
  assert.deepEqual(model.handPlaces.get(1), { x: 3, y: 4 });
  model.receive(message({ revision: 2, base: 1, picture: {} }));
  assert.deepEqual(model.picture.order, ["x", "s", "z"]);
  model.receive(message({ revision: 3, base: 2, picture: {}, ack: 1, post: 1 })); // it was refused
  assert.deepEqual(model.picture.order, ["x", "y", "s", "z"]);
});

test("events that are sent together are one gesture, edits by themselves are not", () => {
  const model = page();
  model.receive(message());
  model.send([{ type: "delete", nodes: ["y"] }, { type: "delete", nodes: ["x"] }]);
  model.edit({ type: "delete", nodes: ["s"] });
  model.receive(message({ revision: 2, base: 1, picture: {}, post: 1 }));
  const gestures = posts[1].events.map(({ gesture }) => gesture);
  assert.equal(gestures[0], gestures[1]);
  assert.notEqual(gestures[1], gestures[2]);
});

test("a gesture that is given up puts back what was there, and asks for no step of undo", () => {
  const model = page();
  model.receive(message());
  const gesture = model.outbox.nextGesture();
  model.edit({ type: "set value", node: "x", value: "3" }, undefined, gesture);
  model.giveUp({ type: "set value", node: "x", value: "2" }, gesture);
  model.receive(message({ revision: 2, base: 1, picture: {}, post: 1, ack: 1 }));
  assert.deepEqual(posts.flatMap(({ events }) => events.map(({ event }) => event)), [
    { type: "set value", node: "x", value: "3" }, { type: "set value", node: "x", value: "2" }, { type: "take back", gesture },
  ]);
});

test("a link is asked for with what is looked at, and a page that it opens looks at that from the first", () => {
  const model = page();
  model.receive(message());
  model.share();
  model.lookAt({ panel: "code" });
  model.steps.setOpen(true);
  model.share();
  assert.deepEqual(model.outbox.pending, [{ type: "share", fields: {} }, { type: "share", fields: { panel: "code", step: 0 } }]);
  model.noteLook({ panel: "lesson" }); // in which nobody else goes on writing
  model.share(["palette", "menu"]);
  assert.deepEqual(model.outbox.pending.at(-1), { type: "share", fields: { step: 0, hides: ["palette", "menu"] } });
  posts.length = 0;
  const other = page();
  other.receive(message({ openedByLink: "abc", linked: { panel: "code", step: 2 } }));
  assert.deepEqual([posts[0].look?.panel, posts[0].look?.stepping, posts[0].events], ["code", true, []]);
});

test("a command belongs to no gesture", () => {
  const model = page();
  model.receive(message());
  assert.equal(model.command({ type: "undo" }), 1);
  assert.deepEqual(posts[0].events, [{ seq: 1, gesture: undefined, event: { type: "undo" } }]);
});

test("a difference from a picture that is not there asks for the whole one", () => {
  const model = page();
  model.receive(message({ revision: 5, base: 4 }));
  assert.deepEqual([told, posts[0].have], [["greet"], 0]);
});

test("an earlier message that comes after a later one is left unread", () => {
  const model = page();
  model.receive(message({ post: 2, automatic: false }));
  told.length = 0;
  model.receive(message({ post: 1, automatic: true }));
  assert.deepEqual([told, model.answer?.automatic], [[], false]);
});

test("what is looked at is told at once, or noted until something else is", () => {
  const model = page();
  model.receive(message());
  model.noteLook({ exponent: -3 });
  assert.equal(posts.length, 0);
  model.lookAt({ panel: "check" });
  assert.deepEqual([posts[0].look?.panel, posts[0].look?.exponent], ["check", -3]);
});

test("the selection is told, and goes with another graph", () => {
  const model = page();
  model.receive(message());
  model.selection.select(["x"]);
  assert.deepEqual([posts[0].selected, told.includes("select")], ["x", true]);
  model.receive(message({ revision: 2, base: 1, picture: { drawn: 1 } }));
  assert.equal(model.selection.only, "x");
  model.receive(message({ revision: 3, base: 2, picture: { document: 2 } }));
  assert.equal(model.selection.nodes.size, 0);
});

test("a node that is gone is no longer selected", () => {
  const model = page();
  model.receive(message());
  model.selection.select(["x", "y"]);
  model.edit({ type: "delete", nodes: ["y"] });
  assert.deepEqual([...model.selection.nodes], ["x"]);
});

test("what is written of a lesson is kept with the graph, over a reload and another session", () => {
  const model = page();
  model.receive(message());
  model.unfinished.keepDraft({ question: "Why?" });
  const { draft } = /** @type {import("../../components/canvas/model/kept/restore.js").TabEntry} */ (model.entry());
  assert.deepEqual(draft, { question: "Why?" });
  model.receive(message({ session: "s2", revision: 1, base: 0 }));
  model.receive(message({ session: "s2", revision: 2, base: 0, ack: 1, post: 1 }));
  assert.deepEqual(model.entry()?.draft, { question: "Why?" });
  const again = page();
  again.stored = model.entry();
  again.receive(message({ session: "s3" }));
  again.receive(message({ session: "s3", revision: 2, base: 0, ack: 1, post: 1 }));
  assert.deepEqual(again.unfinished.present.draft, { question: "Why?" });
  again.unfinished.keepDraft();
  assert.equal(again.entry()?.draft, undefined);
});

test("a new session gets the graph back, and until then nothing of it is shown or kept", () => {
  const model = page();
  model.receive(message());
  model.edit({ type: "delete", nodes: ["y"] });
  assert.equal(model.entry()?.session, "one");
  told.length = 0;
  model.receive(message({ session: "two", picture: picture([node("q", "Input")]) }));
  assert.deepEqual([told, model.entry()], [["meet"], null]);
  const { session, events } = posts[posts.length - 1];
  assert.equal(session, "two");
  assert.deepEqual(events.map(({ event }) => event?.type), ["restore", "delete"]);
  assert.equal(model.handPlaces.size, 0);
  model.receive(message({ session: "two", ack: 2, post: 1, revision: 2, picture: lesson() }));
  assert.deepEqual(model.picture.order, ["x", "y", "s", "z"]);
  assert.equal(model.entry()?.session, "two");
});

test("what an earlier page has left is handed over to the first session", () => {
  const first = page();
  first.receive(message());
  first.edit({ type: "delete", nodes: ["y"] });
  const model = page();
  model.stored = first.entry();
  model.receive(message({ session: "two" }));
  assert.deepEqual(posts[posts.length - 1].events.map(({ event }) => event?.type), ["restore", "delete"]);
});

test("an entry holds all that brings the graph back", () => {
  const model = page();
  assert.equal(model.entry(), null);
  model.receive(message({
    automatic: false, variant: "step 13", openedByLink: "abc", forward: true, sweeps: [["z", 0]], lesson: 8,
    history: { past: { 7: "p" }, future: { 12: "g", 9: "f" } },
  }));
  model.command({ type: "undo" });
  const { document, ...entry } = model.entry() ?? {};
  assert.deepEqual(entry, {
    session: "one", pictured: "one 1", pending: [{ event: { type: "undo" } }], automatic: false, variant: "step 13", link: "abc", look: LOOK,
    forward: true, sweeps: [["z", 0]], picks: undefined, lesson: 8, history: { past: ["p"], future: ["f", "g"] },
    shows: model.look, step: 0,
  });
  assert.equal(document?.nodes.length, 4);
});

test("at first nothing is looked at beside the graph, and nobody has chosen how fast a descent goes", () => {
  const { look } = page();
  assert.deepEqual(look, {
    panel: "", stepping: false, local: false, bars: false, widths: false, number: "", exponent: -1,
    descent: { across: "", up: "", hold: false, frame: [], kind: 0 },
  });
});

test("Python is asked to go on as long as it has something in work, and no longer", () => {
  const model = page();
  model.receive(message());
  const progress = { text: "Computing", percent: 40 };
  model.edit({ type: "delete", nodes: ["y"] });
  model.receive(message({ revision: 2, base: 1, picture: {}, ack: 0, post: 1, progress }));
  assert.deepEqual(posts.map(({ post, events }) => [post, events.length]), [[1, 1], [2, 1]]);
  assert.deepEqual(model.picture.order, ["x", "s", "z"]); // as expected, until it is acknowledged
  model.receive(message({ revision: 3, base: 2, picture: {}, ack: 1, post: 2, progress }));
  assert.deepEqual(posts.map(({ events }) => events.length), [1, 1, 0]);
  model.receive(message({ revision: 4, base: 3, picture: {}, ack: 1, post: 3 }));
  model.receive(message({ revision: 4, base: 3, picture: {}, ack: 1, post: posts.length }));
  const sent = posts.length;
  mock.timers.tick(60_000);
  assert.equal(posts.length, sent);
});

test("a graph that is brought back in slices is handed over until Python has taken it up", () => {
  const model = page();
  model.receive(message());
  model.receive(message({ session: "later", revision: 1, base: 0 }));
  const before = posts.length;
  const progress = { text: "Computing", percent: 10 };
  model.receive(message({ session: "later", revision: 1, base: 0, ack: 0, post: posts.at(-1)?.post, progress }));
  assert.equal(posts.length, before + 1);
  assert.equal(posts.at(-1)?.events[0].event?.type, "restore");
});

test("a session that ends while the graph is brought back hands all of it to the next", () => {
  const first = page();
  first.receive(message());
  first.edit({ type: "delete", nodes: ["y"] });
  const model = page();
  model.stored = first.entry();
  const begun = posts.length;
  model.receive(message({ session: "two" }));
  model.receive(message({ session: "three" }));
  const sent = posts.slice(begun).map(({ session, events }) => [session, ...events.map(({ event }) => event?.type)]);
  assert.deepEqual(sent, [["two", "restore", "delete"], ["three", "restore", "delete"]]);
  assert.equal(model.entry(), null); // what is stored stays until it is brought back
});

test("until the graph is brought back, the one that was there stays in sight, and is worked on", () => {
  const model = page();
  model.receive(message());
  model.receive(message({ session: "two" }));
  model.edit({ type: "delete", nodes: ["y"] });
  assert.deepEqual(model.picture.order, ["x", "s", "z"]);
});

test("a graph that cannot be brought back is not written over", () => {
  const first = page();
  first.receive(message());
  const model = page();
  model.stored = first.entry();
  model.receive(message({ session: "two" }));
  told.length = 0;
  const refusals = [{ seq: 1, text: "no", node: "", line: 1, column: 1 }];
  model.receive(message({ session: "two", ack: 1, post: 1, revision: 2, refusals }));
  assert.deepEqual(told, ["lost", "show", "answer 1"]);
});

test("after a reload the panel that was open is asked for again, with what an earlier version did not know", () => {
  const first = page();
  first.receive(message());
  first.lookAt({ panel: "check", exponent: -3 });
  const model = page();
  model.stored = first.entry();
  if (model.stored?.shows) Reflect.deleteProperty(model.stored.shows, "bars");
  model.receive(message({ session: "two" }));
  const { look } = posts[posts.length - 1];
  assert.deepEqual([look?.panel, look?.exponent, look?.bars], ["check", -3, false]);
});

test("what no server takes is refused, and stays out of the outbox", () => {
  const model = page();
  model.receive(message());
  const typed = "é".repeat(5_000_000);
  assert.equal(model.edit({ type: "set value", node: "x", value: typed }), 0);
  assert.equal(model.command({ type: "open", text: typed }), 0);
  assert.deepEqual([model.outbox.pending, told.slice(-2)], [[], Array(2).fill("That is too large to be taken in.")]);
});

test("a graph is laid out anew for a really other viewport, as beside a panel or above one, and for no line of text", () => {
  const model = page();
  model.receive(message());
  /** @param {[number, number]} viewport */
  const arranged = (viewport, isHeld = false) => {
    model.haveViewport(viewport, { isOtherWindow: false, isHeld });
    const last = model.outbox.pending.at(-1);
    return last?.type === "arrange" && last.viewport === viewport;
  };
  assert.equal(arranged([364, 370]), false); // the first, for which it came
  assert.equal(arranged([358, 310]), false);
  assert.equal(arranged([364, 174]), true); // a panel below it
  assert.equal(arranged([364, 180]), false);
  assert.equal(arranged([364, 230]), true); // line by line
  assert.equal(arranged([200, 230]), true);
  assert.equal(arranged([364, 230], true), false); // as somebody wants to see it
});
