/** Numbers that are dragged sideways. */

const FINE = 0.1;
/** Digits that are kept: 0.1 + 0.2 is to read 0.3, at every magnitude. */
const DIGITS = 12;

/**
 * A number some steps on: 2 goes by 0.1, 30 by 1, 0.05 by 0.001; a tenth of that when it goes finely.
 * @param {number} value where it began
 * @param {number} steps
 * @param {boolean} isFine
 */
export function scrubbed(value, steps, isFine) {
  const magnitude = Math.abs(value) > 0 ? Math.floor(Math.log10(Math.abs(value))) : 0;
  const step = 10 ** (magnitude - 1) * (isFine ? FINE : 1);
  if (step === 0) return value; // smaller than any step there is
  const moved = value + steps * step;
  // Of 2 − 2 something is left over that is nothing beside a step.
  return Math.abs(moved) < step / 1000 ? 0 : Number(moved.toPrecision(DIGITS));
}
