/**
 * When the view follows the graph: at first, and again after Fit or Tidy, all of the graph is in sight.
 *
 * Somebody who zooms or pans has chosen a view, and keeps it. Somebody who puts nodes down has settled in it: then it
 * follows only where the window changes, or where a change of layout would hide what was in sight.
 *
 * @typedef {import("../model/types.js").Bounds} Bounds
 */

import { around, boundsOf } from "./geometry.js";

/** Of a node's face; its numbers stand in the middle. */
const TOLERABLE_LOSS = 0.25;

export class Framing {
  #isFitted = false;

  /**
   * @param {object} stage
   * @param {HTMLElement} stage.element
   * @param {import("./view.js").View} stage.view
   * @param {import("./drawing.js").Drawing} stage.drawing
   * @param {() => readonly string[]} stage.nodes the ids of those that are shown
   * @param {() => Iterable<Bounds>} stage.frames where those of open blocks stand
   * @param {() => boolean} stage.takeUpLook looks as before a reload; answers false where there was nothing before
   */
  constructor({ element, view, drawing, nodes, frames, takeUpLook }) {
    this.element = element;
    this.view = view;
    this.drawing = drawing;
    this.nodes = nodes;
    this.frames = frames;
    this.takeUpLook = takeUpLook;
  }

  /** Whether the graph is still to be fitted, once it is drawn. */
  get isWaiting() {
    return !this.#isFitted;
  }

  fit() {
    const parts = [...this.#nodeBounds().values(), ...this.frames()];
    if (parts.length === 0) this.view.clear();
    else this.view.fit(around(parts));
    return true;
  }

  /** The height of the graph over its width. */
  get aspect() {
    const parts = [...this.#nodeBounds().values(), ...this.frames()];
    if (parts.length === 0) return 0;
    const { left, top, right, bottom } = around(parts);
    return (bottom - top) / Math.max(right - left, 1);
  }

  /** Show all of the graph in the stage as it is at this moment, without waiting for a frame: paper does not. */
  fitNow() {
    this.view.resize();
    this.drawing.resize(this.view);
    this.view.release();
    this.fit();
    this.drawing.drawNow();
  }

  /** Fit a graph that has just come: a node's size is known only once it has been drawn. */
  fitWhenDrawn() {
    this.#isFitted = false;
    this.element.classList.remove("ready");
    this.drawing.drawNow();
  }

  /** Show all of the graph at the next frame, at the latest place and size of its nodes. */
  fitNext() {
    this.#isFitted = false;
    this.drawing.redraw();
  }

  /** The graph has been drawn. */
  drawn() {
    if (this.#isFitted || !this.nodes().every((id) => this.drawing.boxOf(id))) return;
    this.#isFitted = true;
    this.element.classList.add("ready");
    if (!this.takeUpLook()) this.fit();
  }

  /** Nodes that were put elsewhere have arrived there. */
  arrived() {
    if (!this.view.isHeld) this.fit();
  }

  /** The stage has another size: the window's, or because something beside it grew. */
  resized() {
    const { view, drawing } = this;
    if (view.width === 0) return;
    const before = this.#sharesInSight();
    const stayed = view.resize();
    drawing.resize(view);
    if (!this.#isFitted || view.chosen) return;
    const now = this.#sharesInSight();
    const tolerated = view.settled ? TOLERABLE_LOSS : 0;
    const hides = [...before].some(([id, share]) => (now.get(id) ?? 0) < share - tolerated);
    if (!stayed || hides) this.fit();
  }

  #sharesInSight() {
    return new Map([...this.#nodeBounds()].map(([id, bounds]) => [id, this.view.shareInSight(bounds)]));
  }

  #nodeBounds() {
    /** @type {Map<string, Bounds>} */
    const found = new Map();
    for (const id of this.nodes()) {
      const box = this.drawing.boxOf(id);
      if (box) found.set(id, boundsOf(box));
    }
    return found;
  }
}
