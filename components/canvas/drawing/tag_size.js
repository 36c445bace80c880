/** How large a label may be that stands on the upper border of a node, so that it lies over no number in the row above. */

/** In units of the graph: how large it is where there is room, and how much of the border it covers. */
const TAG = { size: 16, lineHeight: 1.3, onBorder: 2, frame: 3 };
/** What it takes above the node where there is room. */
export const TAG_HEIGHT = TAG.size * TAG.lineHeight + TAG.frame - TAG.onBorder;
/** On the screen: as large as it is read with ease, and from which on it is read at all. */
const EASY_PX = 12;
const LEAST_PX = 9;
/** Half of the widest node, and of a label as a multiple of its size, in units of the graph. */
const HALF_NODE = 115;
const HALF_LABEL = 3.6;

/**
 * What stands above a node, by the distance of the middles across and of the borders up.
 * @typedef {{across: number, up: number}} Above
 */

/**
 * The size of the label in units of the graph; 0 where it would not be read, or lie over what stands above.
 * @param {number} scale
 * @param {readonly Above[]} above
 */
export function tagSize(scale, above) {
  const wanted = Math.max(TAG.size, EASY_PX / scale);
  if (fits(wanted, above)) return wanted;
  return fits(TAG.size, above) && TAG.size * scale >= LEAST_PX ? TAG.size : 0;
}

/**
 * @param {number} size
 * @param {readonly Above[]} above
 */
function fits(size, above) {
  const height = size * TAG.lineHeight + TAG.frame - TAG.onBorder;
  return !above.some(({ across, up }) => Math.abs(across) < HALF_NODE + HALF_LABEL * size && up > -height && up < height);
}
