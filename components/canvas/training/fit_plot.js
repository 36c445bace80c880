/**
 * The plot of a table's points with what the graph predicts: a line over one input, or a map over two with its boundary.
 *
 * @typedef {import("../model/types/training_types.js").FitPlot} FitFacts
 */

import { element, svgElement } from "../parts/dom.js";

const SIZE = { width: 400, height: 250 };
const PAD = { left: 46, right: 10, top: 12, bottom: 34 };
const HALF = 50;

/**
 * @param {FitFacts} facts
 * @param {readonly [from: number, to: number]} shown which points stand on the nodes
 */
export function fitPlot(facts, shown) {
  const { frame, ticks, points, axes, name, target, summary, line, cells, n = 0, middle = 0, boundary = "" } = facts;
  const { width, height } = SIZE;
  const [[left, right], [low, high]] = frame;
  /** @param {number} value */
  const across = (value) => PAD.left + ((value - left) / (right - left)) * (width - PAD.left - PAD.right);
  /** @param {number} value */
  const up = (value) => height - PAD.bottom - ((value - low) / (high - low)) * (height - PAD.top - PAD.bottom);
  const made = svgElement("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": summary });
  if (cells) made.append(...mapOf(cells, n, across, up, frame));
  for (const [value, text] of ticks[0]) made.append(labelAt(across(value), height - PAD.bottom + 15, text, "middle"));
  for (const [value, text] of ticks[1]) made.append(labelAt(PAD.left - 6, up(value) + 4, text, "end"));
  made.append(svgElement("rect", {
    class: "frame", x: PAD.left, y: PAD.top, width: width - PAD.left - PAD.right, height: height - PAD.top - PAD.bottom,
  }));
  for (const piece of line ?? []) {
    made.append(svgElement("polyline", {
      class: "line", points: piece.map(([x, y]) => `${across(x).toFixed(1)},${up(y).toFixed(1)}`).join(" "),
    }));
  }
  points.forEach((point, index) => {
    const [x, y] = point;
    const isHigh = point.length < 3 || point[2] > middle;
    const isShown = index >= shown[0] && index < shown[1];
    made.append(...pointAt(across(x), up(y), isHigh, isShown));
  });
  made.append(labelAt(width - PAD.right, height - 4, axes[0], "end"), labelAt(4, 11, axes[1] ?? target, "start"));
  const legend = cells
    ? [mark("point high"), ` ${target} ↑   `, mark("point low"), ` ${target} ↓   ┄ ${boundary}`]
    : [mark("point high"), ` ${target}   `, mark("line"), ` ${name}`];
  const box = element("div", { class: "fit-plot", "data-testid": "fit-plot" }, [
    made, element("p", { class: "legend" }, legend),
  ]);
  return box;
}

/** @param {string} kind */
function mark(kind) {
  return element("span", { class: `mark ${kind}`, "aria-hidden": "true" });
}

/**
 * The cells of a map, and the edges between those above and those below its middle.
 * @param {readonly number[]} cells in hundredths, row by row from below; below 0 where there is nothing
 * @param {number} n
 * @param {(value: number) => number} across
 * @param {(value: number) => number} up
 * @param {FitFacts["frame"]} frame
 */
function mapOf(cells, n, across, up, [[left, right], [low, high]]) {
  const [wide, tall] = [(across(right) - across(left)) / n, (up(low) - up(high)) / n];
  /** @param {number} column @param {number} row */
  const corner = (column, row) => [across(left) + column * wide, up(low) - row * tall];
  const made = [];
  const edges = [];
  for (let row = 0; row < n; row += 1) {
    for (let column = 0; column < n; column += 1) {
      const height = cells[row * n + column];
      if (height < 0) continue;
      const [x, y] = corner(column, row + 1);
      made.push(svgElement("rect", {
        class: height > HALF ? "cell high" : "cell low", x: x.toFixed(1), y: y.toFixed(1),
        width: (wide + 0.3).toFixed(1), height: (tall + 0.3).toFixed(1),
        "fill-opacity": (Math.abs(height - HALF) / HALF * 0.55 + 0.05).toFixed(2),
      }));
      /** @param {number} other */
      const differs = (other) => other >= 0 && other > HALF !== height > HALF;
      if (column + 1 < n && differs(cells[row * n + column + 1])) {
        edges.push(`M${corner(column + 1, row).map((part) => part.toFixed(1))}L${corner(column + 1, row + 1).map((part) => part.toFixed(1))}`);
      }
      if (row + 1 < n && differs(cells[(row + 1) * n + column])) {
        edges.push(`M${corner(column, row + 1).map((part) => part.toFixed(1))}L${corner(column + 1, row + 1).map((part) => part.toFixed(1))}`);
      }
    }
  }
  return [...made, svgElement("path", { class: "boundary", d: edges.join("") || "M0,0" })];
}

/**
 * A full circle for a high target, a hollow square for a low one; those on the nodes have a ring.
 * @param {number} x
 * @param {number} y
 * @param {boolean} isHigh
 * @param {boolean} isShown
 */
function pointAt(x, y, isHigh, isShown) {
  const ring = isShown ? [svgElement("circle", { class: "ring", cx: x, cy: y, r: 10 })] : [];
  return [...ring, isHigh ? svgElement("circle", { class: "point high", cx: x, cy: y, r: 5 })
    : svgElement("rect", { class: "point low", x: x - 5, y: y - 5, width: 10, height: 10 })];
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} text
 * @param {"start" | "middle" | "end"} anchor
 */
function labelAt(x, y, text, anchor) {
  const made = svgElement("text", { x, y, "text-anchor": anchor });
  made.textContent = text;
  return made;
}
