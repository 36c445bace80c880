/**
 * Where on a node the parts of its label are drawn, read from vis-network's own lines: a hand that points at a number
 * must meet it, even where a warning below has moved it up.
 *
 * @typedef {import("../model/types/picture_types.js").Box} Box
 * @typedef {import("./vis.js").VisLabel} VisLabel
 * @typedef {"name" | "symbol" | "parameters" | "data" | "grad" | "message"} Part
 */

/** The faces that `components/picture/labels.py` gives the parts. @type {Record<string, Part>} */
const PARTS = { bold: "name", normal: "symbol", ital: "data", mono: "grad" };

/**
 * The boxes of the parts of a label, from the middle of its node; a part that is not there is left out.
 * @param {VisLabel | undefined} label
 * @returns {Partial<Record<Part, Box>>}
 */
export function partsOfLabel(label) {
  /** @type {Partial<Record<Part, Box>>} */
  const found = {};
  if (!label?.lines) return found;
  // As vis-network does: the middle of the first line, from which each line moves on by its own height.
  let y = ((1 - label.lineCount) / 2) * label.fontOptions.size;
  for (const { width, height, blocks } of label.lines) {
    let left = -width / 2;
    for (const block of blocks ?? []) {
      const part = PARTS[block.mod] ?? (found.grad ? "message" : "parameters");
      if (block.text.trim()) {
        found[part] = joined(found[part], { x: left + block.width / 2, y, width: block.width, height });
      }
      left += block.width;
    }
    y += height;
  }
  return found;
}

/**
 * What holds both of two boxes: a long number goes on in a second line.
 * @param {Box | undefined} one
 * @param {Box} other
 * @returns {Box}
 */
function joined(one, other) {
  if (one === undefined) return other;
  const left = Math.min(one.x - one.width / 2, other.x - other.width / 2);
  const right = Math.max(one.x + one.width / 2, other.x + other.width / 2);
  const top = Math.min(one.y - one.height / 2, other.y - other.height / 2);
  const bottom = Math.max(one.y + one.height / 2, other.y + other.height / 2);
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}
