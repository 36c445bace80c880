/**
 * A wire in the hand: from the port where it began to the pointer, snapping to the nearest legal port.
 *
 * It can begin at either end. Begun at an occupied input it takes that wire off and holds it by its source.
 *
 * @typedef {import("../model/types/picture_types.js").Point} Point
 * @typedef {import("../model/types/picture_types.js").PortPlace} PortPlace
 * @typedef {import("../model/graph/wires.js").Goal} Goal
 * @typedef {import("../model/graph/wires.js").LooseWire} LooseWire
 * @typedef {import("../drawing/stage.js").Stage} Stage
 */

import { svgElement } from "../parts/dom.js";
import { goalsOf, layWire, takeUpWire } from "../model/graph/wires.js";

const SNAP_PX = 20;
/** How far a wire's curve swings out: a share of its width, and at least so much. */
const BEND = { share: 0.45, least: 30 };

export class Wiring {
  /** @type {{wire: LooseWire, goals: Goal[]} | null} */
  #hand = null;
  /** The port that is near enough. @type {{port: Goal, place: Point} | null} */
  #goal = null;

  /**
   * @param {import("../model/page_model.js").PageModel} model
   * @param {Stage} stage
   * @param {import("./edits.js").Edits} edits
   * @param {(point: Point, wire: LooseWire) => void} searchAt searches for an op that a loose end could lead to
   */
  constructor(model, stage, edits, searchAt) {
    this.model = model;
    this.stage = stage;
    this.edits = edits;
    this.searchAt = searchAt;
    this.layer = svgElement("svg", { class: "hand", "aria-hidden": "true" });
    this.line = svgElement("path");
    this.layer.append(this.line);
    stage.overlay.layer.after(this.layer);
  }

  get isActive() {
    return this.#hand !== null;
  }

  /** Where the wire in hand may end. */
  get legalGoals() {
    return this.#hand?.goals.filter((goal) => !goal.refusal) ?? [];
  }

  /**
   * Take a wire in hand at a port.
   * @param {PortPlace} port
   */
  beginWire(port) {
    const wire = takeUpWire(this.model.picture, port);
    const goals = goalsOf(this.model.picture, wire);
    this.#hand = { wire, goals };
    this.#goal = null;
    for (const goal of goals) this.stage.overlay.portElement(goal)?.classList.add(goal.refusal ? "illegal" : "legal");
    this.layer.classList.add("shown");
  }

  /**
   * Follow the pointer; the nearest port within reach is the goal.
   * @param {Point} point on the stage
   */
  moveWire(point) {
    if (this.#hand === null) return;
    /** @type {{port: Goal, place: Point} | null} */
    let nearest = null;
    let least = SNAP_PX;
    for (const port of this.#hand.goals) {
      const place = this.stage.portOnStage(port);
      const distance = Math.hypot(place.x - point.x, place.y - point.y);
      if (distance <= least) [nearest, least] = [{ port, place }, distance];
    }
    this.#aim(nearest);
    const refusal = nearest?.port.refusal;
    if (nearest && refusal) this.stage.notice.tell(refusal, nearest.place);
    this.#drawLine(this.#hand.wire, nearest && !refusal ? nearest.place : point);
  }

  /** @param {{port: Goal, place: Point} | null} goal */
  #aim(goal) {
    if (this.#goal) this.stage.overlay.portElement(this.#goal.port)?.classList.remove("snapped");
    this.#goal = goal;
    if (goal && !goal.port.refusal) this.stage.overlay.portElement(goal.port)?.classList.add("snapped");
  }

  /**
   * @param {LooseWire} wire
   * @param {Point} end
   */
  #drawLine(wire, end) {
    const start = this.stage.portOnStage(wire);
    const bend = (wire.side === "out" ? 1 : -1) * Math.max(Math.abs(end.x - start.x) * BEND.share, BEND.least);
    const path = `M${start.x},${start.y} C${start.x + bend},${start.y} ${end.x - bend},${end.y} ${end.x},${end.y}`;
    this.line.setAttribute("d", path);
  }

  /**
   * Let go: connect to the goal, or, over nothing, leave a wire that was taken off disconnected.
   * @param {Point | null} point null where there is no pointer
   */
  endWire(point) {
    const wire = this.#hand?.wire;
    const goal = this.#goal;
    this.cancel();
    if (!wire) return;
    if (goal?.port.refusal) this.stage.notice.tell(goal.port.refusal, goal.place);
    else if (goal) this.#connect(layWire(wire, goal.port), goal.place);
    else if (wire.takenOff) this.model.edit({ type: "disconnect", ...wire.takenOff }, point ?? undefined);
    else if (point) this.searchAt(point, wire);
  }

  /**
   * @param {import("../model/types/event_types.js").EditEvent[]} events
   * @param {Point} place
   */
  #connect(events, place) {
    if (events.length) this.edits.send(events, place);
  }

  cancel() {
    if (!this.isActive) return;
    this.#aim(null);
    this.#hand = null;
    this.layer.classList.remove("shown");
    this.line.removeAttribute("d");
    for (const port of this.stage.element.querySelectorAll(".port.legal, .port.illegal")) {
      port.classList.remove("legal", "illegal");
    }
  }

  /**
   * Put the wire down whose node is gone, and aim at none that is.
   * @param {import("../model/types/picture_types.js").Picture} picture
   */
  keepTo({ nodes }) {
    if (this.#hand === null) return;
    this.#hand.goals = this.#hand.goals.filter(({ id }) => id in nodes);
    if (this.#goal && !(this.#goal.port.id in nodes)) this.#aim(null);
    if (!(this.#hand.wire.id in nodes)) this.cancel();
  }
}
