/**
 * The graph as the browser knows it: pictures sent by Python, kept immutable, and questions about them.
 *
 * @typedef {{nodes: Object<string, any>, edges: Object<string, any>, order: string[], options: any,
 *            catalogue: any[], chosen?: [string, number], document: number}} Picture
 */

import { BLOCK, allEdges, allNodes, blocksOfDocument, expectBlock, expectMember, isTaken, takenNames } from "./block_model.js";

/** Pictures kept so that a difference from an older revision can still be applied. */
const PICTURES_KEPT = 12;

export const EMPTY_PICTURE = Object.freeze({ nodes: {}, edges: {}, order: [], options: null, catalogue: [] });

/**
 * Apply a JSON merge patch (RFC 7396) without changing the target; untouched parts are shared.
 * @param {any} target
 * @param {any} patch
 */
export function mergePatch(target, patch) {
  if (patch === null || typeof patch !== "object" || Array.isArray(patch)) return patch;
  const isObject = target !== null && typeof target === "object" && !Array.isArray(target);
  const result = isObject ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}

/** The recent pictures by revision, and the one that is shown. */
export class PictureBook {
  constructor() {
    this.revision = 0;
    /** @type {Picture} */
    this.picture = EMPTY_PICTURE;
    this.pages = new Map([[0, EMPTY_PICTURE]]);
  }

  /**
   * Take in what Python sent; answers false when the difference starts from a picture that is not kept.
   * @param {{revision: number, base: number, picture: any}} message
   */
  turn(message) {
    // Streamlit may hand the same message over again, and an earlier one after a later one.
    if (message.revision <= this.revision) return true;
    const base = this.pages.get(message.base);
    if (base === undefined) return false;
    this.picture = mergePatch(base, message.picture);
    this.revision = message.revision;
    this.pages.set(this.revision, this.picture);
    for (const page of this.pages.keys()) {
      if (this.pages.size <= PICTURES_KEPT) break;
      if (page !== 0) this.pages.delete(page);
    }
    return true;
  }

  forget() {
    this.revision = 0;
    this.pages = new Map([[0, EMPTY_PICTURE]]);
  }
}

/** @param {Picture} picture @param {string} op */
export function describeOp(picture, op) {
  for (const { ops } of picture.catalogue) {
    for (const entry of ops) if (entry.op === op) return entry;
  }
  return { op, symbol: "", ports: [], outputs: ["y"], description: "" };
}

/** The names of a node's own input and output ports. @param {Picture} picture */
export function portsOf(picture, id) {
  const node = picture.nodes[id];
  const { ports, outputs } = describeOp(picture, node.op);
  return { in: node.ports ?? ports, out: node.outputs ?? outputs };
}

/** The edge that feeds an input port, if there is one. @param {Picture} picture */
export function edgeInto(picture, target, port) {
  return picture.edges[`${target}:${port}`];
}

/** The names of the nodes that feed a node, in port order. @param {Picture} picture */
export function inputNames(picture, id) {
  return portsOf(picture, id).in.map((_, port) => {
    const edge = edgeInto(picture, id, port);
    return edge ? picture.nodes[edge.from].name : "—";
  });
}

/** What a screen reader says of a node. @param {Picture} picture */
export function spokenName(picture, id) {
  const node = picture.nodes[id];
  const inputs = inputNames(picture, id);
  const isBlock = node.op === BLOCK;
  const what = !isBlock && inputs.length ? `${opText(node)} of ${inputs.join(" and ")}` : opText(node);
  const parts = [node.name, what, `data ${spokenNumber(node.data)}`, `grad ${spokenNumber(node.grad)}`];
  if (isBlock && inputs.length) parts.push(`inputs ${inputs.join(" and ")}`);
  if (node.message) parts.push(node.message);
  if (node.arrived) parts.push(node.arrived);
  const fault = picture.faults?.[id];
  if (fault) parts.push(fault.why);
  return parts.join(", ");
}

/** What a closed block is: "block of 4 nodes". */
function wordBlock({ members }) {
  return `block of ${members} node${members === 1 ? "" : "s"}`;
}

/** The op with its parameters: "Pow (3)", "Sum (axis=0, keepdims=no)". */
export function opText(node) {
  if (node.op === BLOCK) return wordBlock(node);
  if (node.typed === undefined) return node.op;
  return node.typed.startsWith("(") ? `${node.op} ${node.typed}` : `${node.op} (${node.typed})`;
}

function spokenNumber(text) {
  return text === "—" ? "none" : text;
}

/** Whether a wire from source to target would close a cycle. @param {Picture} picture */
export function closesCycle(picture, source, target) {
  const targets = new Map();
  for (const edge of Object.values(picture.edges)) {
    if (!targets.has(edge.from)) targets.set(edge.from, []);
    targets.get(edge.from).push(edge.to);
  }
  const open = [target];
  const seen = new Set();
  while (open.length) {
    const id = open.pop();
    if (id === source) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(targets.get(id) ?? []));
  }
  return false;
}

/**
 * The picture as it will be if Python agrees: what is under the pointer shows before Python has answered.
 * Numbers are not guessed; a node that waits for its answer says so by its look.
 * @param {Picture} picture @param {any[]} events not yet acknowledged
 */
export function expectedPicture(picture, events) {
  return events.reduce((expected, event) => EXPECT[event.type]?.(expected, event) ?? expected, picture);
}

const EXPECT = {
  add(picture, event) {
    if (event.id in picture.nodes) return picture;
    const { drawn } = describeOp(picture, event.op);
    const name = expectedName(picture, event.op);
    const node = {
      ...drawn, label: drawn.label.replace("…", name), id: event.id, op: event.op, name, x: event.x, y: event.y,
      data: "—", grad: "—", fullData: "", fullGrad: "", state: "waiting", value: event.value,
    };
    const more = { nodes: { ...picture.nodes, [event.id]: node }, order: [...picture.order, event.id] };
    return expectMember({ ...picture, ...more }, event);
  },
  connect(picture, event) {
    if (!(event.source in picture.nodes && event.target in picture.nodes)) return picture;
    const id = `${event.target}:${event.port}`;
    const edge = { id, from: event.source, to: event.target, output: event.output, port: event.port, arrows: "to" };
    return { ...picture, edges: { ...picture.edges, [id]: edge } };
  },
  disconnect(picture, event) {
    return { ...picture, edges: without(picture.edges, [`${event.target}:${event.port}`]) };
  },
  block: expectBlock,
  move(picture, event) {
    const nodes = { ...picture.nodes };
    for (const [id, [x, y]] of Object.entries(event.positions)) if (id in nodes) nodes[id] = { ...nodes[id], x, y };
    return { ...picture, nodes };
  },
  delete(picture, event) {
    const gone = new Set(event.nodes);
    const loose = Object.values(picture.edges).filter((edge) => gone.has(edge.from) || gone.has(edge.to));
    return {
      ...picture,
      nodes: without(picture.nodes, event.nodes),
      edges: without(picture.edges, loose.map((edge) => edge.id)),
      order: picture.order.filter((id) => !gone.has(id)),
    };
  },
};

/** The name that Python will give: the first free one. */
function expectedName(picture, op) {
  const taken = takenNames(picture);
  const letters = picture.names[op === "Input" ? "input" : "op"];
  let number = 0;
  const names = function* () {
    yield* letters;
    while (true) yield `${letters[0]}${(number += 1)}`;
  };
  for (const name of names()) if (!taken.has(name)) return name;
  return "";
}

function without(object, keys) {
  const rest = { ...object };
  for (const key of keys) delete rest[key];
  return rest;
}

/** An id that no node has. @param {Picture} picture @param {Set<string>} reserved */
export function freshId(picture, reserved) {
  let number = picture.order.length + 1;
  while (isTaken(picture, `n${number}`) || reserved.has(`n${number}`)) number += 1;
  reserved.add(`n${number}`);
  return `n${number}`;
}

/** Ops whose name, alias or symbol matches what was typed, the best first. @param {Picture} picture */
export function searchOps(picture, text, fits = () => true) {
  const wanted = text.trim().toLowerCase();
  const ranked = [];
  for (const { ops } of picture.catalogue) {
    for (const entry of ops) {
      if (!fits(entry)) continue;
      const words = [entry.op, ...entry.aliases, entry.symbol].map((word) => word.toLowerCase());
      const rank = wanted === "" || words.includes(wanted) ? 0
        : words[0].startsWith(wanted) ? 1
          : words.some((word) => word.startsWith(wanted)) ? 2
            : words.some((word) => word.includes(wanted)) ? 3 : null;
      if (rank !== null) ranked.push([rank, entry]);
    }
  }
  return ranked.sort((a, b) => a[0] - b[0]).map(([, entry]) => entry);
}

/** The picture's graph as a document of the playground's format. @param {Picture} picture */
export function toDocument(picture) {
  return {
    format: "backprop-playground",
    version: 2,
    nodes: allNodes(picture).map(({ id, name, op, value, parameters, x, y }) => ({
      id, op, name, value: value ?? null, parameters: Object.fromEntries(parameters ?? []), position: [x, y],
    })),
    edges: allEdges(picture).map((edge) => ({
      from: edge.from, output: edge.output, to: edge.to, port: edge.port,
    })),
    output: picture.chosen ? { node: picture.chosen[0], output: picture.chosen[1] } : null,
    blocks: blocksOfDocument(picture),
  };
}
