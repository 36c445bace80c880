/**
 * Write a number that only the browser knows, such as a place under the pointer, as Python writes all others.
 *
 * @typedef {{digits: number, scientificBelow: number, scientificFrom: number, minus: string}} NumberStyle told by Python
 */

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * Write a finite number: whole ones bare, else in a few significant digits, with a true minus sign.
 * @param {number} number
 * @param {NumberStyle} style
 */
export function short(number, { digits, scientificBelow, scientificFrom, minus }) {
  const near = Number.isInteger(number) ? number : Number(number.toPrecision(digits));
  const isPlain = Math.abs(number) >= scientificBelow && Math.abs(near) < scientificFrom;
  if (number === 0 || isPlain) return String(near + 0).replace("-", minus);
  const [mantissa, power] = number.toExponential(digits - 1).split("e");
  return `${Number(mantissa)}e${Number(power)}`.replaceAll("-", minus);
}

/**
 * Write a power of ten: 10⁻³.
 * @param {number} exponent a whole number
 */
export function powerOfTen(exponent) {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]);
  return `10${exponent < 0 ? "⁻" : ""}${digits.join("")}`;
}
