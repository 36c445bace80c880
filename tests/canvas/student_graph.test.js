/** Each tab of a student's device has a graph of its own, and may be in a room of its own; none takes another's away. */

import assert from "node:assert/strict";
import test from "node:test";

import { StudentGraph } from "../../components/canvas/room/student_graph.js";
import { node, picture as pictureOf } from "./pictures.js";

/** @typedef {import("../../components/canvas/model/types/room_types.js").RoomState} RoomState */

/** Storage is looked for where a browser has it. @param {"localStorage" | "sessionStorage"} name */
function provide(name) {
  /** @type {Map<string, string>} */
  const kept = new Map();
  const storage = new Proxy({}, { ownKeys: () => [...kept.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }), get: (_, key) => ({
    getItem: (/** @type {string} */ each) => kept.get(each) ?? null,
    setItem: (/** @type {string} */ each, /** @type {string} */ text) => void kept.set(each, text),
    removeItem: (/** @type {string} */ each) => void kept.delete(each),
  })[/** @type {"getItem"} */ (key)] });
  Object.defineProperty(globalThis, name, { value: storage, configurable: true });
  return kept;
}

/** A tab in a room, with a graph of one's own that is named. @param {string} code @param {string} own */
function tabIn(code, own) {
  provide("sessionStorage");
  const session = Object.getOwnPropertyDescriptor(globalThis, "sessionStorage");
  /** @type {string[]} */
  const opened = [];
  const question = { id: `q of ${code}`, kind: "number", graph: { name: `question of ${code}` } };
  const state = /** @type {RoomState} */ (/** @type {unknown} */ ({ role: "student", code, question, told: { question: question.id, phase: "open" }, you: {} }));
  const opening = {
    model: { picture: pictureOf([node(own, "Input")], []) }, holdAt: () => {},
    openQuestion: (/** @type {unknown} */ _, /** @type {{name: string}} */ graph) => opened.push(graph.name),
    open: (/** @type {{text: string}} */ { text }) => opened.push(JSON.parse(text).nodes[0].id),
  };
  const make = () => new StudentGraph(/** @type {any} */ (opening), () => state);
  const tab = { graph: make(), opened };
  /** @param {(tab: {graph: StudentGraph}) => void} act */
  const at = (act) => {
    Object.defineProperty(globalThis, "sessionStorage", /** @type {PropertyDescriptor} */ (session));
    act(tab);
  };
  return { at, opened, reload: () => at(() => {
    tab.graph = make();
  }) };
}

test("two tabs in two rooms have a graph each, also over a reload", () => {
  const device = provide("localStorage");
  const one = tabIn("kopabi", "mine");
  const other = tabIn("dogumi", "another");
  for (const tab of [one, other, one, other]) tab.at(({ graph }) => graph.follow()); // as often as something is told
  assert.deepEqual([one.opened, other.opened], [["question of kopabi"], ["question of dogumi"]]);
  one.reload();
  other.at(({ graph }) => graph.turn());
  one.at(({ graph }) => graph.follow());
  one.at(({ graph }) => graph.turn());
  assert.deepEqual([one.opened.at(-1), other.opened.at(-1)], ["mine", "another"]);
  assert.equal(one.opened.length, 2);
  assert.deepEqual([...device.keys()], []); // nothing is kept of what stands on the canvas again
});

test("who closes the tab beside a question finds the own graph in the next one", () => {
  const device = provide("localStorage");
  tabIn("kopabi", "mine").at(({ graph }) => graph.follow());
  const next = tabIn("kopabi", "question of kopabi"); // what stood there last
  next.at(({ graph }) => graph.follow());
  next.at(({ graph }) => graph.turn());
  assert.deepEqual(next.opened, ["question of kopabi", "mine"]);
  for (const code of ["bababa", "bebebe", "bibibi", "bobobo", "bububu"]) tabIn(code, code).at(({ graph }) => graph.follow());
  assert.ok(device.size <= 4); // of rooms that one has left for good no more is kept than of a few
});
