/**
 * The graph as the browser knows it: pictures sent by Python, kept immutable, and questions about them.
 *
 * @typedef {{nodes: Object<string, any>, edges: Object<string, any>, order: string[], options: any,
 *            catalogue: any[], chosen?: [string, number], document: number}} Picture
 */

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
    if (message.revision === this.revision) return true;
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

/** The edge that feeds an input port, if there is one. @param {Picture} picture */
export function edgeInto(picture, target, port) {
  return picture.edges[`${target}:${port}`];
}

/** The names of the nodes that feed a node, in port order. @param {Picture} picture */
export function inputNames(picture, id) {
  const ports = describeOp(picture, picture.nodes[id].op).ports;
  return ports.map((_, port) => {
    const edge = edgeInto(picture, id, port);
    return edge ? picture.nodes[edge.from].name : "—";
  });
}

/** What a screen reader says of a node. @param {Picture} picture */
export function spokenName(picture, id) {
  const node = picture.nodes[id];
  const inputs = inputNames(picture, id);
  const what = inputs.length ? `${node.op} of ${inputs.join(" and ")}` : node.op;
  const parts = [node.name, what, `data ${spokenNumber(node.data)}`, `grad ${spokenNumber(node.grad)}`];
  if (node.message) parts.push(node.message);
  return parts.join(", ");
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

/** An id that no node has. @param {Picture} picture @param {Set<string>} reserved */
export function freshId(picture, reserved) {
  let number = picture.order.length + 1;
  while (`n${number}` in picture.nodes || reserved.has(`n${number}`)) number += 1;
  return `n${number}`;
}

/** The picture's graph as a document of the playground's format. @param {Picture} picture */
export function toDocument(picture) {
  return {
    format: "backprop-playground",
    version: 1,
    nodes: picture.order.map((id) => {
      const { name, op, value, parameters, x, y } = picture.nodes[id];
      return { id, op, name, value: value ?? null, parameters: parameters ?? {}, position: [x, y] };
    }),
    edges: Object.values(picture.edges).map((edge) => ({
      from: edge.from, output: edge.output, to: edge.to, port: edge.port,
    })),
    output: picture.chosen ? { node: picture.chosen[0], output: picture.chosen[1] } : null,
  };
}
