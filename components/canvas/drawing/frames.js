/**
 * A frame around each open block.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../model/types/picture_types.js").Point} Point
 * @typedef {import("../model/types/picture_types.js").Box} Box
 * @typedef {import("../model/types/picture_types.js").Bounds} Bounds
 * @typedef {import("../model/types/graph_types.js").BlockFacts} BlockFacts
 *
 * @typedef {{frame: HTMLElement, bar: HTMLElement, name: HTMLElement, close: HTMLElement, ungroup: HTMLElement,
 *   fold: HTMLElement}} Frame
 */

import { button, element, focusedIn, setAttribute, setText } from "../parts/dom.js";
import { say, sayCount } from "../parts/messages.js";
import { openBlocks, shownIn } from "../model/graph/block_model.js";
import { around, boundsOf } from "./geometry.js";

const PADDING = 26;
const BAR_HEIGHT = 44;
/** Up to which share of the stage a frame is folded; one that fills it is what somebody looks into. */
const LARGEST_FOLDED = 0.6;

export class Frames {
  /** By their block's id. @type {Map<string, Frame>} */
  #frames = new Map();
  /** Where each frame stands, from the inside out. @type {Map<string, Bounds>} */
  #bounds = new Map();
  /** @type {Picture | undefined} */
  #picture;
  /** The blocks that are drawn folded, since what is in them could not be read. @type {Set<string>} */
  #folded = new Set();
  /** The block that was opened last, and shall not be folded before anybody has seen into it. */
  #opened = "";

  /**
   * @param {HTMLElement} stage gets the focus of a frame that is gone
   * @param {(id: string) => Box | null} boxOf where a node is drawn
   * @param {object} acts what the buttons of a frame do
   * @param {(id: string) => void} acts.close
   * @param {(id: string) => void} acts.ungroup
   * @param {(bounds: Bounds) => void} acts.lookInto shows a part of the graph as large as it fits
   */
  constructor(stage, boxOf, acts) {
    this.stage = stage;
    this.boxOf = boxOf;
    this.acts = acts;
    this.layer = element("div", { class: "frames" });
    stage.append(this.layer);
  }

  /** Where the frames stand. */
  get bounds() {
    return this.#bounds.values();
  }

  /**
   * The innermost open block whose frame a place of the graph is in.
   * @param {Point} place
   */
  frameAt({ x, y }) {
    return [...this.#bounds].find(([, { left, right, top, bottom }]) =>
      x > left && x < right && y > top && y < bottom)?.[0];
  }

  /** @param {Picture} picture */
  show(picture) {
    this.#picture = picture;
    const open = openBlocks(picture);
    const ids = new Set(open.map(([id]) => id));
    for (const [id, { frame }] of this.#frames) {
      if (ids.has(id)) continue;
      // On the page's body the next key would mean nothing; where a gesture has led elsewhere, that has the last word.
      if (frame.contains(focusedIn(frame))) this.stage.focus({ preventScroll: true });
      frame.remove();
      this.#frames.delete(id);
    }
    // The larger come first: what stands in another lies above it.
    for (const [id, block] of open) {
      const known = this.#frames.get(id);
      const shown = known ?? this.#build(id);
      if (!known) {
        this.#frames.set(id, shown);
        this.layer.append(shown.frame);
      }
      labelFrame(shown, block);
    }
  }

  /**
   * @param {string} id
   * @returns {Frame}
   */
  #build(id) {
    const close = button({ class: "close", text: say("Close") }, () => this.acts.close(id));
    const ungroup = button({ class: "ungroup", text: say("Ungroup") }, () => this.acts.ungroup(id));
    const name = element("span", { class: "frame-name" });
    const bar = element("div", {
      class: "frame-bar", tabindex: "0", role: "group", "aria-roledescription": say("open block"),
    }, [name, close, ungroup]);
    const fold = button({ class: "frame-fold", text: "", hidden: true }, () => this.#lookInto(id));
    return { frame: element("div", { class: "frame", "data-block": id }, [bar, fold]), bar, name, close, ungroup, fold };
  }

  /** @param {string} id */
  #lookInto(id) {
    const bounds = this.#bounds.get(id);
    if (bounds) this.acts.lookInto(bounds);
    this.focus(id);
  }

  /**
   * Look into a block that somebody has opened, should it be so small that it would be folded.
   * @param {string} id
   */
  reveal(id) {
    this.#opened = id;
  }

  /** The nodes that cannot be seen, since the open block that they are in is drawn folded. */
  get covered() {
    const picture = this.#picture;
    return new Set(picture ? [...this.#folded].flatMap((id) => shownIn(picture, id)) : []);
  }

  /** @param {string} id */
  has(id) {
    return this.#frames.has(id);
  }

  /** @param {string} id */
  focus(id) {
    this.#frames.get(id)?.bar.focus({ preventScroll: true });
  }

  /** @param {string | null} selected */
  mark(selected) {
    for (const [id, { frame }] of this.#frames) frame.classList.toggle("selected", id === selected);
  }

  /**
   * Put every frame around what stands in its block.
   * @param {{transform: string, scale: number, width: number, height: number}} view
   * @param {boolean} folds whether somebody has zoomed out so far that nodes cannot be read
   */
  place({ transform, scale, width, height }, folds) {
    this.layer.style.transform = transform;
    this.layer.style.setProperty("--scale", String(scale));
    this.#bounds = new Map();
    this.#folded = new Set();
    const picture = this.#picture;
    if (!picture?.blocks) return;
    // From the inside out, so that a frame stands around those in it.
    for (const [id, { nodes }] of openBlocks(picture).reverse()) {
      const inner = [...this.#bounds].filter(([other]) => picture.blocks?.[other].nodes.every((node) => nodes.includes(node)));
      const boxes = shownIn(picture, id).map(this.boxOf).filter((box) => box !== null);
      const parts = [...boxes.map(boundsOf), ...inner.map(([, bounds]) => bounds)];
      const frame = this.#frames.get(id)?.frame;
      if (parts.length === 0 || !frame) continue;
      const { left, right, top, bottom } = around(parts);
      const bounds = {
        left: left - PADDING, right: right + PADDING, top: top - PADDING - BAR_HEIGHT, bottom: bottom + PADDING,
      };
      this.#bounds.set(id, bounds);
      frame.style.transform = `translate(${bounds.left}px, ${bounds.top}px)`;
      frame.style.width = `${bounds.right - bounds.left}px`;
      frame.style.height = `${bounds.bottom - bounds.top}px`;
      const isSmall = (bounds.right - bounds.left) * scale < LARGEST_FOLDED * width
        && (bounds.bottom - bounds.top) * scale < LARGEST_FOLDED * height;
      if (folds && isSmall) this.#folded.add(id);
    }
    for (const [id, { frame, fold }] of this.#frames) {
      fold.hidden = !this.#folded.has(id);
      frame.classList.toggle("folded", !fold.hidden);
    }
    const opened = this.#opened;
    if (!this.#bounds.has(opened)) return;
    this.#opened = "";
    if (this.#folded.has(opened)) this.#lookInto(opened);
  }
}

/**
 * @param {Frame} parts
 * @param {BlockFacts} block
 */
function labelFrame({ frame, bar, name: shown, close, ungroup, fold }, { name, nodes }) {
  setText(shown, name);
  setText(fold, name);
  setAttribute(fold, "title", sayCount(
    "{name}, {count} node: look into it", "{name}, {count} nodes: look into it", nodes.length, { name },
  ));
  fold.style.setProperty("--letters", String(Math.max(name.length, 1)));
  setAttribute(frame, "data-frame", name);
  setAttribute(bar, "aria-label", sayCount(
    "{name}, open block of {count} node; Enter closes it", "{name}, open block of {count} nodes; Enter closes it",
    nodes.length, { name },
  ));
  const closes = say("Close {name} (Enter)", { name });
  const ungroups = say("Ungroup {name} (Ctrl+Shift+G)", { name });
  for (const [each, what] of /** @type {const} */ ([[close, closes], [ungroup, ungroups]])) {
    setAttribute(each, "aria-label", what);
    setAttribute(each, "title", what);
  }
}
