/** Blocks under the hand: made of the selection, opened and closed in place, and a frame around each that is open. */

import { element, setAttribute, setText } from "../parts/dom.js";
import { BLOCK } from "../model/block_model.js";
import { freshId } from "../model/picture.js";

const PADDING = 26;
const BAR_HEIGHT = 44;

export class Blocks {
  /** @param {import("../canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.layer = element("div", { class: "frames" });
    canvas.stage.append(this.layer);
    /** Frames by their block's id. */
    this.frames = new Map();
    /** The open block whose frame is selected. */
    this.chosen = null;
    /** Where each frame stands. */
    this.boxes = new Map();
  }

  // What hands and keys do ------------------------------------------------------------------------------------

  /** Make one block of what is selected. */
  make() {
    const { canvas } = this;
    const ids = canvas.picture.order.filter((id) => canvas.selection.has(id));
    if (ids.length === 0) {
      canvas.sayAt(null, "Select the nodes first that shall be one block: Shift-click, or Shift-drag around them.");
      return true;
    }
    const id = freshId(canvas.picture, canvas.edits.reserved);
    const boxes = ids.map((each) => canvas.placeOf(each));
    const point = canvas.view.toStage({ x: boxes[0].x, y: Math.max(...boxes.map((box) => box.y)) });
    this.made = { id, ids };
    canvas.edit({ type: "block", id, nodes: ids }, point);
    canvas.take(id);
    return true;
  }

  /** Open a closed block; the focus goes on to its frame. */
  open(id) {
    this.wanted = { frame: id };
    this.canvas.edit({ type: "set open", block: id, open: true });
    return true;
  }

  close(id) {
    this.wanted = { nodes: [id] };
    this.canvas.edit({ type: "set open", block: id, open: false });
    return true;
  }

  /** Take the selected blocks away, and select what was in them. */
  ungroup(ids = this.selected()) {
    const { canvas } = this;
    if (ids.length === 0) {
      canvas.sayAt(null, "Select the block first that shall be taken apart.");
      return true;
    }
    this.wanted = { nodes: ids.flatMap((id) => canvas.picture.blocks?.[id]?.nodes ?? []) };
    canvas.edits.send(ids.map((block) => ({ type: "ungroup", block })));
    return true;
  }

  /** The selected blocks, be they closed or open. */
  selected() {
    const { picture, selection } = this.canvas;
    return this.chosen ? [this.chosen] : [...selection].filter((id) => picture.nodes[id]?.op === BLOCK);
  }

  /** Select an open block by its frame. */
  choose(id) {
    this.canvas.select([]);
    this.chosen = id;
    this.canvas.markSelection();
    return true;
  }

  /** What stands in an open block, as it is seen. */
  inside(id) {
    return (this.canvas.picture.blocks?.[id]?.frame ?? []).filter((each) => each in this.canvas.picture.nodes);
  }

  /** The innermost open block whose frame a place of the graph is in. */
  frameAt({ x, y }) {
    const around = [...this.boxes].find(([, box]) => x > box.left && x < box.right && y > box.top && y < box.bottom);
    return around?.[0]; // the boxes are kept from the inside out
  }

  /** Answers whether a key meant something on a frame. */
  press(event, id) {
    const { canvas } = this;
    if (event.target.closest("button")) return false;
    if (event.key === "Enter") return this.close(id);
    if (event.key === " ") return this.choose(id);
    if (event.key === "Delete" || event.key === "Backspace") {
      canvas.edits.send([{ type: "delete", nodes: [id] }]);
      canvas.stage.focus({ preventScroll: true });
      return true;
    }
    return false;
  }

  // What is seen ----------------------------------------------------------------------------------------------

  show(picture) {
    const open = Object.entries(picture.blocks ?? {}).filter(([, { frame }]) => frame.some((id) => id in picture.nodes));
    const ids = new Set(open.map(([id]) => id));
    for (const [id, frame] of this.frames) {
      if (ids.has(id)) continue;
      // On the page's body the next key would mean nothing; where a gesture has led elsewhere, that has the last word.
      if (frame.contains(frame.getRootNode().activeElement)) this.canvas.stage.focus({ preventScroll: true });
      frame.remove();
      this.frames.delete(id);
    }
    if (!ids.has(this.chosen)) this.chosen = null;
    // The larger first: what stands in another lies above it.
    open.sort(([, a], [, b]) => b.nodes.length - a.nodes.length);
    for (const [id, block] of open) {
      if (!this.frames.has(id)) {
        this.frames.set(id, this.build(id));
        this.layer.append(this.frames.get(id));
      }
      this.label(this.frames.get(id), block);
    }
    this.order = open.map(([id]) => id);
    this.settle(picture);
  }

  build(id) {
    const close = element("button", { type: "button", class: "close", text: "Close" });
    const ungroup = element("button", { type: "button", class: "ungroup", text: "Ungroup" });
    close.addEventListener("click", () => this.close(id));
    ungroup.addEventListener("click", () => this.ungroup([id]));
    const bar = element("div", { class: "frame-bar", tabindex: "0", role: "group", "aria-roledescription": "open block" }, [
      element("span", { class: "frame-name" }), close, ungroup,
    ]);
    return element("div", { class: "frame", "data-block": id }, [bar]);
  }

  label(frame, { name, nodes }) {
    const [bar] = frame.children;
    const [shown, close, ungroup] = bar.children;
    const count = `${nodes.length} node${nodes.length === 1 ? "" : "s"}`;
    setText(shown, name);
    setAttribute(frame, "data-frame", name);
    setAttribute(bar, "aria-label", `${name}, open block of ${count}; Enter closes it`);
    for (const [button, what] of [[close, `Close ${name} (Enter)`], [ungroup, `Ungroup ${name} (Ctrl+Shift+G)`]]) {
      setAttribute(button, "aria-label", what);
      setAttribute(button, "title", what);
    }
  }

  /** Select and focus what a gesture has led to, once it is there; of what was refused the selection comes back. */
  settle(picture) {
    const { made, wanted } = this;
    if (made && !(made.id in picture.nodes)) {
      this.made = null;
      this.landOn = made.ids.filter((id) => id in picture.nodes);
    }
    if (made && picture.blocks?.[made.id]) this.made = null;
    if (!wanted) return;
    const frame = this.frames.get(wanted.frame);
    if (frame) {
      this.choose(wanted.frame);
      frame.firstChild.focus({ preventScroll: true });
    } else {
      this.landOn = (wanted.nodes ?? []).filter((id) => id in picture.nodes);
      if (this.landOn.length === 0) return;
    }
    this.wanted = null;
  }

  /** Select the nodes that a gesture has led to, and focus the first, once their elements are there. */
  land() {
    const ids = this.landOn ?? [];
    this.landOn = null;
    if (ids.length === 0) return;
    this.canvas.select(ids);
    this.canvas.overlay.focus(ids[0]);
  }

  mark() {
    for (const [id, frame] of this.frames) frame.classList.toggle("selected", id === this.chosen);
    this.canvas.toolbar?.offer(this.chosen === null && this.canvas.selection.size === 1 && this.selected().length === 1);
  }

  /** Put every frame around what stands in its block. */
  place(view) {
    const { drawing } = this.canvas;
    const shift = `translate(${view.width / 2 - view.x * view.scale}px, ${view.height / 2 - view.y * view.scale}px)`;
    this.layer.style.transform = `${shift} scale(${view.scale})`;
    this.boxes = new Map();
    // From the inside out, so that a frame stands around those in it.
    for (const id of [...(this.order ?? [])].reverse()) {
      const { blocks } = this.canvas.picture;
      const inner = [...this.boxes].filter(([other]) => blocks[other].nodes.every((node) => blocks[id].nodes.includes(node)));
      const nodes = this.inside(id).map((each) => drawing.boxOf(each)).filter((box) => box !== null).map(edgesOf);
      const all = [...nodes, ...inner.map(([, box]) => box)];
      if (all.length === 0) continue;
      const box = {
        left: Math.min(...all.map(({ left }) => left)) - PADDING, right: Math.max(...all.map(({ right }) => right)) + PADDING,
        top: Math.min(...all.map(({ top }) => top)) - PADDING - BAR_HEIGHT,
        bottom: Math.max(...all.map(({ bottom }) => bottom)) + PADDING,
      };
      this.boxes.set(id, box);
      const { style } = this.frames.get(id);
      style.transform = `translate(${box.left}px, ${box.top}px)`;
      style.width = `${box.right - box.left}px`;
      style.height = `${box.bottom - box.top}px`;
    }
  }
}

/** Where a box with a centre begins and ends. */
export function edgesOf({ x, y, width, height }) {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}
