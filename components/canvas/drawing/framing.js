/**
 * When the view follows the graph: at first, and again after Fit or Tidy, all of the graph is in sight.
 *
 * While somebody goes through the steps of a graph that is too large to be read so, it is the active Function that is in
 * sight, large enough, with what it is wired to as far as there is room.
 *
 * Somebody who zooms or pans has chosen a view, and keeps it. Somebody who puts nodes down has settled in it: then it
 * follows only where the window changes, or where a change of layout would hide what was in sight.
 *
 * @typedef {import("../model/types/picture_types.js").Bounds} Bounds
 */

import { around, boundsOf, clamp } from "./geometry.js";
import { TAG_HEIGHT } from "./tag_size.js";

/** Of a node's face; its numbers stand in the middle. */
const TOLERABLE_LOSS = 0.25;
/** For less a graph that was settled in stays as it is where the stage becomes larger. */
const MUCH_LARGER = 1.25;

/** In pixels: text that is smaller is not read; what is looked at alone is shown so large, on a desk or presented. */
const TEXT_PX = { least: 13, desk: 16, presented: 24, active: 32 };
/** How wide a stage is on which text is presented so large; on a smaller one people sit nearer. */
const PRESENTED_WIDTH = 1800;

/** How much of the ground beyond the graph may be in sight, in units of the graph. */
const EDGE = 40;
/** A node that is larger would reach its neighbours. */
const LARGEST_ENLARGEMENT = 1.36;

export class Framing {
  #isFitted = false;
  /** The active Function and what it is wired to; empty where nobody steps. @type {readonly string[]} */
  #active = [];

  /**
   * @param {object} stage
   * @param {HTMLElement} stage.element
   * @param {import("./view.js").View} stage.view
   * @param {import("./drawing.js").Drawing} stage.drawing
   * @param {() => readonly string[]} stage.nodes the ids of those that are shown
   * @param {() => Iterable<Bounds>} stage.frames where those of open blocks stand
   * @param {() => boolean} stage.takeUpLook looks as before a reload; answers false where there was nothing before
   * @param {() => number} stage.textSize of a node, in units of the graph
   * @param {() => string | undefined} stage.tagged the id of the node above which a label stands
   */
  constructor({ element, view, drawing, nodes, frames, takeUpLook, textSize, tagged }) {
    this.textSize = textSize;
    this.tagged = tagged;
    this.isPresented = false;
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

  /** Whether all of the graph is in sight, and large enough to be read on a desk. */
  get isRead() {
    return this.#isFitted && this.view.scale * this.textSize() >= TEXT_PX.desk;
  }

  fit() {
    const parts = this.#parts();
    if (parts.length === 0) this.view.clear();
    else this.view.fit(around(parts));
    return true;
  }

  /** The height of the graph over its width. */
  get aspect() {
    const parts = this.#parts();
    if (parts.length === 0) return 0;
    const { left, top, right, bottom } = around(parts);
    return (bottom - top) / Math.max(right - left, 1);
  }

  /** So high a stage of this width is to be for the graph to be as large as the width lets it be; in pixels. */
  get wantedHeight() {
    const parts = this.#parts();
    return parts.length === 0 ? 0 : this.view.heightFor(around(parts));
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
    if (!this.takeUpLook()) this.#frame();
  }

  /** Nodes that were put elsewhere have arrived there. */
  arrived() {
    if (!this.view.isHeld) this.#frame();
  }

  /** The stage has another size: the window's, or because something beside it grew. */
  resized() {
    const { view, drawing } = this;
    if (this.element.clientWidth === 0) return;
    const before = this.#sharesInSight();
    const [width, height] = view.measured;
    const stayed = view.resize();
    drawing.resize(view);
    if (!this.#isFitted || view.chosen) return;
    const now = this.#sharesInSight();
    const tolerated = view.settled ? TOLERABLE_LOSS : 0;
    const hides = [...before].some(([id, share]) => (now.get(id) ?? 0) < share - tolerated);
    const isLarger = view.width * view.height > width * height;
    if (!stayed || hides || (isLarger && this.#couldBeRead())) this.#frame();
  }

  /** Whether the graph is too small to be read, and would be much larger if it were fitted. */
  #couldBeRead() {
    const parts = this.#parts();
    if (parts.length === 0 || this.view.scale * this.textSize() >= TEXT_PX.least) return false;
    return this.view.scaleFor(around(parts)) > MUCH_LARGER * this.view.scale;
  }

  /**
   * Keep in sight what a step is about.
   * @param {readonly string[]} ids the active node, and those that it is wired to; none where nobody steps
   * @param {boolean} hasReturned whether it is looked at as before a reload
   */
  follow(ids, hasReturned) {
    if (ids.join() === this.#active.join()) return;
    const wasFollowing = this.#active.length > 0;
    this.#active = ids;
    if (!this.#isFitted || this.nodes().length === 0) return;
    if (ids.length > 0) {
      if (!hasReturned || !this.view.isHeld) this.#lookAtActive();
    } else if (wasFollowing && !this.view.isHeld) this.fit();
    this.#enlargeActive();
  }

  /** Show all of the graph, or where that is too small the active step. */
  #frame() {
    this.fit();
    this.#lookAtActive();
    this.#enlargeActive();
  }

  #enlargeActive() {
    this.drawing.enlarge(this.isPresented ? (this.#active[0] ?? null) : null, this.#enlargement());
  }

  #lookAtActive() {
    const [box] = this.#active.map((id) => this.drawing.boxOf(id));
    if (!box) return;
    const { view } = this;
    if (view.isHeld) {
      if (!view.shows(box)) view.look({ x: box.x, y: box.y, scale: view.scale });
      return;
    }
    const all = around(this.#parts());
    const size = this.textSize();
    const wanted = this.#wantedPx();
    const least = this.isPresented ? wanted - 0.5 : TEXT_PX.least;
    if (view.scaleFor(all) * size >= least) {
      view.fit(all);
      return;
    }
    const scale = wanted / size;
    const bounds = this.#active.flatMap((id) => this.drawing.boxOf(id) ?? []).map(boundsOf);
    const part = view.scaleFor(around(bounds)) >= scale ? around(bounds) : bounds[0];
    const [halfWidth, halfHeight] = [view.width / scale / 2, view.height / scale / 2];
    view.look({
      x: within((part.left + part.right) / 2, all.left, all.right, halfWidth),
      y: within((part.top + part.bottom) / 2, all.top, all.bottom, halfHeight),
      scale,
    });
  }

  /** How large text is to be that is looked at alone. */
  #wantedPx() {
    if (!this.isPresented) return TEXT_PX.desk;
    return clamp(TEXT_PX.presented * this.view.width / PRESENTED_WIDTH, TEXT_PX.desk, 2 * TEXT_PX.presented);
  }

  /** How much larger than the others the active node is presented. */
  #enlargement() {
    const wanted = this.#wantedPx() * TEXT_PX.active / TEXT_PX.presented;
    return clamp(wanted / (this.textSize() * this.view.scale), 1, LARGEST_ENLARGEMENT);
  }

  /** Where all stands that is to be in sight: the nodes, and the frames of open blocks. */
  #parts() {
    return [...this.#nodeBounds().values(), ...this.frames()];
  }

  #sharesInSight() {
    return new Map([...this.#nodeBounds()].map(([id, bounds]) => [id, this.view.shareInSight(bounds)]));
  }

  #nodeBounds() {
    /** @type {Map<string, Bounds>} */
    const found = new Map();
    const tagged = this.tagged();
    for (const id of this.nodes()) {
      const box = this.drawing.boxOf(id);
      if (!box) continue;
      const bounds = boundsOf(box);
      found.set(id, id === tagged ? { ...bounds, top: bounds.top - TAG_HEIGHT } : bounds);
    }
    return found;
  }
}

/**
 * The middle of what is in sight, so that no more of the empty ground is than needs be.
 * @param {number} middle
 * @param {number} low
 * @param {number} high
 * @param {number} half of what is in sight
 */
function within(middle, low, high, half) {
  return high - low <= 2 * half ? (low + high) / 2 : clamp(middle, low + half - EDGE, high - half + EDGE);
}
