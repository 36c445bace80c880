/**
 * The theme that Streamlit's colours make.
 *
 * @typedef {"light" | "dark"} Theme
 */

/**
 * The theme of the ground that an element stands on.
 * @param {Element} place
 * @returns {Theme}
 */
export function themeOf(place) {
  return isDark(getComputedStyle(place).getPropertyValue("--st-background-color").trim()) ? "dark" : "light";
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
