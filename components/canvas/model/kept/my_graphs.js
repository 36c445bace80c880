/**
 * My graphs: the last that were built or changed in this browser, kept here alone, to be opened, named or deleted.
 *
 * @typedef {import("../types/event_types.js").GraphDocument} GraphDocument
 * @typedef {import("./storage.js").KeyValues} KeyValues
 *
 * @typedef {object} MyGraph
 * @property {string} id
 * @property {string} name what somebody has called it; empty where nobody has
 * @property {string} [lesson] the title of the lesson that it is of
 * @property {string} formula
 * @property {number} time of its last change, in milliseconds since 1970
 * @property {GraphDocument} document
 *
 * @typedef {"kept" | "too large" | "full"} Kept
 */

const PREFIX = "backprop-playground-graph:";
export const MOST_GRAPHS = 20;
/** Of one graph: twenty of them, of the largest, take no more than what one tab may keep. */
export const LARGEST_CHARACTERS = 200_000;
const MOST_NODES = 500;
const MOST_EDGES = 2000;
const LONGEST_NAME = 80;
const LONGEST_FORMULA = 300;

export class MyGraphs {
  /**
   * @param {KeyValues} local
   * @param {() => number} now
   */
  constructor(local, now) {
    this.local = local;
    this.now = now;
  }

  /**
   * The graphs, the latest first, and how many that are stored cannot be read.
   * @returns {{graphs: MyGraph[], unreadable: number}}
   */
  list() {
    const ids = this.local.keys().filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
    const read = ids.map((id) => readGraph(id, this.local.get(PREFIX + id)));
    const graphs = read.filter((graph) => graph !== null).sort((a, b) => b.time - a.time);
    return { graphs, unreadable: read.length - graphs.length };
  }

  /**
   * Keep a graph as it is now. One that is the same, but for the places of its nodes, is kept once.
   * @param {{id: string, lesson?: string, formula: string, document: GraphDocument}} graph
   * @returns {Kept}
   */
  keep({ id, lesson = "", formula, document }) {
    const { graphs } = this.list();
    const content = contentOf(document);
    const alike = graphs.filter((graph) => graph.id !== id && contentOf(graph.document) === content);
    const named = alike.find(({ name }) => name !== "");
    if (named) return this.#write({ ...named, time: this.now() });
    const name = graphs.find((graph) => graph.id === id)?.name ?? "";
    const title = lesson && { lesson: lesson.slice(0, LONGEST_NAME) };
    const kept = this.#write({ id, name, ...title, formula: formula.slice(0, LONGEST_FORMULA), time: this.now(), document });
    if (kept !== "kept") return kept;
    alike.forEach((graph) => this.remove(graph.id));
    while (this.list().graphs.length > MOST_GRAPHS) this.giveUpOldest(id);
    return kept;
  }

  /**
   * Call a graph something; the empty name takes its name away.
   * @param {string} id
   * @param {string} name
   */
  rename(id, name) {
    const graph = this.list().graphs.find((each) => each.id === id);
    if (graph) this.#write({ ...graph, name: name.trim().slice(0, LONGEST_NAME) });
  }

  /** @param {string} id */
  remove(id) {
    this.local.remove(PREFIX + id);
  }

  /**
   * What was deleted is there again.
   * @param {MyGraph} graph
   */
  putBack(graph) {
    return this.#write(graph);
  }

  /**
   * Make room: the oldest that has no name goes, or else the oldest; what cannot be read before all. Answers whether
   * there was one.
   * @param {string} [spared]
   */
  giveUpOldest(spared) {
    const ids = this.local.keys().filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
    const graphs = this.list().graphs.filter(({ id }) => id !== spared);
    const broken = ids.find((id) => readGraph(id, this.local.get(PREFIX + id)) === null);
    const given = broken ?? (graphs.findLast(({ name }) => name === "") ?? graphs.at(-1))?.id;
    if (given === undefined) return false;
    this.remove(given);
    return true;
  }

  /**
   * @param {MyGraph} graph
   * @returns {Kept}
   */
  #write({ id, ...graph }) {
    const text = JSON.stringify(graph);
    if (text.length > LARGEST_CHARACTERS) return "too large";
    while (!this.local.set(PREFIX + id, text)) if (!this.giveUpOldest(id)) return "full";
    return "kept";
  }
}

/**
 * What a graph computes and asks, as a text: two graphs are the same where it is, wherever their nodes stand.
 * @param {GraphDocument} document
 */
export function contentOf({ nodes, edges, output, blocks = [], lesson }) {
  const withoutPlace = nodes.map((node) => ({ ...node, position: undefined }));
  const withoutLook = blocks.map((block) => ({ ...block, open: undefined }));
  return JSON.stringify([withoutPlace, edges, output, withoutLook, ...(lesson ? [lesson] : [])]);
}

/**
 * Read what is stored; null where it is no graph. Whether its document is sound, Python says when it is opened.
 * @param {string} id
 * @param {string | null} text
 * @returns {MyGraph | null}
 */
function readGraph(id, text) {
  try {
    const { name, lesson = "", formula, time, document } = JSON.parse(text ?? "null");
    if (![name, lesson, formula].every((each) => typeof each === "string") || !Number.isFinite(time)) return null;
    if (!isDrawable(document)) return null;
    const title = lesson && { lesson: lesson.slice(0, LONGEST_NAME) };
    return { id, name: name.slice(0, LONGEST_NAME), ...title, formula: formula.slice(0, LONGEST_FORMULA), time, document };
  } catch {
    return null;
  }
}

/** @param {any} document */
function isDrawable({ nodes, edges }) {
  if (!Array.isArray(nodes) || nodes.length === 0 || nodes.length > MOST_NODES) return false;
  if (!Array.isArray(edges) || edges.length > MOST_EDGES) return false;
  const isPlaced = nodes.every(({ id, op, position: [x, y] }) =>
    typeof id === "string" && typeof op === "string" && Number.isFinite(x) && Number.isFinite(y));
  return isPlaced && edges.every(({ from, to }) => typeof from === "string" && typeof to === "string");
}
