import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { detoursOf, pointOnWay, traceWay } from "../../components/canvas/drawing/detours.js";

/** @typedef {import("../../components/canvas/model/types/picture_types.js").Point} Point */

/** A node as it stands on a grid of columns and rows. @param {number} column @param {number} row */
const boxAt = (column, row) => ({
  left: column * 252 - 90, right: column * 252 + 90, top: row * 120 - 47, bottom: row * 120 + 47,
});
/** @param {number} column @param {number} row */
const outOf = (column, row) => ({ x: column * 252 + 90, y: row * 120 });
/** @param {number} column @param {number} row */
const into = (column, row) => ({ x: column * 252 - 97, y: row * 120 });
/** @param {string} id @param {Point} from @param {Point} to @param {Point[]} [curve] */
const wire = (id, from, to, curve = []) => ({ id, source: id, from, to, curve });

const GRID = [0, 1, 2].flatMap((column) => [0, 1].map((row) => boxAt(column, row)));

/** @param {readonly Point[]} way @param {readonly {left: number, right: number, top: number, bottom: number}[]} nodes */
function runsUnder(way, nodes) {
  return Array.from({ length: 400 }, (_, step) => pointOnWay(way, step / 399)).some(({ x, y }) =>
    nodes.some(({ left, right, top, bottom }) => x > left && x < right && y > top && y < bottom));
}

test("a wire to the next line goes back between the lines, and under no node", () => {
  const way = detoursOf([wire("w", outOf(2, 0), into(0, 1))], GRID).get("w") ?? [];
  assert.deepEqual([way[0], way.at(-1)], [outOf(2, 0), into(0, 1)]);
  assert.ok(way[2].y > 47 && way[2].y < 73);
  assert.ok(!runsUnder(way, GRID));
});

test("a wire that leads on, clear of all nodes, keeps its curve", () => {
  const [from, to] = [outOf(0, 0), into(1, 0)];
  assert.equal(detoursOf([wire("w", from, to, [from, to])], GRID).size, 0);
});

test("a wire that would run under a node goes around it", () => {
  const [from, to] = [outOf(0, 0), into(2, 0)];
  const curve = Array.from({ length: 9 }, (_, step) => ({ x: from.x + (to.x - from.x) * step / 8, y: 0 }));
  const way = detoursOf([wire("w", from, to, curve)], GRID).get("w") ?? [];
  assert.equal(way.length, 6);
  assert.ok(!runsUnder(way, GRID));
});

test("wires of one output share their way; those of others run beside it", () => {
  const ways = detoursOf([
    { ...wire("one", outOf(2, 0), into(0, 1)), source: "a" },
    { ...wire("two", outOf(2, 0), into(1, 1)), source: "a" },
    { ...wire("three", outOf(2, 0), into(0, 1)), source: "b" },
  ], GRID);
  const heights = ["one", "two", "three"].map((id) => ways.get(id)?.[2].y);
  assert.equal(heights[0], heights[1]);
  assert.notEqual(heights[0], heights[2]);
  assert.notEqual(ways.get("one")?.[1].x, ways.get("three")?.[1].x);
});

test("where there is nothing but the two ends, it still goes back beside them", () => {
  const nodes = [boxAt(0, 0), boxAt(1, 0)];
  const way = detoursOf([wire("w", outOf(1, 0), into(0, 0))], nodes).get("w") ?? [];
  assert.ok(!runsUnder(way, nodes));
});

test("a point on a way is found by its share of the length", () => {
  const way = [{ x: 0, y: 0 }, { x: 30, y: 0 }, { x: 30, y: 10 }];
  assert.deepEqual(pointOnWay(way, 0), { x: 0, y: 0 });
  assert.deepEqual(pointOnWay(way, 0.5), { x: 20, y: 0 });
  assert.deepEqual(pointOnWay(way, 1), { x: 30, y: 10 });
  assert.deepEqual(pointOnWay([way[0], way[0]], 0.5), way[0]);
});

test("a way is drawn from end to end with round corners that fit between its turns", () => {
  /** @type {unknown[][]} */
  const drawn = [];
  /** @param {string} name @returns {(...given: number[]) => void} */
  const note = (name) => (...given) => void drawn.push([name, ...given]);
  traceWay({ moveTo: note("move"), lineTo: note("line"), arcTo: note("arc") },
    [{ x: 0, y: 0 }, { x: 40, y: 0 }, { x: 40, y: 8 }]);
  assert.deepEqual(drawn, [["move", 0, 0], ["arc", 40, 0, 40, 8, 4], ["line", 40, 8]]);
});

test("wires go around as they do on paper", () => {
  // `engine/picture/ways.py` finds the same ways: `tests/engine/picture/test_ways.py` reads the same file.
  const cases = JSON.parse(readFileSync(new URL("ways.json", import.meta.url), "utf-8"));
  /** @param {number[]} place */
  const point = ([x, y]) => ({ x, y });
  for (const { nodes, wires, ways } of cases) {
    const found = detoursOf(
      wires.map((/** @type {{source: string, from: number[], to: number[]}} */ { source, from, to }, /** @type {number} */ index) => ({
        id: String(index), source, from: point(from), to: point(to), curve: to[0] > from[0] ? levelCurve(point(from), point(to)) : [],
      })),
      nodes.map((/** @type {number[]} */ [left, top, right, bottom]) => ({ left, top, right, bottom })),
    );
    assert.deepEqual(Object.fromEntries([...found].map(([id, way]) => [id, way.map(({ x, y }) => [x, y])])), ways);
  }
});

/** The curve that vis-network draws between two ports. @param {Point} from @param {Point} to */
function levelCurve(from, to) {
  const level = 0.45 * (to.x - from.x);
  return Array.from({ length: 17 }, (_, step) => {
    const [share, rest] = [step / 16, 1 - step / 16];
    const weights = [rest ** 3, 3 * rest * rest * share, 3 * rest * share * share, share ** 3];
    const [xs, ys] = [[from.x, from.x + level, to.x - level, to.x], [from.y, from.y, to.y, to.y]];
    return { x: weights.reduce((sum, weight, index) => sum + weight * xs[index], 0), y: weights.reduce((sum, weight, index) => sum + weight * ys[index], 0) };
  });
}
