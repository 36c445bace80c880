/**
 * A wire in the hand: from the port where it began to the pointer, snapping to the nearest legal port.
 *
 * It can begin at either end. Begun at an occupied input it takes that wire off and holds it by its source.
 */

import { svgElement } from "../parts/dom.js";
import { borders } from "../model/block_model.js";
import { closesCycle, edgeInto, portsOf } from "../model/picture.js";

export const SNAP_PX = 20;

export class Wiring {
  /** @param {import("../canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.layer = svgElement("svg", { class: "hand", "aria-hidden": "true" });
    this.line = svgElement("path");
    this.layer.append(this.line);
    canvas.stage.append(this.layer);
    this.hand = null;
  }

  get active() {
    return this.hand !== null;
  }

  /** Take a wire in hand at a port. */
  begin(id, side, index) {
    const { picture } = this.canvas;
    const occupied = side === "in" ? edgeInto(picture, id, index) : undefined;
    this.hand = occupied
      ? { id: occupied.from, side: "out", index: occupied.output, takenOff: { target: id, port: index } }
      : { id, side, index, takenOff: null };
    this.hand.goals = this.goals();
    this.goal = null;
    for (const goal of this.hand.goals) {
      const port = this.canvas.overlay.portElement(goal.id, goal.side, goal.index);
      port?.classList.add(goal.refusal ? "illegal" : "legal");
    }
    this.layer.classList.add("shown");
  }

  /** All ports at which this wire could end, with the reason where it may not. */
  goals() {
    const { picture } = this.canvas;
    const { id, side } = this.hand;
    const other = side === "out" ? "in" : "out";
    const goals = [];
    const around = borders(picture);
    for (const nodeId of picture.order) {
      const names = portsOf(picture, nodeId)[other];
      const [source, target] = side === "out" ? [id, nodeId] : [nodeId, id];
      const cyclic = closesCycle(picture, source, target);
      const block = cyclic || source === target ? "" : around(source, target);
      const refusal = cyclic ? cycleSentence(picture, source, target) : block ? borderSentence(block) : "";
      names.forEach((_, index) => goals.push({ id: nodeId, side: other, index, refusal }));
    }
    return goals;
  }

  /** Follow the pointer; the nearest port within reach is the goal. @param {{x, y}} point on the stage */
  move(point) {
    const { view, drawing, notice } = this.canvas;
    let nearest = null;
    let least = SNAP_PX;
    for (const goal of this.hand.goals) {
      const place = view.toStage(drawing.portPoint(goal.id, goal.side, goal.index));
      const distance = Math.hypot(place.x - point.x, place.y - point.y);
      if (distance <= least) [nearest, least] = [{ ...goal, place }, distance];
    }
    this.aim(nearest);
    if (nearest?.refusal) notice.say(nearest.refusal, nearest.place);
    const end = nearest && !nearest.refusal ? nearest.place : point;
    this.drawLine(view.toStage(drawing.portPoint(this.hand.id, this.hand.side, this.hand.index)), end);
  }

  aim(goal) {
    if (this.goal) this.portOf(this.goal)?.classList.remove("snapped");
    this.goal = goal;
    if (goal && !goal.refusal) this.portOf(goal)?.classList.add("snapped");
  }

  portOf(goal) {
    return this.canvas.overlay.portElement(goal.id, goal.side, goal.index);
  }

  drawLine(start, end) {
    const away = this.hand.side === "out" ? 1 : -1;
    const bend = away * Math.max(Math.abs(end.x - start.x) * 0.45, 30);
    const path = `M${start.x},${start.y} C${start.x + bend},${start.y} ${end.x - bend},${end.y} ${end.x},${end.y}`;
    this.line.setAttribute("d", path);
  }

  /** Let go: connect to the goal, or, over nothing, leave a wire that was taken off disconnected. */
  end(point) {
    const { hand, goal } = this;
    this.cancel();
    if (goal?.refusal) {
      this.canvas.notice.say(goal.refusal, goal.place);
      return;
    }
    if (goal) this.connect(hand, goal);
    else if (hand.takenOff) this.canvas.edit({ type: "disconnect", ...hand.takenOff }, point);
    else if (point) this.canvas.searchAt(point, hand);
  }

  connect(hand, goal) {
    const [from, to] = hand.side === "out" ? [hand, goal] : [goal, hand];
    const { takenOff } = hand;
    const back = takenOff && takenOff.target === to.id && takenOff.port === to.index;
    if (back) return;
    const events = [{ type: "connect", source: from.id, output: from.index, target: to.id, port: to.index }];
    if (takenOff) events.unshift({ type: "disconnect", ...takenOff });
    this.canvas.edits.send(events, goal.place);
  }

  cancel() {
    if (!this.active) return;
    this.aim(null);
    this.hand = null;
    this.layer.classList.remove("shown");
    this.line.removeAttribute("d");
    for (const port of this.canvas.stage.querySelectorAll(".port.legal, .port.illegal")) {
      port.classList.remove("legal", "illegal");
    }
  }
}

/** Why a wire would lead around a part of an open block, in the words that Python uses. */
function borderSentence(block) {
  return `A way would lead out of the block ${block} and back into it.`;
}

/** Why a wire would close a cycle, in the words that Python uses. */
function cycleSentence(picture, source, target) {
  return `${picture.nodes[source].name} → ${picture.nodes[target].name} would close a cycle.`;
}
