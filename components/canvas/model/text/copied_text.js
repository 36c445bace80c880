/**
 * A part of a graph as text on the clipboard: a document of the playground's format, so that it can also be saved and
 * opened. What comes back may come from anywhere: it is read closely here, and once more by Python.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {import("../graph/copying.js").Part} Part
 * @typedef {import("../types/graph_types.js").DocumentNode} DocumentNode
 * @typedef {import("../types/graph_types.js").DocumentBlock} DocumentBlock
 * @typedef {import("../types/graph_types.js").JsonValue} JsonValue
 */

import { say } from "../../parts/messages.js";
import { INPUT, describeOp } from "../graph/picture.js";
import { ROLES } from "../graph/spoken.js";

const MOST_NODES = 500;
const MOST_EDGES = 2000;
const MOST_ELEMENTS = 10_000;
const MOST_AXES = 4;
const FARTHEST = 1e6;
const LONGEST_NAME = 40;
const LONGEST_SHOWN = 30;
const LONGEST_WRITTEN = 100;
const ID = /^[A-Za-z0-9_-]{1,40}$/;

/**
 * @param {Part} part
 * @param {Picture} picture
 */
export function textOfPart({ nodes, edges, blocks }, { settings }) {
  const { format, version } = settings.document;
  return JSON.stringify({
    format, version,
    nodes: nodes.map(({ id, op, name, value, written, parameters, role, x, y }) => ({
      id, op, name, value: value ?? null, parameters: Object.fromEntries(parameters ?? []), position: [x, y],
      ...(written && { written }), ...(role && { role }),
    })),
    edges: edges.map(({ from, output, to, port }) => ({ from, output, to, port })),
    output: null, blocks,
  });
}

/** Whether a text looks like one that was copied, or saved: then a mistake in it is told as one of a graph. @param {string} text */
export function isGraphText(text) {
  return text.trimStart().startsWith("{");
}

/**
 * Read a part from a text; a sentence says why there is none.
 * @param {string} text
 * @param {Picture} picture
 * @returns {{part: Part, trouble: ""} | {part: null, trouble: string}}
 */
export function partOfText(text, picture) {
  try {
    return { part: readPart(JSON.parse(text), picture), trouble: "" };
  } catch (error) {
    const told = error instanceof Damage ? error.message : say("This text is no whole graph, so nothing was pasted.");
    return { part: null, trouble: told };
  }
}

/** What is told of a text that holds no graph. */
class Damage extends Error {}

/** @param {boolean} holds */
function must(holds) {
  if (!holds) throw new Error();
}

/**
 * @param {any} document parsed JSON
 * @param {Picture} picture
 * @returns {Part}
 */
function readPart(document, picture) {
  const { format, version, nodes, edges, blocks = [] } = document;
  const known = picture.settings.document;
  if (format !== known.format) throw new Damage(say("This text is no graph of the playground, so nothing was pasted."));
  if (version !== known.version) {
    throw new Damage(say("This text is a graph of another version: save it as a file, and open that."));
  }
  must([nodes, edges, blocks].every(Array.isArray) && nodes.length <= MOST_NODES && edges.length <= MOST_EDGES);
  if (nodes.length === 0) throw new Damage(say("There is no node in what was pasted."));
  const read = /** @type {DocumentNode[]} */ (nodes.map((/** @type {any} */ node) => readNode(node, picture)));
  const ids = new Map(read.map((node) => [node.id, node]));
  must(ids.size === read.length);
  const ends = new Set();
  const wires = edges.map((/** @type {any} */ { from, output, to, port }) => {
    must(ids.has(from) && ids.has(to) && isPlace(output) && isPlace(port) && ids.get(to)?.op !== INPUT);
    ends.add(`${to}:${port}`);
    return { from, output, to, port };
  });
  must(ends.size === wires.length);
  /** @type {DocumentBlock[]} */
  const inBlocks = blocks.map((/** @type {any} */ block) => readBlock(block, ids));
  must(new Set([...ids.keys(), ...inBlocks.map(({ id }) => id)]).size === ids.size + inBlocks.length);
  return { nodes: read, edges: wires, blocks: inBlocks };
}

/**
 * @param {any} node
 * @param {Picture} picture
 * @returns {DocumentNode}
 */
function readNode({ id, op, name, value = null, written = "", parameters = {}, role, position: [x, y] }, picture) {
  must(isId(id) && typeof op === "string" && typeof name === "string" && name.length <= LONGEST_NAME);
  must([x, y].every((place) => Number.isFinite(place) && Math.abs(place) <= FARTHEST));
  if (describeOp(picture, op).drawn === undefined) {
    throw new Damage(say("There is no op named {op} here, so nothing was pasted.", { op: op.slice(0, LONGEST_SHOWN) }));
  }
  must(typeof parameters === "object" && parameters !== null && !Array.isArray(parameters));
  if (op !== INPUT) {
    must(value === null);
    return { id, op, name, x, y, parameters: Object.entries(parameters) };
  }
  must(Object.keys(parameters).length === 0 && elementsOf(value) <= MOST_ELEMENTS);
  must(typeof written === "string" && written.length <= LONGEST_WRITTEN && (role === undefined || Object.hasOwn(ROLES, role)));
  return { id, op, name, x, y, value, ...(written && { written }), ...(role && { role }) };
}

/**
 * @param {any} block
 * @param {ReadonlyMap<string, DocumentNode>} ids
 * @returns {DocumentBlock}
 */
function readBlock({ id, name, nodes, open = false, inputs = [], outputs = [] }, ids) {
  must(isId(id) && typeof name === "string" && name.length <= LONGEST_NAME && typeof open === "boolean");
  must(Array.isArray(nodes) && nodes.length > 0 && nodes.every((each) => ids.has(each)));
  /** @param {any} place */
  const isPort = ([node, port]) => nodes.includes(node) && isPlace(port);
  must(inputs.every((/** @type {any} */ group) => Array.isArray(group) && group.every(isPort)) && outputs.every(isPort));
  return { id, name, nodes, open, inputs, outputs };
}

/** @param {unknown} id */
function isId(id) {
  return typeof id === "string" && ID.test(id);
}

/** @param {unknown} place */
function isPlace(place) {
  return Number.isSafeInteger(place) && Number(place) >= 0 && Number(place) <= 1000;
}

/**
 * How many numbers a value holds; infinitely many where it is none.
 * @param {JsonValue} value
 * @param {number} [axes]
 * @returns {number}
 */
function elementsOf(value, axes = 0) {
  if (Number.isFinite(value)) return 1;
  if (!Array.isArray(value) || value.length === 0 || axes === MOST_AXES) return Infinity;
  return value.reduce((/** @type {number} */ sum, each) => sum + elementsOf(each, axes + 1), 0);
}
