import assert from "node:assert/strict";
import test from "node:test";

import { StepPosition, candidateAt } from "../../components/canvas/model/step_position.js";
import { lesson } from "./pictures.js";

/** @typedef {import("../../components/canvas/model/types/panel_types.js").Step} Step */
/** @typedef {import("../../components/canvas/model/types/panel_types.js").Steps} Steps */
/** @typedef {import("../../components/canvas/model/types/picture_types.js").Picture} Picture */

/** @param {Partial<Step>} more @returns {Step} */
function step(more) {
  return {
    kind: "forward", node: "s", name: "s", generation: 0, sweep: 1, op: "Square", caption: "", slips: [], formulas: [],
    spoken: [], flow: [], gives: {}, waiting: [], lines: [], ...more,
  };
}

/** Steps that compute s, then z, then bring z's grad and s's. @param {Partial<Steps>} [more] @returns {Steps} */
function steps(more) {
  return {
    base: { s: { data: "—", grad: "—" }, z: { data: "—", grad: "—" } },
    hidden: {}, forward: 2, begin: "Before.", generations: {}, ledgers: {}, methods: {}, count: 4,
    sources: { forward: { first: 1, lines: [] }, backward: { first: 1, lines: [] } },
    steps: {
      1: step({ gives: { s: { data: "4" } } }),
      2: step({ gives: { z: { data: "7" } } }),
      3: step({ kind: "seed", gives: { z: { data: "7", grad: "1" } } }),
      4: step({ kind: "backward", gives: { s: { data: "4", grad: "1", arrived: "1 of 2" } }, waiting: ["s", "z"] }),
    },
    ...more,
  };
}

/** @param {Partial<Picture>} [more] @returns {Picture} */
const stepped = (more) => ({ ...lesson(), steps: steps(), ...more });

/** Somebody who steps, at a position. @param {number} position */
function at(position) {
  const where = new StepPosition();
  where.setOpen(true);
  where.follow(stepped());
  where.go(position);
  return where;
}

/** @param {Picture} picture @param {string} id */
const shows = ({ nodes }, id) => [nodes[id].data, nodes[id].grad, nodes[id].arrived];

test("who does not step sees the picture as it is", () => {
  const where = new StepPosition();
  const picture = stepped();
  assert.equal(where.follow(picture), picture);
  assert.deepEqual([where.count, where.step, where.steps], [0, undefined, null]);
});

test("from step to step all stays the same object but the nodes that the step gives something to", () => {
  const picture = stepped({ widths: { low: 0, high: 1 } });
  const where = at(0);
  const shown = [0, 1, 2, 3, 2].map((position) => {
    where.go(position);
    return where.follow(picture);
  });
  const changed = shown.slice(1).map((now, index) => now.order.filter((id) => now.nodes[id] !== shown[index].nodes[id]));
  assert.deepEqual(changed, [["s"], ["z"], ["z"], ["z"]]);
  assert.ok(shown.every(({ edges }) => edges === shown[0].edges && edges !== picture.edges));
  assert.deepEqual(shows(shown[4], "z"), ["7", "—", undefined]);
});

test("before the first step nothing is computed, and inputs are as they are", () => {
  const picture = at(0).follow(stepped({ faults: { z: { right: "1", why: "", step: 1, rule: "" } } }));
  assert.deepEqual(shows(picture, "s"), ["—", "—", undefined]);
  assert.deepEqual(shows(picture, "x"), ["1", "—", undefined]);
  assert.equal(picture.faults, undefined);
});

test("every step gives what it gives, and what was given stays", () => {
  assert.deepEqual(shows(at(1).follow(stepped()), "s"), ["4", "—", undefined]);
  assert.deepEqual(shows(at(1).follow(stepped()), "z"), ["—", "—", undefined]);
  assert.deepEqual(shows(at(3).follow(stepped()), "z"), ["7", "1", undefined]);
  assert.deepEqual(shows(at(3).follow(stepped()), "s"), ["4", "—", undefined]);
});

test("what comes next is not looked at where a class is asked for it", () => {
  const where = at(1);
  where.last = 2;
  where.follow(stepped());
  where.go(4);
  assert.equal(where.position, 2);
  assert.deepEqual(shows(where.follow(stepped()), "z"), ["7", "—", undefined]); // and it is not the end
  where.last = null;
  where.go(4);
  assert.equal(where.position, 4);
});

test("at the end the weights are what the update makes of them, all others what they are", () => {
  const picture = stepped({ steps: steps({ count: 5, steps: {
    ...steps().steps, 5: step({ kind: "update", node: "x", gives: { x: { data: "0.76" } } }),
  } }) });
  const where = at(4);
  where.follow(picture);
  where.go(5);
  const shown = where.follow(picture);
  assert.deepEqual([shown.nodes.x.data, shown.nodes.s.data], ["0.76", picture.nodes.s.data]);
});

test("in the middle nothing is said of a node that only the end shows", () => {
  const picture = stepped();
  picture.nodes.s = { ...picture.nodes.s, bar: 1, size: "10", message: "It waits." };
  const { bar, size, message } = at(2).follow(picture).nodes.s;
  assert.deepEqual([bar, size, message], [undefined, undefined, undefined]);
  assert.equal(at(4).follow(picture).nodes.s.message, "It waits.");
});

test("at the end the numbers are those of the graph, with who has arrived", () => {
  const picture = at(4).follow(stepped({ faults: { z: { right: "1", why: "", step: 1, rule: "" } } }));
  assert.deepEqual(shows(picture, "s"), ["1", "—", "1 of 2"]);
  assert.ok(picture.faults);
});

test("the position stays within the steps, and tells whether it went one on", () => {
  const where = at(2);
  where.go(3);
  assert.deepEqual([where.position, where.moved], [3, true]);
  where.go(2);
  assert.equal(where.moved, false);
  where.go(9);
  assert.deepEqual([where.position, where.moved, where.isAtEnd], [4, false, true]);
  where.go(-1);
  assert.equal(where.position, 0);
  assert.equal(at(3).step?.kind, "seed");
});

test("another graph begins before its first step, the same one stays where it was", () => {
  const where = at(3);
  where.follow(stepped());
  assert.equal(where.position, 3);
  where.follow(stepped({ document: 2 }));
  assert.equal(where.position, 0);
});

test("opened anew, the same graph begins before its first step", () => {
  const where = at(3);
  where.setOpen(true);
  where.follow(stepped());
  assert.equal(where.position, 3);
  where.setOpen(false);
  where.setOpen(true);
  where.follow(stepped());
  assert.equal(where.position, 0);
});

test("where there are fewer steps, position and play end with them", () => {
  const where = at(1);
  where.until = 4;
  where.follow(stepped({ steps: steps({ count: 2 }) }));
  assert.deepEqual([where.position, where.until], [1, 2]);
  where.go(2);
  where.follow(stepped({ steps: steps({ count: 2 }) }));
  assert.deepEqual([where.until, where.isPlaying], [null, false]);
  const last = at(4);
  last.follow(stepped({ steps: steps({ count: 2 }) }));
  assert.equal(last.position, 2);
});

test("steps of a graph that has changed since are not shown, and the play rests", () => {
  const where = at(2);
  where.until = 4;
  const picture = stepped({ steps: { stale: true } });
  assert.equal(where.follow(picture), picture);
  assert.deepEqual([where.steps, where.until, where.count], [null, null, 0]);
});

test("after a pick the position goes to the new end, once there are other steps", () => {
  const where = at(4);
  where.goToNextEnd();
  assert.equal(where.moved, true);
  where.follow(stepped());
  assert.equal(where.position, 4);
  where.follow(stepped({ steps: steps({ count: 5, steps: { ...steps().steps, 5: step({}) } }) }));
  assert.equal(where.position, 5);
  where.go(1);
  where.follow(stepped());
  assert.equal(where.position, 1); // once only
});

test("where choosing begins anew the position goes to the end, however many steps there are", () => {
  const where = at(1);
  where.goToNextEnd({ anew: true });
  where.follow(stepped());
  assert.equal(where.position, 4);
});

test("one that waits may be picked at the end of the steps, if the class picks", () => {
  const picks = stepped({ picking: true });
  assert.deepEqual(at(4).candidates(picks), ["s", "z"]);
  assert.deepEqual(at(3).candidates(picks), []);
  assert.deepEqual(at(4).candidates(stepped()), []);
  const closed = at(4);
  closed.setOpen(false);
  assert.deepEqual(closed.candidates(picks), []);
});

test("a click on a block picks the only one that waits in it", () => {
  const block = { name: "b", nodes: ["s", "t"], open: false, inputs: [], outputs: [], frame: [] };
  const picture = { ...lesson(), blocks: { b: block } };
  assert.equal(candidateAt(picture, "z", ["s", "z"]), "z");
  assert.equal(candidateAt(picture, "b", ["s", "z"]), "s");
  assert.equal(candidateAt(picture, "b", ["s", "t"]), undefined);
  assert.equal(candidateAt(picture, "x", ["s"]), undefined);
});

test("who closes the steps before Python has answered does not go to the end later", () => {
  const where = at(1);
  where.goToNextEnd({ anew: true });
  where.setOpen(false);
  where.setOpen(true);
  where.follow(stepped());
  assert.equal(where.position, 0);
});

test("the end of no steps is reached at once", () => {
  const where = at(0);
  where.goToNextEnd({ anew: true });
  where.follow(stepped({ steps: steps({ count: 0, steps: {} }) }));
  where.follow(stepped());
  assert.equal(where.position, 0);
});

/** A page of a hundred steps, of which one takes sixteen. @param {number} after @returns {Picture} */
const paged = (after) => {
  const count = Math.min(16, 100 - after);
  const numbered = Array.from({ length: count }, (_, place) =>
    [String(place + 1), step({ caption: `${after + place + 1}`, gives: { s: { data: `${after + place + 1}` } } })]);
  return stepped({
    steps: steps({
      base: { s: { data: String(after) }, z: { arrived: after ? "1 of 2" : undefined } }, steps: Object.fromEntries(numbered),
      count, after, total: 100, forward: 40,
    }),
  });
};

/** Go from step to step; a page that is asked for comes two steps later. @param {number} from @param {number} by */
function walk(from, by) {
  const where = new StepPosition();
  where.setOpen(true);
  where.follow(paged(0));
  where.go(from);
  /** @type {number | null} */
  let asked = null;
  let [late, asks] = [0, 0];
  const ask = () => {
    if (asked !== null || where.wantedPage === null) return;
    [asked, late, asks] = [where.wantedPage, 0, asks + 1];
  };
  ask();
  const seen = [];
  for (let turn = 0; turn < 300; turn += 1) {
    if (asked !== null && (late += 1) > 2) {
      where.follow(paged(asked));
      asked = null;
      ask();
    }
    if (!where.has(where.position)) continue; // it waits for its page
    seen.push(where.step ? Number(where.step.caption) : where.position);
    assert.equal(shows(where.follow(paged(where.after)), "s")[0], where.isAtEnd ? lesson().nodes.s.data : String(where.position));
    if (by > 0 ? where.isAtEnd : where.position === 0) break;
    where.go(where.position + by);
    ask();
  }
  return { seen, asks };
}

test("from page to page every step is shown once and in order, on the way there and back", () => {
  const numbers = Array.from({ length: 101 }, (_, number) => number);
  const there = walk(0, 1);
  assert.deepEqual(there.seen, numbers);
  assert.ok(there.asks < 20);
  const back = walk(100, -1);
  assert.deepEqual(back.seen, numbers.reverse());
  assert.ok(back.asks < 30);
});

test("where all steps are here no page is wanted, and of several all are counted", () => {
  assert.equal(at(4).wantedPage, null);
  const where = at(0);
  where.follow(paged(0));
  assert.deepEqual([where.count, where.wantedPage, where.has(16), where.has(17)], [100, null, true, false]);
  where.go(100);
  assert.equal(where.step, undefined);
  assert.ok((where.wantedPage ?? 0) > 84);
});

test("at the end who arrived on earlier pages is shown too", () => {
  const where = at(0);
  where.follow(paged(84));
  where.go(100);
  assert.equal(where.follow(paged(84)).nodes.z.arrived, "1 of 2");
});
