/**
 * Where a new node stands that nobody has dropped at a place.
 *
 * @typedef {import("./types.js").Picture} Picture
 * @typedef {import("./types.js").Point} Point
 */

import { describeOp, isWired, portsOf } from "./picture.js";

const SPIRAL_STEP = 40;
const SPIRAL_TRIES = 400;
/** Between a new node and those that are there. */
const GAP = { x: 32, y: 8 };

/**
 * Find a free place in view: where a hand would put the node, else near there, else near the middle of the view.
 * @param {object} stage
 * @param {Picture} stage.picture
 * @param {string | undefined} stage.op
 * @param {ReadonlySet<string>} stage.selected
 * @param {(id: string) => Point} stage.placeOf where a node is drawn
 * @param {Point & {width: number}} stage.view its middle and its width, in graph units
 * @param {(place: Point) => boolean} stage.shows whether a node at a place is in view
 * @returns {Point}
 */
export function freePlace({ picture, op, selected, placeOf, view, shows }) {
  const { width, height } = picture.settings.node;
  const taken = picture.order.map(placeOf);
  /** @param {Point} place */
  const isFree = (place) => shows(place) && taken.every(({ x, y }) =>
    Math.abs(x - place.x) >= width + GAP.x || Math.abs(y - place.y) >= height + GAP.y);
  const wanted = wantedPlace({ picture, op, selected, placeOf, view });
  const middle = { x: view.x, y: view.y };
  return (wanted && shows(wanted) && nearest(wanted, isFree)) || nearest(middle, isFree) || middle;
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
 * @returns {Point | null}
 */
function nearest(start, isFree) {
  let [x, y, dx, dy] = [0, 0, 0, -1];
  for (let tries = 0; tries < SPIRAL_TRIES; tries += 1) {
    const place = { x: start.x + x * SPIRAL_STEP, y: start.y + y * SPIRAL_STEP };
    if (isFree(place)) return place;
    if (x === y || (x < 0 && x === -y) || (x > 0 && x === 1 - y)) [dx, dy] = [-dy, dx];
    [x, y] = [x + dx, y + dy];
  }
  return null;
}
