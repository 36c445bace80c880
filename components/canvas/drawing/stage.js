/**
 * The stage: the drawing, what lies over it, and the view of both.
 *
 * @typedef {import("../model/types/picture_types.js").Point} Point
 * @typedef {import("../model/types/picture_types.js").Bounds} Bounds
 * @typedef {import("../model/page_model.js").PageModel} PageModel
 */

import { element } from "../parts/dom.js";
import { say } from "../parts/messages.js";
import { Notice } from "../parts/notice.js";
import { Drawing } from "./drawing.js";
import { Flow } from "./flow.js";
import { Frames } from "./frames.js";
import { boundsOf } from "./geometry.js";
import { Framing } from "./framing.js";
import { Overlay } from "./overlay.js";
import { taggedNode } from "./output_tag.js";
import { Readout } from "./readout.js";
import { onOtherResolution } from "./resolution.js";
import { View } from "./view.js";
import { WireLabels } from "./wire_labels.js";

/** Smaller text is not read: a node then shows its name alone, as large as it fits, and its numbers when asked. */
const SMALLEST_TEXT_PX = 9;
/** On paper, which is looked at from nearer. */
const SMALLEST_PRINTED_PX = 6;

/** Where a sentence stands that belongs to no node: a little left of the middle, in the upper third. */
const NOWHERE = { left: 140, share: 1 / 3 };

/** How long it has to keep its size before Python is told of it: a window is resized in many steps. */
const RESIZED_MS = 250;

export class Stage {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #resizing;
  /** Whether it has another size, of which Python is told once it keeps it. */
  #isOther = false;
  /** The window's size when that was told last. */
  #window = "";

  /**
   * @param {PageModel} model
   * @param {object} acts
   * @param {() => boolean} acts.takeUpLook looks as before a reload; answers false where there was nothing before
   * @param {(block: string) => void} acts.close
   * @param {(block: string) => void} acts.ungroup
   * @param {(id: string, part: "data" | "grad") => void} acts.pressNumber a number that is read beside its node is tapped
   * @param {() => void} acts.onPlaced nodes stand elsewhere on the stage, or the stage has another size
   * @param {(isOtherWindow: boolean) => void} acts.onResized told once the stage keeps another size
   */
  constructor(model, { takeUpLook, close, ungroup, pressNumber, onPlaced, onResized }) {
    this.onPlaced = onPlaced;
    this.onResized = onResized;
    this.model = model;
    this.element = element("div", {
      class: "stage", role: "application", "aria-label": say("Computational graph"), "aria-busy": "true", tabindex: "0",
    });
    const ground = element("div", { class: "ground" });
    /** What an empty canvas offers. */
    this.hint = element("div", { class: "hint", hidden: true });
    this.element.append(ground, this.hint);
    this.drawing = new Drawing(ground, () => this.place(), () => this.framing.arrived());
    /** @param {string} id */
    const boxOf = (id) => this.drawing.boxOf(id);
    this.frames = new Frames(this.element, boxOf, { close, ungroup, lookInto: (bounds) => this.view.lookInto(bounds) });
    this.overlay = new Overlay(this.element, boxOf, (id) => this.drawing.labelOf(id));
    this.flow = new Flow(this.overlay.layer, (edge) => this.drawing.wirePoints(edge));
    this.labels = new WireLabels(this.overlay.layer, {
      wirePoints: (edge) => this.drawing.wirePoints(edge),
      nodes: () => this.model.picture.order.flatMap((id) => this.drawing.boxOf(id) ?? []),
    });
    /** Told when another part of the graph is in sight. */
    this.onLook = () => {};
    this.view = new View(this.element, () => {
      this.drawing.look(this.view);
      this.onLook();
    });
    this.framing = new Framing({
      element: this.element, view: this.view, drawing: this.drawing, takeUpLook,
      nodes: () => model.picture.order, frames: () => this.frames.bounds,
      textSize: () => model.picture.settings.node.text, tagged: () => taggedNode(model.picture),
    });
    this.readout = new Readout(this.element, { boundsOf: (id) => this.nodeOnStage(id), press: pressNumber });
    this.notice = new Notice(this.element);
    this.voice = element("div", { class: "spoken", "aria-live": "polite" });
    this.element.append(this.voice);
    new ResizeObserver(() => {
      this.framing.resized();
      clearTimeout(this.#resizing);
      this.#isOther = model.layoutSize.isOther(this.view.viewport);
      if (this.#isOther) this.element.setAttribute("aria-busy", "true");
      this.#resizing = setTimeout(() => {
        this.#isOther = false;
        if (this.element.clientWidth === 0) return;
        const size = `${globalThis.innerWidth} × ${globalThis.innerHeight}`;
        onResized(this.#window !== "" && size !== this.#window);
        this.#window = size;
        this.rest();
      }, RESIZED_MS);
    }).observe(this.element);
    onOtherResolution(() => this.drawing.resize(this.view));
  }

  /** A session begins: Python is told the viewport, and may lay the graph out for that. */
  wait() {
    if (this.element.clientWidth === 0) return;
    this.onResized(true);
    this.element.setAttribute("aria-busy", "true");
  }

  /** Python has answered: it may have been told more meanwhile, and the host may say the same twice. */
  rest() {
    if (this.model.outbox.isAnswered && !this.#isOther) this.element.removeAttribute("aria-busy");
  }

  /** Put what lies over the drawing where its nodes are now. */
  place() {
    this.framing.drawn();
    const isTiny = this.isTiny;
    this.drawing.showTexts(!isTiny);
    this.frames.place(this.view, isTiny && this.view.chosen); // a graph that is fitted hides nothing
    this.overlay.place(this.view, isTiny, this.frames.covered);
    this.readout.turn(isTiny);
    this.flow.place();
    if (!isTiny) this.labels.place(this.view.scale);
    this.onPlaced();
  }

  /** Whether the graph is so small that nodes show their names alone. */
  get isTiny() {
    const smallest = this.element.closest(".printing") ? SMALLEST_PRINTED_PX : SMALLEST_TEXT_PX;
    return this.view.scale * this.model.picture.settings.node.text < smallest;
  }

  /** The innermost open block that somebody looks into: that of the selection, or else of what is in the middle. */
  get blockInSight() {
    const { selection, picture } = this.model;
    const [selected] = selection.nodes;
    const at = selected in picture.nodes ? this.placeOf(selected) : { x: this.view.x, y: this.view.y };
    return selection.frame ?? this.frames.frameAt(at);
  }

  /**
   * Where a node is drawn on the stage.
   * @param {string} id
   * @returns {Bounds | null}
   */
  nodeOnStage(id) {
    const box = this.drawing.boxOf(id);
    if (!box) return null;
    const { left, top, right, bottom } = boundsOf(box);
    const [from, to] = [this.view.toStage({ x: left, y: top }), this.view.toStage({ x: right, y: bottom })];
    return { left: from.x, top: from.y, right: to.x, bottom: to.y };
  }

  /** Where every node is drawn on the stage. @returns {Bounds[]} */
  nodesOnStage() {
    return this.model.picture.order.flatMap((id) => this.nodeOnStage(id) ?? []);
  }

  /**
   * Where a node is drawn, or where it will be.
   * @param {string} id
   * @returns {Point}
   */
  placeOf(id) {
    return this.drawing.boxOf(id) ?? this.model.picture.nodes[id];
  }

  /**
   * Show all of the graph at the next frame where a new part of it would be out of sight.
   * @param {readonly Point[]} places
   */
  bringIntoSight(places) {
    if (!places.every((place) => this.view.holds(place))) this.framing.fitNext();
  }

  /**
   * Mark what is selected.
   * @param {import("../model/graph/selection.js").Selection} selection
   */
  mark({ nodes, only, wire, frame }) {
    this.overlay.mark(nodes);
    this.readout.show(this.model.picture, only);
    this.drawing.highlightWire(wire);
    this.frames.mark(frame);
  }

  /**
   * Where on the stage a port is drawn.
   * @param {import("../model/types/picture_types.js").PortPlace} port
   */
  portOnStage(port) {
    return this.view.toStage(this.drawing.portPoint(port));
  }

  /**
   * Tell something at a node, or where it belongs to none in the upper middle.
   * @param {string | null} id
   * @param {string} text
   */
  tellAt(id, text) {
    this.notice.tell(text, this.placeToTell(id));
  }

  /**
   * Where on the stage something is told of a node, or of none.
   * @param {string | null} id
   */
  placeToTell(id) {
    const box = id ? this.drawing.boxOf(id) : null;
    return box ? this.belowNode(box) : { x: this.view.width / 2 - NOWHERE.left, y: this.view.height * NOWHERE.share };
  }

  /**
   * Where on the stage a sentence about a node stands.
   * @param {import("../model/types/picture_types.js").Box} box
   */
  belowNode({ x, y, height }) {
    return this.view.toStage({ x, y: y + height / 2 });
  }

  /**
   * Say something to screen readers alone.
   * @param {string} text
   */
  announce(text) {
    this.voice.textContent = text;
  }

  /** Give the focus to the stage itself, so that keys go on to mean something. */
  focus() {
    this.element.focus({ preventScroll: true });
  }
}
