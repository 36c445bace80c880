/**
 * A graph as a small picture: where its nodes stand, and its wires, as the paths of an SVG.
 *
 * @typedef {object} Thumbnail
 * @property {string} viewBox
 * @property {string} wires
 * @property {string} inputs
 * @property {string} ops
 */

import { INPUT } from "./picture.js";

/** In units of the graph; the picture is scaled to what room there is. */
const [NODE_WIDTH, NODE_HEIGHT] = [110, 56];
const MARGIN = 30;

/**
 * @param {{nodes: readonly object[], edges: readonly {from: string, to: string}[]}} document
 * @returns {Thumbnail}
 */
export function thumbnailOf({ nodes, edges }) {
  const drawn = /** @type {{id: string, op: string, position: [number, number]}[]} */ (nodes);
  const places = new Map(drawn.map(({ id, position }) => [id, position]));
  const [xs, ys] = [0, 1].map((axis) => drawn.map(({ position }) => position[axis]));
  const left = Math.min(...xs) - NODE_WIDTH / 2 - MARGIN;
  const top = Math.min(...ys) - NODE_HEIGHT / 2 - MARGIN;
  const width = Math.max(...xs) + NODE_WIDTH / 2 + MARGIN - left;
  const height = Math.max(...ys) + NODE_HEIGHT / 2 + MARGIN - top;
  const wires = edges.flatMap(({ from, to }) => {
    const [start, end] = [places.get(from), places.get(to)];
    return start && end ? [`M${start[0]} ${start[1]}L${end[0]} ${end[1]}`] : [];
  });
  /** @param {boolean} isInput */
  const boxes = (isInput) => drawn.filter(({ op }) => (op === INPUT) === isInput).map(({ position: [x, y] }) =>
    `M${x - NODE_WIDTH / 2} ${y - NODE_HEIGHT / 2}h${NODE_WIDTH}v${NODE_HEIGHT}h${-NODE_WIDTH}z`).join("");
  return { viewBox: `${left} ${top} ${width} ${height}`, wires: wires.join(""), inputs: boxes(true), ops: boxes(false) };
}
