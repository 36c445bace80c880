/** What a wheel event means: a mouse's notch and a trackpad's pinch zoom, a trackpad's swipe pans. */

const ZOOM = 0.0016;
const LINE_PX = 16;
/** From here on a whole number of pixels in one direction is a notch of a mouse. */
const NOTCH_PX = 40;
/** What browsers count for a notch, whatever the page's own zoom makes of its pixels. */
const NOTCH_TICKS = 120;
/** Until when a swipe of two fingers goes on panning: its last events look like a mouse wheel's. */
const SWIPE_MS = 250;
const PINCH_ZOOM = Math.LN2 / 70;

/**
 * @typedef {object} WheelMove
 * @property {number} deltaMode 0 where it is told in pixels, 1 in lines
 * @property {number} deltaX
 * @property {number} deltaY
 * @property {number} [wheelDeltaY]
 * @property {boolean} ctrlKey
 * @property {number} timeStamp
 *
 * @typedef {{zoom: number} | {pan: [dx: number, dy: number]}} WheelMeaning
 */

export class Wheel {
  /** Until when a wheel is a swipe that pans. */
  #swipesUntil = -Infinity;

  /**
   * The factor to zoom by, or how far to pan, in pixels.
   * @param {WheelMove} event
   * @returns {WheelMeaning}
   */
  meaningOf(event) {
    const inLines = event.deltaMode === 1; // read first: Firefox tells lines only to whom asks for the mode
    const { deltaX, deltaY } = event;
    const down = inLines ? deltaY * LINE_PX : deltaY;
    const isMouse = inLines || isNotch(event);
    if (event.ctrlKey) {
      // Browsers tell a trackpad's pinch so; a mouse wheel with Ctrl comes in notches.
      return { zoom: Math.exp(-down * (inLines || Math.abs(deltaY) >= NOTCH_PX ? ZOOM : PINCH_ZOOM)) };
    }
    if (isMouse && !(event.deltaMode === 0 && event.timeStamp < this.#swipesUntil)) return { zoom: Math.exp(-down * ZOOM) };
    this.#swipesUntil = event.timeStamp + SWIPE_MS;
    return { pan: [-deltaX, -deltaY] };
  }
}

/**
 * Whether a wheel event in pixels is of a mouse: it has one direction and comes in whole notches. Where the page is
 * zoomed a notch is a fraction of pixels, and yet counted as one.
 * @param {WheelMove} event
 */
function isNotch({ deltaX, deltaY, wheelDeltaY = 0 }) {
  const isCounted = wheelDeltaY !== 0 && wheelDeltaY % NOTCH_TICKS === 0 && wheelDeltaY !== -3 * deltaY;
  return deltaX === 0 && (isCounted || (Math.abs(deltaY) >= NOTCH_PX && Number.isInteger(deltaY)));
}
