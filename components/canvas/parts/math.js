/**
 * Formulas: Python sends MathML as a tree of names, texts and children; here it becomes elements, never markup.
 *
 * @typedef {[tag: string, inside: string | MathTree[], attributes?: Record<string, string>]} MathTree
 */

const MATHML = "http://www.w3.org/1998/Math/MathML";
const TAGS = new Set([
  "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msup", "msub", "msubsup", "msqrt", "mroot", "munder",
  "mover", "munderover", "mstyle", "mpadded", "mphantom", "mtable", "mtr", "mtd",
]);
const ATTRIBUTES = new Set(["stretchy", "fence", "form", "width", "mathvariant", "linethickness", "separator", "class"]);

/**
 * Build a formula.
 * @param {MathTree} tree
 * @param {string} spoken what a screen reader says
 */
export function formula(tree, spoken) {
  const made = build(tree);
  made.setAttribute("display", "block");
  made.setAttribute("aria-label", spoken);
  return made;
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
