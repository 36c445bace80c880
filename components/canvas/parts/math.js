/**
 * Formulas: Python sends MathML as a tree of names, texts and children; here it becomes elements, never markup.
 *
 * No browser breaks MathML into lines. So a formula is cut before its signs, also within brackets, and its pieces stand
 * side by side like words: what is wider than its place goes on in another line.
 *
 * @typedef {[tag: string, inside: string | MathTree[], attributes?: Record<string, string>]} MathTree
 */

const MATHML = "http://www.w3.org/1998/Math/MathML";
const TAGS = new Set([
  "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msup", "msub", "msubsup", "msqrt", "mroot", "munder",
  "mover", "munderover", "mstyle", "mpadded", "mphantom", "mtable", "mtr", "mtd",
]);
const ATTRIBUTES = new Set(["stretchy", "fence", "form", "width", "mathvariant", "linethickness", "separator", "class"]);
/** Signs between operands, before which a line may end. */
const BETWEEN = new Set(["+", "\u2212", "·", "⋅", "×", "=", "≈", "⇒", "<", ">", "≤", "≥", "≠"]);
/** Characters of words that may go on in another line. */
const LONG = 12;
const NO_BREAK_SPACE = "\u00A0";

/**
 * Build a formula.
 * @param {MathTree} tree
 * @param {string} spoken what a screen reader says
 */
export function formula(tree, spoken) {
  const made = document.createElement("span");
  made.className = "formula";
  made.setAttribute("role", "math");
  made.setAttribute("aria-label", spoken);
  for (const piece of piecesOf(tree)) {
    if (made.childElementCount > 0) made.append(document.createElement("wbr"));
    const written = document.createElementNS(MATHML, "math");
    written.setAttribute("displaystyle", "true");
    written.setAttribute("aria-hidden", "true");
    written.append(...piece.map(build));
    made.append(written);
  }
  return made;
}

/**
 * The pieces between which a formula may be broken; each begins with a sign, or with words that go on.
 * @param {MathTree} tree
 * @returns {MathTree[][]}
 */
export function piecesOf(tree) {
  /** @type {MathTree[][]} */
  const pieces = [[]];
  let isCondition = false;
  let isBehindComma = false;
  for (const part of flat(tree)) {
    const [tag, inside] = part;
    const last = pieces[pieces.length - 1];
    const isNext = begins(part) || (isBehindComma && tag !== "mtext");
    if (last.length > 0 && !isCondition && isNext) pieces.push([signed(part)]);
    else last.push(part);
    // A condition is not torn apart: it goes from its "if", which has a space at either side, to the next comma.
    const opens = tag === "mtext" && !isBehindComma && /^\u00A0.*\u00A0$/.test(String(inside));
    isCondition = opens || (isCondition && !(tag === "mtext" && inside === ","));
    isBehindComma = inside === ",";
  }
  return pieces;
}

/**
 * What stands side by side, out of all rows and brackets; what is above, below or under a root stays together.
 * @param {MathTree} tree
 * @returns {MathTree[]}
 */
function flat(tree) {
  const [tag, inside] = tree;
  if (typeof inside !== "string") return tag === "math" || tag === "mrow" ? inside.flatMap(flat) : [tree];
  // A comma ends a line; the words, or the entries of an array, behind it begin one.
  if (tag === "mtext" && inside.startsWith(",")) return [["mtext", ","], ["mtext", inside.slice(1)]];
  if (tag === "mtext" && inside.length > LONG) return inside.split(/(?=\u00A0)/).map((word) => ["mtext", word]);
  if (tag === "mn") return inside.split(/(?=\u00A0(?![^(]*\)))/).map((entry) => ["mn", entry]);
  return [tree];
}

/** @param {MathTree} part */
function begins([tag, inside, attributes]) {
  if (typeof inside !== "string") return false;
  if (tag === "mtext" || tag === "mn") return inside.startsWith(NO_BREAK_SPACE) || inside.startsWith("(");
  return tag === "mo" && BETWEEN.has(inside) && attributes?.form !== "prefix";
}

/**
 * A sign at the beginning of a piece, which still stands between two operands and is none before one.
 * @param {MathTree} part
 * @returns {MathTree}
 */
function signed([tag, inside, attributes]) {
  return tag === "mo" ? [tag, inside, { ...attributes, form: "infix" }] : [tag, inside, attributes ?? {}];
}

/**
 * @param {MathTree} tree
 * @returns {MathMLElement}
 */
function build([tag, inside, attributes = {}]) {
  const made = document.createElementNS(MATHML, TAGS.has(tag) ? tag : "mrow");
  for (const [name, value] of Object.entries(attributes)) if (ATTRIBUTES.has(name)) made.setAttribute(name, value);
  if (tag === "mi" && inside.length > 1) made.classList.add("function"); // upright, as in print: cos x
  if (typeof inside === "string") made.textContent = inside;
  else made.append(...inside.map(build));
  return made;
}
