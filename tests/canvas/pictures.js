/**
 * Small pictures to test the model with, as Python would send them.
 *
 * @typedef {import("../../components/canvas/model/types/picture_types.js").Picture} Picture
 * @typedef {import("../../components/canvas/model/types/graph_types.js").PictureNode} PictureNode
 * @typedef {import("../../components/canvas/model/types/picture_types.js").CatalogueEntry} CatalogueEntry
 * @typedef {import("../../components/canvas/model/types/exchange_types.js").Message} Message
 */

/** @type {import("../../components/canvas/model/types/picture_types.js").Settings} */
export const SETTINGS = {
  distances: { column: 200, row: 100 },
  node: { width: 150, height: 60, text: 22 },
  names: { input: ["x", "y"], op: ["a", "b"], block: "block" },
  descent: { minRate: 1e-8, maxRate: 1000, maxSteps: 500 },
  document: { format: "backprop-playground", version: 2, largestBytes: 1000 },
  numbers: { digits: 4, scientificBelow: 1e-3, scientificFrom: 1e6, minus: "−" },
};

const DRAWN = { label: "<b>…</b>", shape: "box", group: "waiting", borderWidth: 1, widthConstraint: 100 };

/** @param {Partial<CatalogueEntry> & {op: string}} entry @returns {CatalogueEntry} */
function entry({ op, ...more }) {
  return { op, symbol: "", ports: [], outputs: ["y"], description: "", aliases: [], drawn: DRAWN, ...more };
}

export const CATALOGUE = [
  { group: "", ops: [entry({ op: "Input", aliases: ["variable"] }), entry({ op: "Square", symbol: "x²", ports: ["x"] })] },
  {
    group: "Arithmetic", ops: [
      entry({ op: "Add", symbol: "+", ports: ["x0", "x1"], aliases: ["plus", "sum"] }),
      entry({ op: "Split", ports: ["x"], outputs: ["y0", "y1"] }),
    ],
  },
];

/**
 * @param {string} id
 * @param {string} op
 * @param {Partial<PictureNode>} [more]
 * @returns {PictureNode}
 */
export function node(id, op, more = {}) {
  return {
    ...DRAWN, id, op, name: id, x: 0, y: 0, state: "ok", data: "1", grad: "—", fullData: "1", fullGrad: "", ...more,
  };
}

/**
 * A picture of nodes, in evaluation order, and wires written "from.output→to.port".
 * @param {PictureNode[]} nodes
 * @param {string[]} [wires]
 * @param {Partial<Picture>} [more]
 * @returns {Picture}
 */
export function picture(nodes, wires = [], more = {}) {
  const edges = wires.map((written) => {
    const [from, output, to, port] = written.split(/[.→]/);
    return { id: `${to}:${port}`, from, output: Number(output), to, port: Number(port) };
  });
  return {
    nodes: Object.fromEntries(nodes.map((each) => [each.id, each])),
    edges: Object.fromEntries(edges.map((edge) => [edge.id, edge])),
    order: nodes.map(({ id }) => id),
    options: null, catalogue: CATALOGUE, settings: SETTINGS, newBlock: DRAWN, document: 1, ...more,
  };
}

/** z = x² + y: x → s → z ← y. */
export function lesson() {
  return picture(
    [node("x", "Input", { value: 2 }), node("y", "Input", { value: 3 }), node("s", "Square"), node("z", "Add")],
    ["x.0→s.0", "s.0→z.0", "y.0→z.1"],
  );
}

/**
 * @param {Partial<Message>} [more]
 * @returns {Message}
 */
export function message(more = {}) {
  return {
    session: "one", post: 0, ack: 0, refusals: [], undo: "", redo: "", automatic: true, variant: "step 16", notice: "",
    link: "", greeting: "", openedByLink: "", revision: 1, base: 0, picture: lesson(), ...more,
  };
}
