/**
 * Where a new node stands that nobody has dropped at a place, and where copies go: on free ground.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {import("../types/picture_types.js").Point} Point
 * @typedef {Point & {width?: number, height?: number}} Placed a node's centre, and its size once it is drawn
 */

import { describeOp, isWired, portsOf } from "./picture.js";

const SPIRAL_STEP = 40;
const SPIRAL_TRIES = 400;
/** How often where the whole ground is searched. */
const TRIES_ON_THE_GROUND = 2500;
/** Between a new node and those that are there. */
const GAP = { x: 32, y: 14 };
/** Of larger parts the copy goes below everything. */
const LARGEST_TO_TRY = 40;

/**
 * Find a free place: where a hand would put the node, else near there, else near the middle of the view; and where
 * nothing in view is free, the nearest place outside.
 * @param {object} stage
 * @param {Picture} stage.picture
 * @param {string | undefined} stage.op
 * @param {ReadonlySet<string>} stage.selected
 * @param {(id: string) => Placed} stage.placeOf where a node is drawn
 * @param {Point & {width: number}} stage.view its middle and its width, in graph units
 * @param {(place: Point) => boolean} stage.shows whether a node at a place is in view
 * @returns {Point}
 */
export function freePlace({ picture, op, selected, placeOf, view, shows }) {
  const { node } = picture.settings;
  const taken = picture.order.map(placeOf);
  /** @param {Point} place */
  const isFree = (place) => isClear({ ...place, ...node }, taken, node);
  /** @param {Point} place */
  const isFreeInView = (place) => shows(place) && isFree(place);
  const wanted = wantedPlace({ picture, op, selected, placeOf, view });
  const middle = { x: view.x, y: view.y };
  return (wanted && shows(wanted) && nearest(wanted, isFreeInView)) || nearest(middle, isFreeInView)
    || nearest(middle, isFree, TRIES_ON_THE_GROUND) || belowAll(taken, view.x, node.height);
}

/**
 * How far to move copies so that none stands on a node: as little as possible.
 * @param {readonly Placed[]} originals where those stand that were copied
 * @param {readonly Placed[]} taken where all nodes stand
 * @param {{width: number, height: number}} size of a node that is not drawn yet
 * @returns {Point}
 */
export function freeShift(originals, taken, size) {
  /** @param {Point} shift */
  const isFree = (shift) => originals.every((each) =>
    isClear({ ...size, ...each, x: each.x + shift.x, y: each.y + shift.y }, taken, size));
  const found = originals.length <= LARGEST_TO_TRY ? nearest({ x: 0, y: 0 }, isFree, TRIES_ON_THE_GROUND) : null;
  if (found) return found;
  const top = Math.min(...originals.map(({ y }) => y));
  return { x: 0, y: belowAll(taken, 0, size.height).y - top };
}

/**
 * Whether a node would stand clear of all others.
 * @param {Required<Placed>} node
 * @param {readonly Placed[]} taken
 * @param {{width: number, height: number}} size
 */
function isClear(node, taken, size) {
  return taken.every(({ x, y, width = size.width, height = size.height }) =>
    Math.abs(x - node.x) >= (width + node.width) / 2 + GAP.x || Math.abs(y - node.y) >= (height + node.height) / 2 + GAP.y);
}

/**
 * A place below all nodes.
 * @param {readonly Placed[]} taken
 * @param {number} x
 * @param {number} height
 * @returns {Point}
 */
function belowAll(taken, x, height) {
  const lowest = Math.max(...taken.map((each) => each.y + (each.height ?? height) / 2), 0);
  return { x, y: lowest + height / 2 + GAP.y };
}

/**
 * Graphs run from left to right: an op comes behind the selected node, and what is alike below.
 * @param {object} stage
 * @param {Picture} stage.picture
 * @param {string | undefined} stage.op
 * @param {ReadonlySet<string>} stage.selected
 * @param {(id: string) => Point} stage.placeOf
 * @param {Point & {width: number}} stage.view
 * @returns {Point | null}
 */
export function wantedPlace({ picture, op, selected, placeOf, view }) {
  const { column, row } = picture.settings.distances;
  if (op !== undefined && describeOp(picture, op).ports.length === 0) {
    const sources = picture.order.filter((id) => portsOf(picture, id).in.length === 0).map(placeOf);
    if (sources.length) {
      const lowest = sources.reduce((least, place) => (least.y > place.y ? least : place));
      return { x: lowest.x, y: lowest.y + row };
    }
    return picture.order.length ? null : { x: view.x - view.width / 3, y: view.y - row };
  }
  if (selected.size !== 1) return null;
  const [id] = selected;
  const { x, y } = placeOf(id);
  // The same op once more, while the first one is not wired, is meant for another input.
  const isAlike = picture.nodes[id].op === op && !isWired(picture, id);
  return isAlike ? { x, y: y + row } : { x: x + column, y };
}

/**
 * The first place on a square spiral outwards that will do.
 * @param {Point} start
 * @param {(place: Point) => boolean} isFree
 * @param {number} [most]
 * @returns {Point | null}
 */
function nearest(start, isFree, most = SPIRAL_TRIES) {
  let [x, y, dx, dy] = [0, 0, 0, -1];
  for (let tries = 0; tries < most; tries += 1) {
    const place = { x: start.x + x * SPIRAL_STEP, y: start.y + y * SPIRAL_STEP };
    if (isFree(place)) return place;
    if (x === y || (x < 0 && x === -y) || (x > 0 && x === 1 - y)) [dx, dy] = [-dy, dx];
    [x, y] = [x + dx, y + dy];
  }
  return null;
}
