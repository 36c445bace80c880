/** The output of a descent by step, small. */

import { svgElement } from "../parts/dom.js";
import { say } from "../parts/messages.js";

const SIZE = { width: 400, height: 82, pad: 6 };
/** Where the chart begins, below its name. */
const TOP = 26;
/** From this ratio on the outputs are drawn on a log scale. */
const LOG_FROM = 50;

/**
 * @param {readonly number[]} heights the output at each step
 * @param {string} output its name
 * @param {number} step the one that is pointed at
 */
export function outputChart(heights, output, step) {
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  const isLog = low > 0 && high / low > LOG_FROM;
  /**
   * Halved, the span of two doubles is a double.
   * @param {number} value
   */
  const scaled = (value) => (isLog ? Math.log10(value) : value / 2);
  const { width, height, pad } = SIZE;
  const span = scaled(high) - scaled(low) || 1;
  const points = heights.map((value, index) => [
    pad + (index / (heights.length - 1)) * (width - 2 * pad),
    height - pad - ((scaled(value) - scaled(low)) / span) * (height - pad - TOP),
  ]);
  const [cx, cy] = points[step];
  const name = svgElement("text", { x: pad, y: 15 });
  name.textContent = isLog ? say("{output} by step, log scale", { output }) : say("{output} by step", { output });
  const made = svgElement("svg", { viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  made.append(
    svgElement("polyline", { points: points.map((point) => point.map((part) => part.toFixed(2)).join(",")).join(" ") }),
    svgElement("circle", { cx, cy, r: 4 }), name,
  );
  return made;
}
