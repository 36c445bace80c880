/**
 * One focusable element over each drawn node. They live in graph coordinates; a single transform on their parent
 * follows pan and zoom.
 *
 * @typedef {import("../model/types/picture_types.js").Box} Box
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../model/types/picture_types.js").PortPlace} PortPlace
 * @typedef {import("../model/types/panel_types.js").Step} Step
 */

import { EMPTY_PICTURE } from "../model/graph/picture.js";
import { toldAnew } from "../model/graph/told_anew.js";
import { element, focusedIn } from "../parts/dom.js";
import { outdatedIn } from "../model/graph/outdated.js";
import { clamp } from "./geometry.js";
import { partsOfLabel } from "./label_lines.js";
import { buildNode, fitName, formOf, labelNode, labelPorts, placeNumbers, placePorts, tellOnNode } from "./node_element.js";

/** How long the scale has to rest before what keeps its size on the screen gets it: each time all of it is styled anew. */
const RESTS_MS = 150;
/** Below this scale ports and values are too small to be hit, and are taken out of the way. */
const SMALLEST_HANDY_SCALE = 0.3;
const LARGEST_PORT_GROWTH = 2.2;

export class Overlay {
  /** @type {Map<string, HTMLElement>} */
  #elements = new Map();
  /** Where each element was put last. @type {WeakMap<HTMLElement, string>} */
  #places = new WeakMap();
  /** The lines over which the numbers of each element were put last. @type {WeakMap<HTMLElement, object>} */
  #lines = new WeakMap();
  /** The id of a node whose element is gone and had the focus. @type {string | null} */
  #unfocused = null;
  /** @type {Picture} */
  #shown = EMPTY_PICTURE;
  #scale = 0;
  /** When it was another one last. */
  #scaled = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #resting;

  /**
   * @param {HTMLElement} parent
   * @param {(id: string) => Box | null} boxOf where a node is drawn
   * @param {(id: string) => import("./vis.js").VisLabel | undefined} labelOf the lines of its label
   */
  constructor(parent, boxOf, labelOf) {
    this.parent = parent;
    this.layer = element("div", { class: "overlay" });
    parent.append(this.layer);
    this.boxOf = boxOf;
    this.labelOf = labelOf;
  }

  /**
   * Make the elements match a picture, in evaluation order.
   * @param {Picture} picture
   * @param {ReadonlySet<string>} selection
   */
  show(picture, selection) {
    for (const [id, made] of this.#elements) {
      if (id in picture.nodes && made.dataset.form === formOf(picture, id)) continue;
      if (made.contains(focusedIn(made))) this.#unfocused = id;
      made.remove();
      this.#elements.delete(id);
    }
    const { ids, isAll } = toldAnew(this.#shown, picture);
    const anew = new Set(ids);
    this.#shown = picture;
    /** @type {Element | null} */
    let previous = null;
    for (const id of picture.order) {
      const held = this.#elements.get(id);
      const made = held ?? buildNode(picture, id);
      this.#elements.set(id, made);
      // Moving an element would take its focus away, so only what stands wrong is moved.
      const expected = /** @type {ChildNode | null} */ (previous ? previous.nextSibling : this.layer.firstChild);
      if (expected !== made) this.layer.insertBefore(made, expected);
      previous = made;
      if (held === undefined || anew.has(id)) labelNode(made, picture, id);
      if (held === undefined || isAll) labelPorts(made, picture, id);
    }
    this.mark(selection);
    this.#refocus();
  }

  /**
   * A node that has other ports than before is another element, and keeps the focus that it had. Where it is gone, the
   * stage gets it: on the page's body keys would mean nothing, and a second Ctrl+Z be lost.
   */
  #refocus() {
    if (this.#unfocused === null) return;
    (this.#elements.get(this.#unfocused) ?? this.parent).focus({ preventScroll: true });
    this.#unfocused = null;
  }

  /**
   * Say on each node what the steps, the variants and the bars have to say.
   * @param {Picture} picture
   * @param {{step: Step | undefined, candidates: readonly string[]}} now
   */
  tell(picture, now) {
    const outdated = outdatedIn(picture);
    for (const [id, made] of this.#elements) tellOnNode(made, picture, id, { ...now, outdated });
  }

  /**
   * Point at a node, or at none.
   * @param {string | null} id
   */
  point(id) {
    for (const [each, made] of this.#elements) made.classList.toggle("pointed", each === id);
  }

  /** @param {ReadonlySet<string>} selection */
  mark(selection) {
    for (const [id, made] of this.#elements) made.classList.toggle("selected", selection.has(id));
  }

  /**
   * Put every element over its drawn node.
   * @param {{scale: number, transform: string}} view
   * @param {boolean} isTiny whether numbers would be too small to be read
   * @param {ReadonlySet<string>} covered what a folded block hides
   */
  place({ scale, transform }, isTiny, covered) {
    this.layer.style.transform = transform;
    this.#keepSizes(scale);
    this.layer.classList.toggle("tiny", isTiny);
    this.layer.classList.toggle("far", scale < SMALLEST_HANDY_SCALE);
    for (const [id, made] of this.#elements) {
      const box = this.boxOf(id);
      if (box === null) continue;
      made.classList.toggle("covered", covered.has(id));
      const label = this.labelOf(id);
      if (label?.lines && this.#lines.get(made) !== label.lines) {
        this.#lines.set(made, label.lines);
        placeNumbers(made, partsOfLabel(label));
      }
      const [left, top] = [box.x - box.width / 2, box.y - box.height / 2];
      const place = `${left} ${top} ${box.width} ${box.height} ${made.dataset.node}`;
      if (this.#places.get(made) === place) continue;
      this.#places.set(made, place);
      made.style.transform = `translate(${left}px, ${top}px)`;
      made.style.width = `${box.width}px`;
      made.style.height = `${box.height}px`;
      placePorts(made, box.height);
      fitName(made, box);
    }
  }

  /**
   * Let ports and small texts keep their size on the screen: at once, and while somebody goes on zooming, when that rests.
   * @param {number} scale
   */
  #keepSizes(scale) {
    if (scale === this.#scale) return;
    this.#scale = scale;
    const now = performance.now();
    const goesOn = now - this.#scaled < RESTS_MS;
    this.#scaled = now;
    clearTimeout(this.#resting);
    const set = () => {
      this.layer.style.setProperty("--scale", String(scale));
      this.layer.style.setProperty("--port-growth", String(clamp(1 / scale, 1, LARGEST_PORT_GROWTH)));
    };
    if (goesOn) this.#resting = setTimeout(set, RESTS_MS);
    else set();
  }

  /** @param {string} id */
  elementOf(id) {
    return this.#elements.get(id);
  }

  /** @param {PortPlace} port */
  portElement({ id, side, index }) {
    return this.#elements.get(id)?.querySelector(`.port.${side}[data-index="${index}"]`) ?? null;
  }

  /** @param {string} id */
  focus(id) {
    this.#elements.get(id)?.focus({ preventScroll: true });
  }
}
