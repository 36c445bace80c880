/**
 * Ways around: a wire that leads back to the next line of nodes, or whose curve would run under a node, goes through
 * the gaps between them instead.
 *
 * @typedef {import("../model/types/picture_types.js").Point} Point
 * @typedef {import("../model/types/picture_types.js").Bounds} Bounds
 *
 * @typedef {object} DrawnWire a wire, with its two ends and the curve that it has without a way around
 * @property {string} id
 * @property {string} source what it comes from: wires of one output share their way
 * @property {Point} from
 * @property {Point} to
 * @property {readonly Point[]} curve empty where only a wire that leads back goes around
 *
 * @typedef {DrawnWire & {leaves: number, enters: number}} Detour how far from its ends it turns
 * @typedef {{top: number, bottom: number}} Gap
 */

/** A wire that leads less far to the right than this has no room for its curve. */
const LEAST_ADVANCE = 24;
/** From a node's border to where a wire turns, and between the turns of wires beside each other. */
const LEAVES = { first: 13, step: 6, count: 4 };
const ENTERS = { first: 18, step: 6, count: 3 };
/** Between a node and a wire that passes it. */
const CLEARANCE = 7;
/** Between wires in a gap that is open on one side. */
const TRACK = 10;
const THROUGH_A_NODE = 10_000;
const CORNER = 10;

/**
 * The ways of those wires that go around, by their ids: the corners, both ends among them.
 * @param {readonly DrawnWire[]} wires
 * @param {readonly Bounds[]} nodes
 * @returns {Map<string, Point[]>}
 */
export function detoursOf(wires, nodes) {
  const detours = inTracks(wires.filter((wire) => needsDetour(wire, nodes)));
  /** Which sources go through which gap. @type {Map<string, {gap: Gap, sources: string[], ids: string[]}>} */
  const used = new Map();
  for (const wire of detours) {
    const gap = bestGap(wire, nodes);
    const key = `${gap.top} ${gap.bottom}`;
    const entry = used.get(key) ?? { gap, sources: [], ids: [] };
    used.set(key, entry);
    if (!entry.sources.includes(wire.source)) entry.sources.push(wire.source);
    entry.ids.push(wire.id);
  }
  const byId = new Map(detours.map((wire) => [wire.id, wire]));
  /** @type {Map<string, Point[]>} */
  const ways = new Map();
  for (const { gap, sources, ids } of used.values()) {
    for (const id of ids) {
      const wire = /** @type {Detour} */ (byId.get(id));
      ways.set(id, cornersOf(wire, heightIn(gap, sources.indexOf(wire.source), sources.length)));
    }
  }
  return ways;
}

/**
 * @param {DrawnWire} wire
 * @param {readonly Bounds[]} nodes
 */
function needsDetour({ from, to, curve }, nodes) {
  if (to.x - from.x < LEAST_ADVANCE) return true;
  return curve.some(({ x, y }) => x > from.x + 2 && x < to.x - 2
    && nodes.some(({ left, right, top, bottom }) => x > left && x < right && y > top && y < bottom));
}

/**
 * Let wires of different outputs turn beside each other.
 * @param {readonly DrawnWire[]} wires
 * @returns {Detour[]}
 */
function inTracks(wires) {
  const sources = [...new Set(wires.map(({ source }) => source))];
  return wires.map((wire) => {
    const track = sources.indexOf(wire.source);
    return {
      ...wire,
      leaves: wire.from.x + LEAVES.first + LEAVES.step * (track % LEAVES.count),
      enters: wire.to.x - ENTERS.first - ENTERS.step * (track % ENTERS.count),
    };
  });
}

/**
 * The gap between nodes through which a wire has the shortest way, and runs under as few as possible.
 * @param {Detour} wire
 * @param {readonly Bounds[]} nodes
 * @returns {Gap}
 */
function bestGap(wire, nodes) {
  const { from, to, leaves, enters } = wire;
  const [left, right] = [Math.min(leaves, enters), Math.max(leaves, enters)];
  const between = nodes.filter((node) => node.right + CLEARANCE > left && node.left - CLEARANCE < right)
    .sort((one, other) => one.top - other.top);
  /** @type {Gap[]} */
  const gaps = [];
  let above = -Infinity;
  for (const { top, bottom } of between) {
    if (top - above > 2 * CLEARANCE) gaps.push({ top: above, bottom: top });
    above = Math.max(above, bottom);
  }
  gaps.push({ top: above, bottom: Infinity });
  let [best, least] = [gaps[0], Infinity];
  // What stands in the way of its two upright lines, looked for once and not for every gap.
  const lines = [[leaves, from.y], [enters, to.y]].map(([x, end]) =>
    ({ end, standing: nodes.filter((node) => x > node.left && x < node.right) }));
  for (const gap of gaps) {
    const y = heightIn(gap, 0, 1);
    const hits = lines.filter(({ end, standing }) => isCrossed(y, end, standing)).length;
    const length = Math.abs(y - from.y) + Math.abs(y - to.y) + THROUGH_A_NODE * hits;
    if (length < least) [best, least] = [gap, length];
  }
  return best;
}

/**
 * Whether an upright line runs under a node.
 * @param {number} y
 * @param {number} end
 * @param {readonly Bounds[]} standing the nodes above and below the line
 */
function isCrossed(y, end, standing) {
  const [top, bottom] = [Math.min(y, end), Math.max(y, end)];
  return standing.some((node) => bottom > node.top && top < node.bottom);
}

/**
 * Where in a gap the wires of one of several sources run.
 * @param {Gap} gap
 * @param {number} index
 * @param {number} count
 */
function heightIn({ top, bottom }, index, count) {
  if (top === -Infinity && bottom === Infinity) return index * TRACK;
  if (top === -Infinity) return bottom - CLEARANCE - (index + 1) * TRACK;
  if (bottom === Infinity) return top + CLEARANCE + (index + 1) * TRACK;
  return top + CLEARANCE + (bottom - top - 2 * CLEARANCE) * (index + 1) / (count + 1);
}

/**
 * @param {Detour} wire
 * @param {number} y
 * @returns {Point[]}
 */
function cornersOf({ from, to, leaves, enters }, y) {
  return [from, { x: leaves, y: from.y }, { x: leaves, y }, { x: enters, y }, { x: enters, y: to.y }, to];
}

/**
 * Draw a way with round corners, without its ink.
 * @param {{moveTo: (x: number, y: number) => void, lineTo: (x: number, y: number) => void,
 *   arcTo: (x1: number, y1: number, x2: number, y2: number, radius: number) => void}} path
 * @param {readonly Point[]} corners
 */
export function traceWay(path, corners) {
  path.moveTo(corners[0].x, corners[0].y);
  for (let index = 1; index < corners.length - 1; index += 1) {
    const [before, corner, after] = corners.slice(index - 1, index + 2);
    const room = Math.min(lengthOf(before, corner), lengthOf(corner, after)) / 2;
    path.arcTo(corner.x, corner.y, after.x, after.y, Math.min(CORNER, room));
  }
  const end = corners[corners.length - 1];
  path.lineTo(end.x, end.y);
}

/**
 * The point at a share of a way, from 0 to 1.
 * @param {readonly Point[]} corners
 * @param {number} share
 * @returns {Point}
 */
export function pointOnWay(corners, share) {
  const lengths = corners.slice(1).map((corner, index) => lengthOf(corners[index], corner));
  let left = Math.max(0, Math.min(share, 1)) * lengths.reduce((sum, length) => sum + length, 0);
  for (const [index, length] of lengths.entries()) {
    if (left <= length && length > 0) {
      const [start, end] = [corners[index], corners[index + 1]];
      return { x: start.x + (end.x - start.x) * left / length, y: start.y + (end.y - start.y) * left / length };
    }
    left -= length;
  }
  return corners[corners.length - 1];
}

/** @param {Point} one @param {Point} other */
function lengthOf(one, other) {
  return Math.hypot(other.x - one.x, other.y - one.y);
}
