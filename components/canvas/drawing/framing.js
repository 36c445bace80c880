/**
 * When the view follows the graph: at first, and again after Fit or Tidy, all of the graph is in sight.
 *
 * Somebody who zooms or pans has chosen a view, and keeps it. Somebody who puts nodes down has settled in it: then it
 * follows only where the window changes, or where a change of layout would hide what was in sight.
 */

import { edgesOf } from "./blocks.js";

/** Of a node's face; its numbers stand in the middle. */
const TOLERABLE_LOSS = 0.25;

export class Framing {
  /** @param {import("../canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.fitted = false;
  }

  fit() {
    const boxes = [...this.nodeBoxes().values(), ...this.canvas.blocks.boxes.values()];
    const { view } = this.canvas;
    if (boxes.length === 0) view.clear();
    else {
      view.fit({
        left: Math.min(...boxes.map(({ left }) => left)), right: Math.max(...boxes.map(({ right }) => right)),
        top: Math.min(...boxes.map(({ top }) => top)), bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
      });
    }
    return true;
  }

  /** Fit a graph that has just come: a node's size is known only once it has been drawn. */
  fitWhenDrawn() {
    this.fitted = false;
    this.canvas.stage.classList.remove("ready");
    this.canvas.drawing.drawNow();
  }

  /** Show all of the graph at the next frame, at the latest place and size of its nodes. */
  fitNext() {
    this.fitted = false;
    this.canvas.drawing.redraw();
  }

  /** The graph has been drawn. */
  drawn() {
    const { drawing, picture, stage, continuity } = this.canvas;
    if (this.fitted || !picture.order.every((id) => drawing.boxOf(id))) return;
    this.fitted = true;
    stage.classList.add("ready");
    if (!continuity.takeUpLook()) this.fit();
  }

  /** Nodes that were put elsewhere have arrived there. */
  arrived() {
    if (!this.canvas.view.isHeld) this.fit();
  }

  /** The stage has another size: the window's, or because something beside it grew. */
  resized() {
    const { view, drawing } = this.canvas;
    if (view.width === 0) return;
    const before = this.sharesSeen();
    const stayed = view.resize();
    drawing.resize(view);
    if (!this.fitted || view.chosen) return;
    const now = this.sharesSeen();
    const hides = [...before].some(([id, share]) => now.get(id) < share - TOLERABLE_LOSS);
    if (!stayed || hides) this.fit();
  }

  sharesSeen() {
    return new Map([...this.nodeBoxes()].map(([id, box]) => [id, this.canvas.view.shareSeen(box)]));
  }

  nodeBoxes() {
    const { drawing, picture } = this.canvas;
    const drawn = picture.order.map((id) => [id, drawing.boxOf(id)]).filter(([, box]) => box !== null);
    return new Map(drawn.map(([id, box]) => [id, edgesOf(box)]));
  }
}
