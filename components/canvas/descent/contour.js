/**
 * Bands of colour between levels, painted from a grid of heights: one hue, the more of it the higher.
 *
 * @typedef {import("../parts/theme.js").Theme} Theme
 *
 * @typedef {object} Sample between which points of a side a pixel lies
 * @property {number} start the point that it lies behind or on
 * @property {number} t how far behind it, as a share
 * @property {number[]} weights of the four points around it
 */

/**
 * From the lowest band to the highest; told apart by lightness alone, so by every eye.
 * @type {Record<Theme, number[][]>}
 */
const RAMPS = {
  light: [[250, 252, 254], [196, 220, 240], [112, 170, 218], [38, 104, 168], [10, 54, 104]],
  dark: [[20, 26, 36], [24, 52, 84], [30, 88, 138], [72, 144, 204], [178, 220, 250]],
};
const LINE = 0.13;
const HATCH = 14;
const HATCHED = { light: [120, 130, 145, 150], dark: [150, 160, 175, 150] };

/**
 * Paint the bands of a grid.
 * @param {HTMLCanvasElement} canvas
 * @param {{n: number, cells: readonly number[], fine: number, levels: readonly string[]}} grid `cells` says, row by row
 *   from below, how many levels up a height lies, in parts of which `fine` make a band; a negative one is a blank
 * @param {Theme} theme
 */
export function paintBands(canvas, { n, cells, fine, levels }, theme) {
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  if (context === null) return;
  const image = context.createImageData(width, height);
  const count = Math.max(1, levels.length - 1);
  const colours = bandColours(count, theme);
  const columns = samples(width, n);
  const rows = samples(height, n).reverse();
  let below = new Int16Array(width).fill(-1);
  for (let y = 0; y < height; y += 1) {
    const bands = new Int16Array(width);
    for (let x = 0; x < width; x += 1) {
      const place = placeAt(cells, n, columns[x], rows[y]);
      bands[x] = place < 0 ? -1 : Math.min(count - 1, Math.floor(place / fine));
      const at = 4 * (y * width + x);
      if (bands[x] < 0) {
        // Hatched: a blank is not a low place.
        if ((x + y) % HATCH < 2) image.data.set(HATCHED[theme], at);
        continue;
      }
      const edge = (x > 0 && bands[x - 1] >= 0 && bands[x - 1] !== bands[x])
        || (below[x] >= 0 && below[x] !== bands[x]);
      const colour = colours[bands[x]];
      const towards = theme === "dark" ? 255 : 0;
      const share = edge ? LINE : 0;
      for (let part = 0; part < 3; part += 1) {
        image.data[at + part] = colour[part] + share * (towards - colour[part]);
      }
      image.data[at + 3] = 255;
    }
    below = bands;
  }
  context.putImageData(image, 0, 0);
}

/**
 * The colours of that many bands.
 * @param {number} count
 * @param {Theme} theme
 * @returns {number[][]} red, green and blue of each
 */
export function bandColours(count, theme) {
  const ramp = RAMPS[theme];
  return Array.from({ length: count }, (_, band) => {
    const at = (count > 1 ? band / (count - 1) : 0) * (ramp.length - 1);
    const start = Math.min(ramp.length - 2, Math.floor(at));
    return ramp[start].map((part, index) => part + (at - start) * (ramp[start + 1][index] - part));
  });
}

/**
 * Where each pixel of a side lies in the grid.
 * @param {number} size
 * @param {number} n
 * @returns {Sample[]}
 */
function samples(size, n) {
  return Array.from({ length: size }, (_, pixel) => {
    const at = ((pixel + 0.5) / size) * (n - 1);
    const start = Math.min(n - 2, Math.floor(at));
    const t = at - start;
    // Catmull and Rom's: smooth, and through every point.
    const weights = [
      ((2 - t) * t - 1) * t / 2, ((3 * t - 5) * t * t + 2) / 2, ((4 - 3 * t) * t + 1) * t / 2, (t - 1) * t * t / 2,
    ];
    return { start, t, weights };
  });
}

/**
 * The height between the points of the grid; negative where it is blank around.
 * @param {readonly number[]} cells
 * @param {number} n
 * @param {Sample} across
 * @param {Sample} up
 */
function placeAt(cells, n, across, up) {
  const corner = up.start * n + across.start;
  const around = [cells[corner], cells[corner + 1], cells[corner + n], cells[corner + n + 1]];
  if (Math.min(...around) < 0) return around[(up.t >= 0.5 ? 2 : 0) + (across.t >= 0.5 ? 1 : 0)];
  let place = 0;
  for (let row = 0; row < 4; row += 1) {
    const line = Math.min(n - 1, Math.max(0, up.start + row - 1)) * n;
    let along = 0;
    for (let column = 0; column < 4; column += 1) {
      const cell = cells[line + Math.min(n - 1, Math.max(0, across.start + column - 1))];
      if (cell < 0) return around[0] * (1 - across.t) * (1 - up.t) + around[1] * across.t * (1 - up.t)
        + around[2] * (1 - across.t) * up.t + around[3] * across.t * up.t;
      along += across.weights[column] * cell;
    }
    place += up.weights[row] * along;
  }
  return Math.min(Math.max(...around), Math.max(Math.min(...around), place));
}
