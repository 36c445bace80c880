/**
 * What is selected: nodes, or one wire, or the frame of an open block.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 */

import { openBlocks } from "./block_model.js";
import { BLOCK } from "./picture.js";

export class Selection {
  /** @param {() => void} onChange */
  constructor(onChange) {
    this.onChange = onChange;
    /** @type {Set<string>} */
    this.nodes = new Set();
    /** @type {string | null} */
    this.wire = null;
    /** @type {string | null} */
    this.frame = null;
  }

  /** The id of what is selected alone, or "". */
  get only() {
    return this.nodes.size === 1 ? [...this.nodes][0] : (this.frame ?? "");
  }

  /**
   * Select these nodes and nothing else.
   * @param {Iterable<string>} ids
   */
  select(ids) {
    this.#become({ nodes: ids });
    return true;
  }

  /** @param {string} id */
  toggle(id) {
    if (!this.nodes.delete(id)) this.nodes.add(id);
    this.onChange();
  }

  /** @param {string | null} wire */
  selectWire(wire) {
    this.#become({ wire });
  }

  /** @param {string} frame the id of its block */
  selectFrame(frame) {
    this.#become({ frame });
    return true;
  }

  /**
   * Let go of what is no longer there; nobody is told, since a picture is about to be shown.
   * @param {Picture} picture
   */
  prune(picture) {
    this.nodes = new Set([...this.nodes].filter((id) => id in picture.nodes));
    if (this.wire !== null && !(this.wire in picture.edges)) this.wire = null;
    if (this.frame !== null && !openBlocks(picture).some(([id]) => id === this.frame)) this.frame = null;
  }

  /**
   * The selected blocks, be they closed or open.
   * @param {Picture} picture
   */
  blocks(picture) {
    return this.frame !== null ? [this.frame] : [...this.nodes].filter((id) => picture.nodes[id]?.op === BLOCK);
  }

  /** @param {{nodes?: Iterable<string>, wire?: string | null, frame?: string | null}} selected */
  #become({ nodes = [], wire = null, frame = null }) {
    this.nodes = new Set(nodes);
    this.wire = wire;
    this.frame = frame;
    this.onChange();
  }
}
