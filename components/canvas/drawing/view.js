/**
 * What part of the graph is in sight: the point in the middle and the scale. Stage points are CSS pixels.
 *
 * @typedef {import("../model/types/picture_types.js").Point} Point
 * @typedef {import("../model/types/picture_types.js").Bounds} Bounds
 */

import { clamp } from "./geometry.js";

const SMALLEST_SCALE = 0.08;
const LARGEST_SCALE = 3;
const LARGEST_FIT = 1.25;
const SMALLEST_FIT = 0.005;
/** Beside the graph there is room for wires that lead back to the next line. */
const MARGIN_PX = { x: 28, y: 16 };
/** How far beside a node such a wire turns, in units of the graph, and what is left beside that. */
const WIRE_BESIDE = 32;
const EDGE_PX = 4;

/** From the edge to the middle of a node that is in good sight. */
const CLEAR_PX = { x: 100, y: 76 };

/** Half of a node, in units of the graph. */
const NODE_HALF = { x: 90, y: 47 };

export class View {
  /** Where the stage stood when it last was measured. */
  #frame = { left: 0, top: 0, width: 0, height: 0, window: "" };

  /**
   * @param {HTMLElement} stage
   * @param {() => void} onChange
   */
  constructor(stage, onChange) {
    this.stage = stage;
    this.onChange = onChange;
    this.x = 0;
    this.y = 0;
    this.scale = 1;
    /** Whether somebody has chosen this view; until then it follows the size of the stage. */
    this.chosen = false;
    /** Whether hands have been at it: have moved the view, or put nodes at places in it. */
    this.settled = false;
  }

  /** Whether the view is to stay as it is while the graph changes. */
  get isHeld() {
    return this.chosen || this.settled;
  }

  /** How large the stage was when it last was measured. @returns {[width: number, height: number]} */
  get measured() {
    return [this.#frame.width, this.#frame.height];
  }

  /**
   * As it was last measured, which is at every change of its size: asked for it while something else has been written, the
   * browser would lay the whole page out before it answers.
   */
  get width() {
    return this.#frame.window ? this.#frame.width : this.stage.clientWidth;
  }

  get height() {
    return this.#frame.window ? this.#frame.height : this.stage.clientHeight;
  }

  /**
   * What a graph that is fitted may take, in pixels.
   * @returns {[width: number, height: number]}
   */
  get viewport() {
    return [Math.max(this.width - 2 * MARGIN_PX.x, 1), Math.max(this.height - 2 * MARGIN_PX.y, 1)];
  }

  /** The transform of a layer in graph coordinates that lies over the stage. */
  get transform() {
    const [x, y] = [this.width / 2 - this.x * this.scale, this.height / 2 - this.y * this.scale];
    return `translate(${x}px, ${y}px) scale(${this.scale})`;
  }

  /**
   * A pointer event's place on the stage.
   * @param {{clientX: number, clientY: number}} event
   * @returns {Point}
   */
  pointOf(event) {
    const box = this.stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  /**
   * @param {Point} point on the stage
   * @returns {Point}
   */
  toGraph(point) {
    return {
      x: (point.x - this.width / 2) / this.scale + this.x,
      y: (point.y - this.height / 2) / this.scale + this.y,
    };
  }

  /**
   * @param {Point} place of the graph
   * @returns {Point}
   */
  toStage(place) {
    return {
      x: (place.x - this.x) * this.scale + this.width / 2,
      y: (place.y - this.y) * this.scale + this.height / 2,
    };
  }

  /** @param {Point} point on the stage */
  contains(point) {
    return point.x >= 0 && point.y >= 0 && point.x <= this.width && point.y <= this.height;
  }

  /**
   * Whether a node that stands at a place of the graph is in sight, with the tools at the edges kept clear.
   * @param {Point} place
   */
  shows(place) {
    const { x, y } = this.toStage(place);
    return x >= CLEAR_PX.x && y >= CLEAR_PX.y && x <= this.width - CLEAR_PX.x && y <= this.height - CLEAR_PX.y;
  }

  /**
   * Whether the middle of a node that stands at a place of the graph is in sight, with some room around it.
   * @param {Point} place
   */
  holds(place) {
    const { x, y } = this.toStage(place);
    const [across, down] = [Math.min(NODE_HALF.x * this.scale, this.width / 4), Math.min(NODE_HALF.y * this.scale, this.height / 4)];
    return x >= across && y >= down && x <= this.width - across && y <= this.height - down;
  }

  /**
   * @param {number} dx
   * @param {number} dy
   */
  pan(dx, dy) {
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
    this.chosen = this.settled = true;
    this.onChange();
  }

  /**
   * Zoom by a factor; the graph under the stage point stays under it.
   * @param {number} factor
   * @param {Point} [point]
   */
  zoom(factor, point = { x: this.width / 2, y: this.height / 2 }) {
    const before = this.toGraph(point);
    this.scale = clamp(this.scale * factor, SMALLEST_SCALE, LARGEST_SCALE);
    const after = this.toGraph(point);
    this.x += before.x - after.x;
    this.y += before.y - after.y;
    this.chosen = this.settled = true;
    this.onChange();
  }

  /**
   * Take in that the stage has another size. Where hands have been at it, in a window as before, everything stays where it
   * is on the screen: a formula that grows by a line must not pull a port from under the finger. So it does where a line
   * comes below the stage: what is fitted into a lower stage anew would jump each time that somebody asks for a number.
   * @returns {boolean} whether it did so
   */
  resize() {
    const before = this.#frame;
    const { offsetLeft: left, offsetTop: top, clientWidth: width, clientHeight: height } = this.stage;
    const { innerWidth, innerHeight } = globalThis;
    this.#frame = { left, top, width, height, window: `${innerWidth} × ${innerHeight}` };
    const isLower = left === before.left && top === before.top && width === before.width && height < before.height;
    if ((!this.settled && !isLower) || before.window !== this.#frame.window) return false;
    this.x += (left + width / 2 - before.left - before.width / 2) / this.scale;
    this.y += (top + height / 2 - before.top - before.height / 2) / this.scale;
    return true;
  }

  /**
   * What share of a part of the graph is in sight on the stage as it was last measured.
   * @param {Bounds} bounds
   */
  shareInSight({ left, top, right, bottom }) {
    const [across, down] = [this.width / this.scale / 2, this.height / this.scale / 2];
    const wide = Math.min(right, this.x + across) - Math.max(left, this.x - across);
    const high = Math.min(bottom, this.y + down) - Math.max(top, this.y - down);
    return Math.max(wide, 0) * Math.max(high, 0) / ((right - left) * (bottom - top));
  }

  /**
   * Take up a view that was chosen before.
   * @param {Point & {scale: number}} view
   */
  choose({ x, y, scale }) {
    Object.assign(this, { x, y, scale: clamp(scale, SMALLEST_SCALE, LARGEST_SCALE), chosen: true });
    this.onChange();
  }

  /**
   * Show all of a part of the graph.
   * @param {Bounds} bounds
   */
  fit(bounds) {
    const { left, top, right, bottom } = bounds;
    this.x = (left + right) / 2;
    this.y = (top + bottom) / 2;
    this.scale = this.scaleFor(bounds);
    this.release();
    this.onChange();
  }

  /**
   * The scale at which all of a part of the graph is in sight.
   * @param {Bounds} bounds
   */
  scaleFor(bounds) {
    const high = this.viewport[1] / Math.max(bounds.bottom - bounds.top, 1);
    return clamp(Math.min(this.#wideScale(bounds), high), SMALLEST_FIT, LARGEST_FIT);
  }

  /**
   * So high a stage of this width is to be that no more height would make a part of the graph larger.
   * @param {Bounds} bounds
   */
  heightFor(bounds) {
    return (bounds.bottom - bounds.top) * clamp(this.#wideScale(bounds), SMALLEST_FIT, LARGEST_FIT) + 2 * MARGIN_PX.y;
  }

  /** @param {Bounds} bounds */
  #wideScale({ left, right }) {
    const across = Math.max(right - left, 1);
    // Enlarged, those wires need more than the margin that the viewport leaves.
    const beside = Math.max((this.width - EDGE_PX) / (across + 2 * WIRE_BESIDE), MARGIN_PX.x / WIRE_BESIDE);
    return Math.min(this.viewport[0] / across, beside);
  }

  /**
   * Look elsewhere, without that being somebody's choice.
   * @param {Point & {scale: number}} view
   */
  look({ x, y, scale }) {
    Object.assign(this, { x, y, scale: clamp(scale, SMALLEST_SCALE, LARGEST_SCALE) });
    this.onChange();
  }

  /**
   * Look into a part of the graph, as somebody has chosen.
   * @param {Bounds} bounds
   */
  lookInto(bounds) {
    this.fit(bounds);
    this.chosen = this.settled = true;
  }

  /** Look at an empty ground. */
  clear() {
    Object.assign(this, { x: 0, y: 0, scale: 1 });
    this.release();
    this.onChange();
  }

  /** Take in that hands have put something at a place in this view. */
  settle() {
    this.settled = true;
  }

  /** Let the view follow the graph again. */
  release() {
    this.chosen = false;
    this.settled = false;
  }
}
