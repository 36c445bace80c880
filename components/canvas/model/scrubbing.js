/** Numbers that are dragged sideways. */

const DECIMALS = 12; // 0.1 + 0.2 is to read 0.3
const FINE = 0.1;

/**
 * A number some steps on: 2 goes by 0.1, 30 by 1, 0.05 by 0.001; a tenth of that when it goes finely.
 * @param {number} value where it began
 * @param {number} steps
 * @param {boolean} isFine
 */
export function scrubbed(value, steps, isFine) {
  const magnitude = Math.abs(value) > 0 ? Math.floor(Math.log10(Math.abs(value))) : 0;
  return Number((value + steps * 10 ** (magnitude - 1) * (isFine ? FINE : 1)).toFixed(DECIMALS));
}
