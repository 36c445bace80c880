/**
 * The drawing itself: vis-network, fed with what pyvis described.
 *
 * vis-network ends wires at a node's border on the line between the centres. Here a wire ends at its port, so that
 * the first and the second input of a Function can be told apart: the two ends that vis-network's edge reads are
 * replaced by points that follow the port.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../model/types/picture_types.js").Box} Box
 * @typedef {import("../model/types/graph_types.js").Edge} Edge
 * @typedef {import("../model/types/picture_types.js").Point} Point
 * @typedef {import("../model/types/picture_types.js").PortPlace} PortPlace
 * @typedef {import("../model/types/picture_types.js").Side} Side
 * @typedef {import("../parts/theme.js").Theme} Theme
 * @typedef {import("./data_sets.js").DrawnNode} DrawnNode
 * @typedef {import("./vis.js").VisNetwork} VisNetwork
 * @typedef {import("./view.js").View} View
 */

/**
 * @template {{id: string}} Item
 * @typedef {import("./vis.js").DataSet<Item>} DataSet
 */

import { portsOf } from "../model/graph/picture.js";
import { drawnPart, drawnWire, enlargedBy, optionsFor, synchroniseEdges, synchroniseNodes } from "./data_sets.js";
import { boundsOf, portOffset } from "./geometry.js";
import { WireWays } from "./wire_ways.js";
import { Travel } from "./travel.js";
import { vis, withoutDrawing } from "./vis.js";

const ARROW_GAP = 7; // the arrow's tip touches the port's ring instead of hiding under it
const CURVE_SAMPLES = 24;

export class Drawing {
  /** @type {{network: VisNetwork, nodes: DataSet<DrawnNode>, edges: DataSet<Edge>} | null} */
  #shown = null;
  /** @type {Theme | undefined} */
  #theme;
  /** How many ports the nodes have on each side. @type {Map<string, Record<Side, number>>} */
  #portCounts = new Map();
  /** @type {string | null | undefined} */
  #highlighted;
  /** @type {{id: string, factor: number} | null} */
  #enlarged = null;
  /** The ends of wires that stand at ports. @type {WeakSet<object>} */
  #anchors = new WeakSet();
  #travel;
  #ways;
  #showsTexts = true;

  /**
   * @param {HTMLElement} element
   * @param {() => void} onDrawn told after every frame
   * @param {() => void} onArrived told when nodes that were put elsewhere have arrived
   */
  constructor(element, onDrawn, onArrived) {
    this.element = element;
    this.onDrawn = onDrawn;
    this.onArrived = onArrived;
    this.#travel = new Travel((id, { x, y }) => this.move(id, x, y), () => this.redraw(), onArrived);
    this.#ways = new WireWays(() => this.#nodeBounds());
  }

  /**
   * Show a picture; only what differs from the one before is handed on.
   * @param {Picture} before
   * @param {Picture} after
   * @param {Theme} theme
   * @param {boolean} [travels] whether nodes are seen to go to where they are put
   */
  show(before, after, theme, travels = true) {
    for (const id of after.order) {
      if (after.nodes[id] === before.nodes[id]) continue;
      const ports = portsOf(after, id);
      this.#portCounts.set(id, { in: ports.in.length, out: ports.out.length });
    }
    if (this.#shown === null) {
      this.#begin(after, theme);
    } else {
      const { network, nodes, edges } = this.#shown;
      const journeys = this.#journeysTo(before, after);
      withoutDrawing(network, () => {
        synchroniseNodes(nodes, before.nodes, after.nodes);
        synchroniseEdges(edges, before.edges, after.edges);
      });
      if (travels) this.#travel.begin(journeys);
      else if (journeys.size > 0) this.onArrived();
    }
    this.#theme = theme;
    this.#anchorWires();
    this.redraw();
  }

  /**
   * Which nodes that are drawn in one place shall be in another.
   * @param {Picture} before
   * @param {Picture} after
   */
  #journeysTo(before, after) {
    /** @type {Map<string, [from: Point, to: Point]>} */
    const journeys = new Map();
    for (const id of after.order) {
      const [old, node, drawn] = [before.nodes[id], after.nodes[id], this.#shown?.network.body.nodes[id]];
      if (!old || !drawn || (old.x === node.x && old.y === node.y)) continue;
      if (Math.hypot(drawn.x - node.x, drawn.y - node.y) < 1) continue;
      journeys.set(id, [{ x: drawn.x, y: drawn.y }, { x: node.x, y: node.y }]);
    }
    return journeys;
  }

  /**
   * @param {Picture} picture
   * @param {Theme} theme
   */
  #begin(picture, theme) {
    const { DataSet, Network } = vis();
    const nodes = new DataSet(Object.values(picture.nodes).map(drawnPart));
    const edges = new DataSet(Object.values(picture.edges).map(drawnWire));
    const network = new Network(this.element, { nodes, edges }, optionsFor(picture, theme));
    network.on("beforeDrawing", () => this.#ways.follow(network.body.edges));
    network.on("afterDrawing", this.onDrawn);
    // A browser may take its memory from what is drawn; what it gives back is empty.
    this.element.addEventListener("contextrestored", () => network.redraw(), { capture: true });
    this.#shown = { network, nodes, edges };
  }

  /**
   * @param {Picture} picture
   * @param {Theme} theme
   */
  setTheme(picture, theme) {
    if (this.#shown === null || theme === this.#theme) return;
    this.#theme = theme;
    const { network, nodes, edges } = this.#shown;
    withoutDrawing(network, () => {
      network.setOptions(optionsFor(picture, theme));
      nodes.update(Object.values(picture.nodes).map(drawnPart));
      edges.update(Object.values(picture.edges).map(drawnWire));
    });
    this.#anchorWires();
    this.redraw();
  }

  /**
   * Draw the texts of nodes and wires, or leave them out where nobody could read them.
   * @param {boolean} withTexts
   */
  showTexts(withTexts) {
    if (withTexts === this.#showsTexts) return;
    this.#showsTexts = withTexts;
    this.#turnTexts();
    this.redraw(); // it is asked for while a frame is drawn, which may be the last one for long
  }

  /** vis-network's own threshold lets texts fade for a while before they go, and can be set for all nodes anew alone. */
  #turnTexts() {
    const { nodes, edges } = this.#shown?.network.body ?? { nodes: {}, edges: {} };
    for (const { labelModule } of [...Object.values(nodes), ...Object.values(edges)]) {
      if (!labelModule) continue;
      if (this.#showsTexts) delete labelModule.draw; // its class's own again
      else labelModule.draw = () => {};
    }
  }

  /**
   * Look at a part of the graph from the next frame on. vis-network's own `moveTo` measures its canvas, for which the browser
   * would lay the whole page out.
   * @param {View} view
   */
  look({ x, y, scale, width, height }) {
    if (this.#shown === null) return;
    this.#shown.network.body.view = { scale, translation: { x: width / 2 - x * scale, y: height / 2 - y * scale } };
    this.redraw();
  }

  /** @param {View} view */
  resize(view) {
    if (this.#shown === null) return;
    const { network } = this.#shown;
    network.setSize(`${view.width}px`, `${view.height}px`);
    this.look(view);
    // A canvas that has changed its size is empty until it is drawn, and must not be shown so.
    network.redraw();
  }

  /**
   * Put a node elsewhere, with the next frame.
   * @param {string} id
   * @param {number} x
   * @param {number} y
   */
  move(id, x, y) {
    const node = this.#shown?.network.body.nodes[id];
    if (node) Object.assign(node, { x, y });
  }

  /**
   * Draw one node larger than it is, text and all, or none.
   * @param {string | null} id
   * @param {number} factor
   */
  enlarge(id, factor) {
    if (this.#shown === null) return;
    const { network, nodes } = this.#shown;
    const before = this.#enlarged;
    if (before?.id === id && before.factor === factor) return;
    withoutDrawing(network, () => {
      if (before && before.id !== id && nodes.get(before.id)) nodes.update([enlargedBy(1, nodes.get(before.id), before.factor)]);
      if (id !== null) nodes.update([enlargedBy(factor, nodes.get(id), before?.id === id ? before.factor : 1)]);
    });
    this.#enlarged = id === null ? null : { id, factor };
    this.#anchorWires(); // vis-network has joined the wires of these nodes anew
    this.redraw();
  }

  /** Draw with the next frame, once however often it is asked for. */
  redraw() {
    this.#shown?.network.body.emitter.emit("_requestRedraw");
  }

  drawNow() {
    this.#shown?.network.redraw();
  }

  /**
   * The centre and size of a drawn node.
   * @param {string} id
   * @returns {Box | null}
   */
  boxOf(id) {
    const node = this.#shown?.network.body.nodes[id];
    if (!node?.shape?.width) return null;
    return { x: node.x, y: node.y, width: node.shape.width, height: node.shape.height };
  }

  /**
   * The lines of a node's label; another object wherever the label is another.
   * @param {string} id
   */
  labelOf(id) {
    return this.#shown?.network.body.nodes[id]?.labelModule;
  }

  /**
   * Where a node's port is drawn.
   * @param {PortPlace} port
   * @returns {Point}
   */
  portPoint({ id, side, index }) {
    const box = this.boxOf(id) ?? { x: 0, y: 0, width: 0, height: 0 };
    const x = side === "in" ? box.x - box.width / 2 : box.x + box.width / 2;
    return { x, y: box.y + portOffset(index, this.#portCount(id, side), box.height) };
  }

  /**
   * Points along a wire as it is drawn.
   * @param {string} edgeId
   * @returns {Point[]}
   */
  wirePoints(edgeId) {
    const edgeType = this.#shown?.network.body.edges[edgeId]?.edgeType;
    if (!edgeType) return [];
    return Array.from({ length: CURVE_SAMPLES + 1 }, (_, step) => edgeType.getPoint(step / CURVE_SAMPLES));
  }

  /**
   * The wire that passes nearest to a point, if it is within reach.
   * @param {Point} point
   * @param {number} reach
   */
  wireAt(point, reach) {
    /** @type {string | null} */
    let nearest = null;
    let least = reach;
    for (const id of Object.keys(this.#shown?.network.body.edges ?? {})) {
      for (const place of this.wirePoints(id)) {
        const distance = Math.hypot(place.x - point.x, place.y - point.y);
        if (distance < least) [nearest, least] = [id, distance];
      }
    }
    return nearest;
  }

  /** @param {string | null} id */
  highlightWire(id) {
    if (this.#shown === null || id === this.#highlighted) return;
    this.#highlighted = id;
    this.#shown.network.setSelection({ nodes: [], edges: id === null ? [] : [id] });
  }

  /**
   * Let the wires of a path stand out.
   * @param {readonly string[]} edges
   */
  highlightPath(edges) {
    if (this.#shown === null) return;
    const { network } = this.#shown;
    this.#highlighted = undefined;
    network.setSelection({ nodes: [], edges: edges.filter((id) => id in network.body.edges) });
  }

  #nodeBounds() {
    return Object.keys(this.#shown?.network.body.nodes ?? {}).flatMap((id) => {
      const box = this.boxOf(id);
      return box ? [boundsOf(box)] : [];
    });
  }

  #anchorWires() {
    if (this.#shown === null) return;
    if (!this.#showsTexts) this.#turnTexts();
    const { network, edges } = this.#shown;
    for (const { id, edgeType } of Object.values(network.body.edges)) {
      // vis-network makes a changed wire anew, and joins those of a changed node with it.
      if (!edgeType || (this.#anchors.has(edgeType.from) && this.#anchors.has(edgeType.to))) continue;
      const { from, to, output, port } = edges.get(id);
      edgeType.from = edgeType.fromPoint = this.#anchor(network, { id: from, side: "out", index: output });
      edgeType.to = edgeType.toPoint = this.#anchor(network, { id: to, side: "in", index: port });
      this.#ways.guide(id, `${from} ${output}`, edgeType);
    }
  }

  /**
   * The node as vis-network's edge sees it, but standing where the port is and without extent.
   * @param {VisNetwork} network
   * @param {PortPlace} port
   */
  #anchor(network, { id, side, index }) {
    const node = network.body.nodes[id];
    const anchor = Object.create(node, {
      x: { get: () => (side === "in" ? node.x - node.shape.width / 2 - ARROW_GAP : node.x + node.shape.width / 2) },
      y: { get: () => node.y + portOffset(index, this.#portCount(id, side), node.shape.height) },
      distanceToBorder: { value: () => 0 },
    });
    this.#anchors.add(anchor);
    return anchor;
  }

  /**
   * @param {string} id
   * @param {Side} side
   */
  #portCount(id, side) {
    return this.#portCounts.get(id)?.[side] ?? 1;
  }
}
