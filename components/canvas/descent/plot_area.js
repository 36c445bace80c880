/**
 * From places among the inputs to places in the plot's area, and back. Numbers may be as large as doubles are.
 *
 * @typedef {import("../model/types/panel_types.js").Interval} Interval
 * @typedef {readonly number[]} Place of one number each input
 */

/** In units of the drawing, which is as wide as the panel. */
export const SIZE = { width: 400, height: 300 };
export const AREA = { left: 46, top: 6, width: 346, height: 254 };
/** How far beyond the area's edge lines end, so that their ends are out of sight. */
const BEYOND = 8;
/** Points of the path that are nearer to each other share one dot. */
const APART = 5;
/** The digits that a hand can mean, in parts of the window. */
const HAND_DIGITS = 3;

export class PlotArea {
  /** @param {readonly Interval[]} frame the window: across and up */
  constructor([across, up]) {
    this.across = across;
    this.up = up;
    /** How much of the area, to the right and down, one goes with each of the inputs. */
    this.scale = [AREA.width / (across[1] - across[0]), -AREA.height / (up[1] - up[0])];
  }

  /**
   * From a place among the inputs to one in the area, or as far outside of it as it lies; that may be infinite.
   * @param {Place} place
   */
  toArea([x, y]) {
    return [(x - this.across[0]) * this.scale[0], (y - this.up[1]) * this.scale[1]];
  }

  /**
   * What is in sight of a line through places among the inputs, as a path's data; it goes in their true directions.
   * @param {readonly Place[]} places
   */
  pathThrough(places) {
    /** @type {string[]} */
    const parts = [];
    let last = "";
    places.slice(1).forEach((place, index) => {
      const ends = this.#clipped(places[index], place);
      if (!ends) return;
      const [start, end] = ends.map((point) => written([point]));
      parts.push(start === last ? `L${end}` : `M${start}L${end}`);
      last = end;
    });
    return parts.join("");
  }

  /**
   * The part in the area of the segment between two places, by its ends (Liang and Barsky); none if it passes by.
   * @param {Place} a
   * @param {Place} b
   * @returns {Place[] | null}
   */
  #clipped(a, b) {
    const isTurned = !this.toArea(a).every(Number.isFinite);
    const [from, to] = isTurned ? [b, a] : [a, b];
    const start = this.toArea(from);
    // Halved, the difference of two doubles is a double.
    const halves = to.map((value, axis) => value / 2 - from[axis] / 2);
    const length = Math.max(...halves.map(Math.abs));
    if (!start.every(Number.isFinite) || !(length > 0)) return null;
    const along = halves.map((half, axis) => (half / length) * this.scale[axis]);
    let [enter, leave] = [0, 2 * length];
    for (const [axis, size] of [AREA.width, AREA.height].entries()) {
      const ends = [-BEYOND - start[axis], size + BEYOND - start[axis]];
      if (along[axis] === 0) {
        if (ends[0] > 0 || ends[1] < 0) return null;
        continue;
      }
      const [first, second] = ends.map((end) => end / along[axis]);
      enter = Math.max(enter, Math.min(first, second));
      leave = Math.min(leave, Math.max(first, second));
    }
    if (enter > leave) return null;
    const ends = [enter, leave].map((far) => start.map((value, axis) => value + far * along[axis]));
    return isTurned ? ends.reverse() : ends;
  }

  /**
   * The place among the inputs at a share of the width and of the height, rounded to what a hand can mean.
   * @param {number} across
   * @param {number} up
   */
  placeAt(across, up) {
    return [roundedIn(this.across, this.across[0] + across * (this.across[1] - this.across[0])),
      roundedIn(this.up, this.up[0] + up * (this.up[1] - this.up[0]))];
  }
}

/**
 * A number kept in an interval, to the digits that matter in one of that size.
 * @param {Interval} interval
 * @param {number} value
 */
export function roundedIn([low, high], value) {
  const kept = Math.min(high, Math.max(low, value));
  const power = Math.ceil(Math.log10(high - low)) - HAND_DIGITS;
  // Added, 0 makes −0 a 0.
  return (power < 0 ? Number(kept.toFixed(Math.min(100, -power))) : Math.round(kept / 10 ** power) * 10 ** power) + 0;
}

/** @param {Place} point of the area */
export function isInside([x, y]) {
  return x >= 0 && x <= AREA.width && y >= 0 && y <= AREA.height;
}

/**
 * The points without those that would lie on one that is drawn already; the first is drawn otherwise.
 * @param {readonly Place[]} points
 */
export function apart(points) {
  let last = points[0];
  return points.slice(1).filter(([x, y]) => {
    const isFar = Math.hypot(x - last[0], y - last[1]) >= APART;
    if (isFar) last = [x, y];
    return isFar;
  });
}

/** @param {readonly Place[]} points */
export function written(points) {
  return points.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join(" ");
}
