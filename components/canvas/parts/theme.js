/**
 * The theme that Streamlit's colours make.
 *
 * @typedef {"light" | "dark"} Theme
 */

const FORCED = "(forced-colors: active)";
const DARK = "(prefers-color-scheme: dark)";

/**
 * The theme of the ground that an element stands on; where somebody has colours of their own, that of these.
 * @param {Element} place
 * @returns {Theme}
 */
export function themeOf(place) {
  if (globalThis.matchMedia(FORCED).matches) return globalThis.matchMedia(DARK).matches ? "dark" : "light";
  return isDark(getComputedStyle(place).getPropertyValue("--st-background-color").trim()) ? "dark" : "light";
}

/**
 * Be told when somebody chooses colours of their own, or others.
 * @param {() => void} act
 */
export function onForcedColours(act) {
  for (const query of [FORCED, DARK]) globalThis.matchMedia(query).addEventListener("change", act);
}

/**
 * Whether a colour written as #rrggbb or rgb(…) is dark.
 * @param {string} colour
 */
export function isDark(colour) {
  const parts = colour.startsWith("#")
    ? colour.slice(1).match(/../g)?.map((pair) => Number.parseInt(pair, 16))
    : colour.match(/[\d.]+/g)?.map(Number);
  if (!parts || parts.length < 3) return false;
  const [red, green, blue] = parts;
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}
