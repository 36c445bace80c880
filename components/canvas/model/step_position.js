/**
 * Where in the steps somebody is: the trace came once, and every step is shown from it, here.
 *
 * Of very many steps a page of them is here, and the next is asked for before it is needed.
 *
 * @typedef {import("./types/picture_types.js").Picture} Picture
 * @typedef {import("./types/graph_types.js").PictureNode} PictureNode
 * @typedef {import("./types/panel_types.js").Step} Step
 * @typedef {import("./types/panel_types.js").Steps} Steps
 * @typedef {Step["gives"][string]} Given
 */

/** What was made last of a node, and of what was given it. @type {WeakMap<PictureNode, {given: Given, shown: PictureNode}>} */
const NODES = new WeakMap();
/** The same wires without their widths. @type {WeakMap<Picture["edges"], Picture["edges"]>} */
const EDGES = new WeakMap();

export class StepPosition {
  /** Of which opening of a graph the position is. @type {number | undefined} */
  #document;
  /** How many steps there were. */
  #known = 0;
  #goesToEnd = false;
  /** Where somebody was before a reload. */
  #returnsTo = 0;
  /** The same, until somebody has stepped on. */
  #returnedTo = -1;

  constructor() {
    this.isOpen = false;
    this.position = 0;
    /** Whether the position has just gone one step on. */
    this.moved = false;
    /** The last step that may be looked at, where a class is asked for the next; null where all may. @type {number | null} */
    this.last = null;
    /** Until which step the play goes on; null while it rests. @type {number | null} */
    this.until = null;
    /** What there is to step through; null where there is nothing. @type {Steps | null} */
    this.steps = null;
  }

  /** Of all pages. */
  get count() {
    return this.steps?.total ?? this.steps?.count ?? 0;
  }

  /** The step after which the page begins that is here. */
  get after() {
    return this.steps?.after ?? 0;
  }

  /**
   * Whether what is shown after a step is here.
   * @param {number} position
   */
  has(position) {
    return position >= this.after && position <= this.after + (this.steps?.count ?? 0);
  }

  /** After which step a page should begin that is needed soon; null where the present one does. */
  get wantedPage() {
    const { steps, position, after } = this;
    if (!steps?.total) return null;
    const near = steps.count / 8;
    if (after > 0 && position < after + near) return Math.max(position - Math.ceil(steps.count / 2), 0);
    if (after + steps.count < steps.total && position > after + steps.count - near) {
      return Math.max(position - Math.ceil(steps.count / 4), 0);
    }
    return null;
  }

  get isAtEnd() {
    return this.position === this.count;
  }

  get isPlaying() {
    return this.until !== null;
  }

  /** The step that has just been made, or undefined before the first. @returns {Step | undefined} */
  get step() {
    return this.steps?.steps[String(this.position - this.after)];
  }

  /** The step that comes next, or undefined at the end and while nobody steps. @returns {Step | undefined} */
  get next() {
    return this.steps?.steps[String(this.position + 1 - this.after)];
  }

  /** @param {boolean} isOpen */
  setOpen(isOpen) {
    if (isOpen === this.isOpen) return;
    this.until = null;
    this.isOpen = isOpen;
    this.#document = undefined;
    this.#goesToEnd = false;
  }

  /**
   * Go on, once there are steps, where somebody was before a reload.
   * @param {number} position
   */
  returnTo(position) {
    this.#returnsTo = this.#returnedTo = position;
  }

  /** Whether nobody has stepped since a reload: what was looked at then is looked at still. */
  get hasReturned() {
    return this.position === this.#returnedTo;
  }

  /** @param {number} position */
  go(position) {
    const target = Math.min(Math.max(position, 0), this.last ?? this.count);
    this.moved = target === this.position + 1;
    if (target !== this.position) this.#returnedTo = -1;
    this.position = target;
  }

  /** Go to the end once Python has other steps: another count of them, or, where they begin anew, any. */
  goToNextEnd({ anew = false } = {}) {
    this.#goesToEnd = true;
    if (anew) this.#known = -1;
    else this.moved = true;
  }

  /**
   * Answer the picture as it is at this step: what has not been reached yet shows no number.
   * @param {Picture} picture
   * @returns {Picture}
   */
  follow(picture) {
    const steps = this.isOpen ? picture.steps : undefined;
    if (steps === undefined || steps.stale) {
      this.steps = null;
      if (picture.steps?.stale) this.until = null;
      return picture;
    }
    this.steps = steps;
    // Another graph: nothing of it is given away.
    if (picture.document !== this.#document) this.position = this.#returnsTo;
    this.#returnsTo = 0;
    this.#document = picture.document;
    if (this.#goesToEnd && this.count !== this.#known) {
      this.#goesToEnd = false;
      this.position = this.count;
    }
    this.#known = this.count;
    this.position = Math.min(this.position, this.count);
    if (this.until !== null) this.until = this.isAtEnd ? null : Math.min(this.until, this.count);
    return this.isAtEnd ? withArrivals(picture, steps) : atStep(picture, steps, this.position);
  }

  /**
   * The Functions of the work list of which one may be picked to come next.
   * @param {Picture} picture
   */
  candidates(picture) {
    return this.isOpen && picture.picking && this.isAtEnd ? (this.step?.waiting ?? []) : [];
  }
}

/**
 * The Function that a click on a node picks: its own, or the only one that waits in a closed block.
 * @param {Picture} picture
 * @param {string} id
 * @param {readonly string[]} candidates
 */
export function candidateAt(picture, id, candidates) {
  const inside = picture.blocks?.[id]?.nodes ?? [id];
  const found = candidates.filter((each) => inside.includes(each));
  return found.length === 1 ? found[0] : undefined;
}

/**
 * At the end the numbers are those of the graph, with all that is said of them; added is who arrived, and what the
 * update makes of the weights.
 * @param {Picture} picture
 * @param {Steps} steps
 * @returns {Picture}
 */
function withArrivals(picture, steps) {
  const nodes = { ...picture.nodes };
  for (const [id, { arrived }] of Object.entries(steps.base)) if (arrived && nodes[id]) nodes[id] = { ...nodes[id], arrived };
  for (let number = 1; number <= steps.count; number += 1) {
    const { kind, gives } = steps.steps[number];
    for (const [id, given] of Object.entries(gives)) {
      // What an update makes of a weight is no number of the graph yet.
      if (nodes[id]) nodes[id] = { ...nodes[id], ...(kind === "update" ? given : { arrived: given.arrived }) };
    }
  }
  return { ...picture, nodes };
}

/**
 * The picture in the middle of the steps; nothing is said of it that only the end shows.
 * @param {Picture} picture
 * @param {Steps} steps
 * @param {number} position
 * @returns {Picture}
 */
function atStep(picture, steps, position) {
  const given = { ...steps.base };
  const last = Math.min(position - (steps.after ?? 0), steps.count);
  for (let number = 1; number <= last; number += 1) Object.assign(given, steps.steps[number].gives);
  const nodes = Object.fromEntries(Object.entries(picture.nodes).map(([id, node]) => [id, id in given ? nodeAs(node, given[id]) : node]));
  const edges = picture.widths === undefined ? picture.edges : withoutWidths(picture.edges);
  return { ...picture, edges, widths: undefined, faults: undefined, nodes };
}

/**
 * A node with the numbers that it has at a step: the same object as before while these are the same, so that only what a
 * step changes is written and drawn anew.
 * @param {PictureNode} node
 * @param {Given} given
 * @returns {PictureNode}
 */
function nodeAs(node, given) {
  const before = NODES.get(node);
  if (before?.given === given) return before.shown;
  const { bar, size, message, ...rest } = node;
  const shown = { ...rest, arrived: undefined, ...given };
  NODES.set(node, { given, shown });
  return shown;
}

/**
 * How wide a wire is says what came back over it in the end.
 * @param {Picture["edges"]} edges
 * @returns {Picture["edges"]}
 */
function withoutWidths(edges) {
  const before = EDGES.get(edges);
  if (before) return before;
  const shown = Object.fromEntries(
    Object.entries(edges).map(([id, { width, dashes, gradient, ...wire }]) => [id, { ...wire, arrows: "to" }]),
  );
  EDGES.set(edges, shown);
  return shown;
}
