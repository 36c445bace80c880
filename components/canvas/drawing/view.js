/** What part of the graph is seen: the point in the middle and the scale. Stage points are CSS pixels. */

const SMALLEST_SCALE = 0.08;
const LARGEST_SCALE = 3;
const LARGEST_FIT = 1.25;
const MARGIN_PX = 36;
/** Along the lower edge stand the engines and the tools: a graph that is fitted keeps clear of them. */
const LOWER_MARGIN_PX = 62;

/** From the edge to the middle of a node that is seen well. */
const CLEAR_PX = { x: 100, y: 76 };

export class View {
  /** @param {HTMLElement} stage @param {() => void} onChange */
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
    /** Where the stage stood when it last was measured. */
    this.frame = null;
  }

  /** Whether the view is to stay as it is while the graph changes. */
  get isHeld() {
    return this.chosen || this.settled;
  }

  get width() {
    return this.stage.clientWidth;
  }

  get height() {
    return this.stage.clientHeight;
  }

  /** A pointer event's place on the stage. */
  pointOf(event) {
    const box = this.stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  toGraph(point) {
    return {
      x: (point.x - this.width / 2) / this.scale + this.x,
      y: (point.y - this.height / 2) / this.scale + this.y,
    };
  }

  toStage(point) {
    return {
      x: (point.x - this.x) * this.scale + this.width / 2,
      y: (point.y - this.y) * this.scale + this.height / 2,
    };
  }

  contains(point) {
    return point.x >= 0 && point.y >= 0 && point.x <= this.width && point.y <= this.height;
  }

  /** Whether a node that stands at a place of the graph is seen, with the tools at the edges kept clear. */
  shows(place) {
    const { x, y } = this.toStage(place);
    return x >= CLEAR_PX.x && y >= CLEAR_PX.y && x <= this.width - CLEAR_PX.x && y <= this.height - CLEAR_PX.y;
  }

  pan(dx, dy) {
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
    this.chosen = this.settled = true;
    this.onChange();
  }

  /** Zoom by a factor; the graph under the stage point stays under it. */
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
   * is on the screen: a formula that grows by a line must not pull a port from under the finger.
   * @returns {boolean} whether it did so
   */
  resize() {
    const before = this.frame;
    const { offsetLeft: left, offsetTop: top } = this.stage;
    const { innerWidth, innerHeight } = globalThis;
    this.frame = { left, top, width: this.width, height: this.height, window: `${innerWidth} × ${innerHeight}` };
    if (!this.settled || before?.window !== this.frame.window) return false;
    this.x += (left + this.width / 2 - before.left - before.width / 2) / this.scale;
    this.y += (top + this.height / 2 - before.top - before.height / 2) / this.scale;
    return true;
  }

  /** What share of a box {left, top, right, bottom} of the graph is seen on the stage as it was last measured. */
  shareSeen({ left, top, right, bottom }) {
    const { width, height } = this.frame ?? this;
    const [across, down] = [width / this.scale / 2, height / this.scale / 2];
    const seenAcross = Math.min(right, this.x + across) - Math.max(left, this.x - across);
    const seenDown = Math.min(bottom, this.y + down) - Math.max(top, this.y - down);
    return Math.max(seenAcross, 0) * Math.max(seenDown, 0) / ((right - left) * (bottom - top));
  }

  /** Take up a view that was chosen before. */
  choose({ x, y, scale }) {
    Object.assign(this, { x, y, scale: clamp(scale, SMALLEST_SCALE, LARGEST_SCALE), chosen: true });
    this.onChange();
  }

  /** Show all of a box {left, top, right, bottom}. */
  fit(box) {
    this.x = (box.left + box.right) / 2;
    const wide = (this.width - 2 * MARGIN_PX) / Math.max(box.right - box.left, 1);
    const high = (this.height - MARGIN_PX - LOWER_MARGIN_PX) / Math.max(box.bottom - box.top, 1);
    this.scale = clamp(Math.min(wide, high), SMALLEST_SCALE, LARGEST_FIT);
    this.y = (box.top + box.bottom) / 2 + (LOWER_MARGIN_PX - MARGIN_PX) / 2 / this.scale;
    this.release();
    this.onChange();
  }

  /** Look at an empty ground. */
  clear() {
    Object.assign(this, { x: 0, y: 0, scale: 1 });
    this.release();
    this.onChange();
  }

  /** Let the view follow the graph again. */
  release() {
    this.chosen = false;
    this.settled = false;
  }
}

function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}
