import assert from "node:assert/strict";
import test, { beforeEach, mock } from "node:test";

import { thumbnailOf } from "../../components/canvas/model/graph/thumbnail.js";
import { GraphRecorder } from "../../components/canvas/model/kept/graph_recorder.js";
import { LARGEST_CHARACTERS, MOST_GRAPHS, MyGraphs } from "../../components/canvas/model/kept/my_graphs.js";
import { node, picture } from "./pictures.js";

/** @param {number} value @param {number} [x] */
const documentOf = (value, x = 0) => ({
  format: "f", version: 2, edges: [], output: null, blocks: [],
  nodes: [{ id: "n1", op: "Input", name: "x", value, parameters: {}, position: [x, 0] }],
});

/** @param {number} [most] characters that it holds */
function store(most = Infinity) {
  /** @type {Map<string, string>} */
  const held = new Map();
  return {
    held,
    keys: () => [...held.keys()],
    get: (/** @type {string} */ key) => held.get(key) ?? null,
    set: (/** @type {string} */ key, /** @type {string} */ text) => {
      const others = [...held].filter(([other]) => other !== key).reduce((sum, [, each]) => sum + each.length, 0);
      if (others + text.length > most) return false;
      held.set(key, text);
      return true;
    },
    remove: (/** @type {string} */ key) => void held.delete(key),
  };
}

/** @param {ReturnType<typeof store>} local */
function graphsIn(local) {
  let time = 0;
  return new MyGraphs(local, () => (time += 1));
}

/** @param {MyGraphs} graphs */
const idsIn = (graphs) => graphs.list().graphs.map(({ id }) => id);

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

test("the last twenty are kept, the latest first; a name keeps one longer than those without", () => {
  const graphs = graphsIn(store());
  for (let place = 0; place < MOST_GRAPHS; place += 1) graphs.keep({ id: `g${place}`, formula: "x", document: documentOf(place) });
  graphs.rename("g0", "  mine ");
  for (const place of [30, 31]) graphs.keep({ id: `g${place}`, formula: "x", document: documentOf(place) });
  const ids = idsIn(graphs);
  assert.equal(ids.length, MOST_GRAPHS);
  assert.deepEqual([ids.slice(0, 2), ids.slice(-2)], [["g31", "g30"], ["g3", "g0"]]);
  assert.equal(graphs.list().graphs.at(-1)?.name, "mine");
});

test("the same graph is kept once, wherever its nodes stand; under its name if it has one", () => {
  const graphs = graphsIn(store());
  graphs.keep({ id: "a", formula: "x", document: documentOf(1) });
  graphs.keep({ id: "b", formula: "x", document: documentOf(1, 50) });
  assert.deepEqual(idsIn(graphs), ["b"]);
  graphs.rename("b", "mine");
  graphs.keep({ id: "c", formula: "x", document: documentOf(2) });
  graphs.keep({ id: "d", formula: "x", document: documentOf(1) });
  assert.deepEqual(graphs.list().graphs.map(({ id, name }) => [id, name]), [["b", "mine"], ["c", ""]]);
});

test("one that changes keeps its place in the list and its name", () => {
  const graphs = graphsIn(store());
  graphs.keep({ id: "a", formula: "x", document: documentOf(1) });
  graphs.rename("a", "mine");
  graphs.keep({ id: "a", formula: "y", document: documentOf(2) });
  assert.deepEqual(graphs.list().graphs.map(({ id, name, formula }) => [id, name, formula]), [["a", "mine", "y"]]);
});

test("what was deleted can be put back as it was", () => {
  const graphs = graphsIn(store());
  graphs.keep({ id: "a", formula: "x", document: documentOf(1) });
  const [graph] = graphs.list().graphs;
  graphs.remove("a");
  assert.deepEqual(idsIn(graphs), []);
  graphs.putBack(graph);
  assert.deepEqual(graphs.list().graphs, [graph]);
});

test("what is malformed is counted, and keeps nothing else from being listed", () => {
  const local = store();
  const graphs = graphsIn(local);
  graphs.keep({ id: "a", formula: "x", document: documentOf(1) });
  const good = JSON.parse(local.held.get("backprop-playground-graph:a") ?? "");
  const [sound] = documentOf(1).nodes;
  const bad = [
    "{", "null", "5", "[]", "{}", JSON.stringify({ ...good, name: 5 }), JSON.stringify({ ...good, time: "x" }), JSON.stringify({ ...good, lesson: [] }),
    JSON.stringify({ ...good, document: 5 }), JSON.stringify({ ...good, document: { nodes: [], edges: [] } }),
    JSON.stringify({ ...good, document: { nodes: [{ ...sound, position: ["<b>", 0] }], edges: [] } }),
    JSON.stringify({ ...good, document: { nodes: [{ ...sound, position: null }], edges: [] } }),
    JSON.stringify({ ...good, document: { nodes: Array(501).fill(sound), edges: [] } }),
    JSON.stringify({ ...good, document: { nodes: [sound], edges: [5] } }),
  ];
  bad.forEach((text, place) => local.held.set(`backprop-playground-graph:bad${place}`, text));
  assert.deepEqual([idsIn(graphs), graphs.list().unreadable], [["a"], bad.length]);
});

test("where there is no room the oldest goes, what cannot be read before it; where nothing is left, it is said", () => {
  const size = JSON.stringify({ name: "", formula: "x", time: 1, document: documentOf(1) }).length;
  const local = store(2 * size + 10);
  const graphs = graphsIn(local);
  local.held.set("backprop-playground-graph:bad", "{");
  for (const id of ["a", "b"]) assert.equal(graphs.keep({ id, formula: "x", document: documentOf(id.length, 1) }), "kept");
  assert.equal(graphs.keep({ id: "c", formula: "x", document: documentOf(3) }), "kept");
  assert.equal(graphs.keep({ id: "d", formula: "x", document: documentOf(4) }), "kept");
  assert.deepEqual([idsIn(graphs), graphs.list().unreadable], [["d", "c"], 0]);
  assert.equal(graphs.keep({ id: "e", formula: "x".repeat(300), document: documentOf(5) }), "full");
  local.set = () => false; // a browser that stores nothing
  assert.equal(graphs.keep({ id: "f", formula: "x", document: documentOf(6) }), "full");
});

test("a graph that is too large is kept by a file alone", () => {
  const graphs = graphsIn(store());
  const large = { ...documentOf(1), nodes: [{ ...documentOf(1).nodes[0], value: "9".repeat(LARGEST_CHARACTERS) }] };
  assert.equal(graphs.keep({ id: "a", formula: "x", document: large }), "too large");
  assert.deepEqual(idsIn(graphs), []);
});

// What is noted ---------------------------------------------------------------------------------------------------

function recorder(graphs = graphsIn(store())) {
  let ids = 0;
  return { graphs, recorder: new GraphRecorder(graphs, () => `id${(ids += 1)}`) };
}

/** @param {number} value @param {number} [opening] */
const shown = (value, opening = 1) => picture([node("x", "Input", { value })], [], { document: opening, formula: `x = ${value}` });

test("a graph that was only opened is not noted; a changed one is, once after a while, and at once when asked for", () => {
  const { graphs, recorder: notes } = recorder();
  notes.see(shown(2));
  mock.timers.tick(10_000);
  assert.deepEqual(idsIn(graphs), []);
  for (const value of [3, 4, 5]) notes.see(shown(value));
  assert.deepEqual(idsIn(graphs), []);
  mock.timers.tick(2000);
  assert.deepEqual(graphs.list().graphs.map(({ formula }) => formula), ["x = 5"]);
  notes.see(shown(6));
  assert.equal(notes.noteNow(), "kept");
  assert.deepEqual(graphs.list().graphs.map(({ formula }) => formula), ["x = 6"]);
});

test("another opening is another graph, and the one before is noted as it was left", () => {
  const { graphs, recorder: notes } = recorder();
  notes.see(shown(2));
  notes.see(shown(3));
  notes.see(shown(9, 2));
  assert.deepEqual(graphs.list().graphs.map(({ formula }) => formula), ["x = 3"]);
  notes.see(shown(10, 2));
  notes.see(shown(4)); // undo leads back, and it goes on
  notes.note();
  assert.deepEqual(graphs.list().graphs.map(({ id, formula }) => [id, formula]), [["id1", "x = 4"], ["id2", "x = 10"]]);
});

test("what a formula or an emptied canvas puts in the place of a graph is another one", () => {
  const { graphs, recorder: notes } = recorder();
  /** @param {string} id @param {number} value */
  const of = (id, value) => picture([node("x", "Input", { value }), node(id, "Square")], [], { document: 1, formula: `${id} of ${value}` });
  notes.see(of("s", 1));
  notes.see(of("s", 2));
  notes.see(of("t", 2)); // another op in its place
  notes.see(of("t", 3));
  notes.see(picture([], [], { document: 1 }));
  notes.see(of("u", 3));
  notes.note();
  assert.deepEqual(graphs.list().graphs.map(({ formula }) => formula), ["u of 3", "t of 3", "s of 2"]);
});

test("after a reload a graph goes on as the one it was; an empty one is none", () => {
  const { graphs, recorder: notes } = recorder();
  notes.see(shown(2));
  assert.deepEqual(notes.recorded, { id: "id1", isChanged: false });
  notes.see(shown(3));
  notes.note();
  const { recorded = null } = notes;
  const again = recorder(graphs).recorder;
  again.begin(recorded);
  again.see(shown(4, 7));
  again.note();
  assert.deepEqual(graphs.list().graphs.map(({ id, formula }) => [id, formula]), [["id1", "x = 4"]]);
  again.see(picture([], [], { document: 7 }));
  again.note();
  assert.deepEqual(graphs.list().graphs.map(({ formula }) => formula), ["x = 4"]);
});

test("a small picture holds every node and wire, as paths alone", () => {
  const nodes = [{ id: "a", op: "Input", position: [0, 0] }, { id: "b", op: "Square", position: [200, 100] }];
  const edges = [{ from: "a", to: "b" }, { from: "gone", to: "b" }];
  assert.deepEqual(thumbnailOf({ nodes, edges }), {
    viewBox: "-85 -58 370 216", wires: "M0 0L200 100", inputs: "M-55 -28h110v56h-110z", ops: "M145 72h110v56h-110z",
  });
});

test("a lesson's graph is kept with the lesson's title, and with its key where no other holds the lesson", () => {
  const { graphs, recorder: notes } = recorder();
  const asked = { key: "used_twice", title: "Used twice", question: "1 or 2?" };
  /** @param {number} value @param {object} [more] */
  const of = (value, more) => ({ ...shown(value), lesson: { ...asked, ...more } });
  notes.see(of(2));
  notes.note();
  assert.deepEqual(idsIn(graphs), []); // it was only opened
  notes.see(of(3));
  notes.note();
  assert.deepEqual(graphs.list().graphs.map(({ lesson, document }) => [lesson, document.lesson]), [["Used twice", "course:used_twice"]]);
  graphs.rename("id1", "mine");
  notes.see(of(4, { carried: "eNo" }));
  notes.note();
  assert.deepEqual(graphs.list().graphs.map(({ name, lesson, document }) => [name, lesson, document.lesson]), [["mine", "Used twice", "eNo"]]);
});
