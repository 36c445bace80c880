/** Numbers that are dragged sideways. */

const FINE = 0.1;
/** Digits that are kept: 0.1 + 0.2 is to read 0.3, at every magnitude. */
const DIGITS = 12;

/** The largest number that is still finite with so many digits. */
const LARGEST = 1.79769313486e308;

/**
 * A number some steps on: 2 goes by 0.1, 30 by 1, 3e-13 by 1e-14; a tenth of that when it goes finely.
 * @param {number} value where it began
 * @param {number} steps
 * @param {boolean} isFine
 */
export function scrubbed(value, steps, isFine) {
  const magnitude = Math.abs(value) > 0 ? Math.floor(Math.log10(Math.abs(value))) : 0;
  const step = Math.max(10 ** (magnitude - 1) * (isFine ? FINE : 1), Number.MIN_VALUE);
  const moved = Math.min(Math.max(value + steps * step, -LARGEST), LARGEST);
  // Of 2 − 2 something is left over that is nothing beside a step.
  return Math.abs(moved) < step / 1000 ? 0 : Number(moved.toPrecision(DIGITS));
}
