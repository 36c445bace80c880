/**
 * The drawing itself: vis-network, fed with what pyvis described.
 *
 * vis-network ends wires at a node's border on the line between the centres. Here a wire ends at its port, so that
 * the first and the second input of a Function can be told apart: the two ends that vis-network's edge reads are
 * replaced by points that follow the port.
 */

/** The share of a node's height at which a port stands. */
export function portOffset(index, count, height) {
  return ((index + 1) / (count + 1) - 0.5) * height;
}

const ARROW_GAP = 7; // the arrow's tip touches the port's ring instead of hiding under it
const CURVE_SAMPLES = 24;
const TRAVEL_MS = 320;

export class Drawing {
  /**
   * @param {HTMLElement} element
   * @param {() => void} onDrawn told after every frame
   * @param {() => void} onArrived told when nodes that were put elsewhere have arrived
   */
  constructor(element, onDrawn, onArrived) {
    this.element = element;
    this.onDrawn = onDrawn;
    this.onArrived = onArrived;
    /** Nodes under way: id → [from, to]. */
    this.journeys = new Map();
    this.network = null;
    this.portCounts = new Map();
  }

  /** Show a picture; only what differs from the one before is handed on. */
  show(before, after, theme, countPorts) {
    for (const id of after.order) {
      if (after.nodes[id] !== before.nodes[id]) this.portCounts.set(id, countPorts(id));
    }
    if (this.network === null) {
      this.begin(after, theme);
    } else {
      const journeys = this.journeysTo(before, after);
      synchroniseNodes(this.nodes, before.nodes, after.nodes);
      synchroniseEdges(this.edges, before.edges, after.edges);
      this.travel(journeys);
    }
    this.theme = theme;
    this.anchorWires();
    this.redraw();
  }

  /** Which nodes that are drawn in one place shall be in another. */
  journeysTo(before, after) {
    const journeys = new Map();
    for (const id of after.order) {
      const [old, node, drawn] = [before.nodes[id], after.nodes[id], this.network.body.nodes[id]];
      if (!old || !drawn || (old.x === node.x && old.y === node.y)) continue;
      if (Math.hypot(drawn.x - node.x, drawn.y - node.y) < 1) continue;
      journeys.set(id, [{ x: drawn.x, y: drawn.y }, { x: node.x, y: node.y }]);
    }
    return journeys;
  }

  /** Let nodes move to their places before the eye, unless less motion is asked for. */
  travel(journeys) {
    if (journeys.size === 0) return;
    const still = globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches;
    for (const [id, journey] of journeys) this.journeys.set(id, journey);
    const start = performance.now();
    this.departure = start;
    const step = (now) => {
      if (this.departure !== start) return; // a later journey has taken over
      const share = still ? 1 : Math.min((now - start) / TRAVEL_MS, 1);
      const eased = 1 - (1 - share) ** 3;
      for (const [id, [from, to]] of this.journeys) {
        if (!this.network.body.nodes[id]) continue;
        this.move(id, from.x + eased * (to.x - from.x), from.y + eased * (to.y - from.y));
      }
      this.redraw();
      if (share < 1) requestAnimationFrame(step);
      else {
        this.journeys.clear();
        this.onArrived();
      }
    };
    step(start);
  }

  begin(picture, theme) {
    const { DataSet, Network } = globalThis.vis;
    this.nodes = new DataSet(Object.values(picture.nodes).map((node) => drawnPart(node)));
    this.edges = new DataSet(Object.values(picture.edges));
    const options = { ...picture.options[theme], autoResize: false };
    this.network = new Network(this.element, { nodes: this.nodes, edges: this.edges }, options);
    this.network.on("afterDrawing", this.onDrawn);
  }

  setTheme(picture, theme) {
    if (this.network === null || theme === this.theme) return;
    this.theme = theme;
    this.network.setOptions({ ...picture.options[theme], autoResize: false });
    this.nodes.update(Object.values(picture.nodes).map((node) => drawnPart(node)));
    this.edges.update(Object.values(picture.edges));
    this.anchorWires();
    this.redraw();
  }

  look(view) {
    this.network?.moveTo({ position: { x: view.x, y: view.y }, scale: view.scale, animation: false });
  }

  resize(view) {
    if (this.network === null) return;
    this.network.setSize(`${view.width}px`, `${view.height}px`);
    this.look(view);
    // A canvas that has changed its size is empty until it is drawn, and must not be seen so.
    this.network.redraw();
  }

  move(id, x, y) {
    const node = this.network.body.nodes[id];
    node.x = x;
    node.y = y;
  }

  /** Draw with the next frame, once however often it is asked for. */
  redraw() {
    this.network?.body.emitter.emit("_requestRedraw");
  }

  drawNow() {
    this.network?.redraw();
  }

  /** @returns {{x: number, y: number, width: number, height: number} | null} centre and size of a drawn node */
  boxOf(id) {
    const node = this.network?.body.nodes[id];
    if (!node?.shape?.width) return null;
    return { x: node.x, y: node.y, width: node.shape.width, height: node.shape.height };
  }

  portPoint(id, side, index) {
    const box = this.boxOf(id);
    const count = this.portCounts.get(id)[side];
    const x = side === "in" ? box.x - box.width / 2 : box.x + box.width / 2;
    return { x, y: box.y + portOffset(index, count, box.height) };
  }

  /** Points along a wire as it is drawn. */
  wirePoints(edgeId) {
    const edgeType = this.network.body.edges[edgeId]?.edgeType;
    if (!edgeType) return [];
    return Array.from({ length: CURVE_SAMPLES + 1 }, (_, step) => edgeType.getPoint(step / CURVE_SAMPLES));
  }

  /** The wire that passes nearest to a point, if it is within reach. */
  wireAt(point, reach) {
    let nearest = null;
    let least = reach;
    for (const id of Object.keys(this.network?.body.edges ?? {})) {
      for (const place of this.wirePoints(id)) {
        const distance = Math.hypot(place.x - point.x, place.y - point.y);
        if (distance < least) [nearest, least] = [id, distance];
      }
    }
    return nearest;
  }

  highlightWire(id) {
    if (this.network === null || id === this.highlighted) return;
    this.highlighted = id;
    this.network.setSelection({ nodes: [], edges: id ? [id] : [] });
  }

  /** Let the wires of a path stand out. */
  highlightPath(edges) {
    if (this.network === null) return;
    this.highlighted = undefined;
    this.network.setSelection({ nodes: [], edges: edges.filter((id) => id in this.network.body.edges) });
  }

  anchorWires() {
    for (const edge of Object.values(this.network.body.edges)) {
      const { from, to, output, port } = this.edges.get(edge.id);
      const type = edge.edgeType;
      type.from = type.fromPoint = this.anchor(from, "out", output);
      type.to = type.toPoint = this.anchor(to, "in", port);
    }
  }

  /** The node as vis-network's edge sees it, but standing where the port is and without extent. */
  anchor(id, side, index) {
    const node = this.network.body.nodes[id];
    const drawing = this;
    return Object.create(node, {
      x: { get: () => (side === "in" ? node.x - node.shape.width / 2 - ARROW_GAP : node.x + node.shape.width / 2) },
      y: {
        get: () => node.y + portOffset(index, drawing.portCounts.get(id)[side], node.shape.height),
      },
      distanceToBorder: { value: () => 0 },
    });
  }
}

/** What vis-network reads of a node; all else is for the page. */
const DRAWN = ["id", "label", "shape", "group", "borderWidth", "widthConstraint", "x", "y"];

/** The drawn fields of a node; with an older one given, those that differ from it, or null if none do. */
function drawnPart(node, before = {}) {
  const differing = DRAWN.filter((field) => node[field] !== before[field]);
  return differing.length ? Object.fromEntries([["id", node.id], ...differing.map((field) => [field, node[field]])]) : null;
}

function synchroniseNodes(dataSet, before, after) {
  const gone = Object.keys(before).filter((id) => !(id in after));
  if (gone.length) dataSet.remove(gone);
  const changed = [];
  for (const [id, node] of Object.entries(after)) {
    const part = before[id] === node ? null : drawnPart(node, before[id]);
    if (part) changed.push(part);
  }
  if (changed.length) dataSet.update(changed);
}

function synchroniseEdges(dataSet, before, after) {
  const gone = Object.keys(before).filter((id) => after[id] !== before[id]);
  const come = Object.keys(after).filter((id) => after[id] !== before[id]);
  // vis merges an update into what it holds, and a wire that no longer runs beside another must lose its bow.
  if (gone.length) dataSet.remove(gone);
  if (come.length) dataSet.add(come.map((id) => after[id]));
}
