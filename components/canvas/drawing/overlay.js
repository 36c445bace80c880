/**
 * One focusable element over each drawn node, with its ports: what hands, keys and screen readers get hold of.
 *
 * The elements live in graph coordinates; a single transform on their parent follows pan and zoom.
 */

import { element, setAttribute, setText } from "../parts/dom.js";
import { edgeInto, portsOf, spokenName } from "../model/picture.js";
import { portOffset } from "./drawing.js";

/** Below this scale ports and values are too small to be hit, and are taken out of the way. */
const SMALLEST_HANDY_SCALE = 0.3;
const LARGEST_PORT_GROWTH = 2.2;
const RUNNING = { forward: "forward ▸", seed: "seed", backward: "◂ backward" };

export class Overlay {
  /** @param {HTMLElement} parent @param {import("./drawing.js").Drawing} drawing */
  constructor(parent, drawing) {
    this.layer = element("div", { class: "overlay" });
    parent.append(this.layer);
    this.drawing = drawing;
    this.elements = new Map();
  }

  /** Make the elements match a picture, in evaluation order. */
  show(picture, selection) {
    for (const [id, made] of this.elements) {
      if (id in picture.nodes && made.dataset.form === formOf(picture, id)) continue;
      if (made.contains(made.getRootNode().activeElement)) this.refocused = id;
      made.remove();
      this.elements.delete(id);
    }
    let previous = null;
    for (const id of picture.order) {
      let made = this.elements.get(id);
      if (made === undefined) {
        made = this.build(picture, id);
        this.elements.set(id, made);
      }
      // Moving an element would take its focus away, so only what stands wrong is moved.
      const expected = previous ? previous.nextSibling : this.layer.firstChild;
      if (expected !== made) this.layer.insertBefore(made, expected);
      previous = made;
      this.label(picture, id, made);
    }
    this.mark(selection);
    // A node that has other ports than before is another element, and keeps the focus that it had. Where it is gone, the
    // canvas gets it: on the page's body keys would mean nothing, and a second Ctrl+Z be lost.
    if (this.refocused) (this.elements.get(this.refocused) ?? this.layer.parentElement).focus({ preventScroll: true });
    this.refocused = null;
  }

  build(picture, id) {
    const node = picture.nodes[id];
    const made = element("div", {
      class: "node", tabindex: "0", role: "group", "aria-roledescription": "node",
      "data-id": id, "data-op": node.op, "data-form": formOf(picture, id),
    });
    if (node.op === "Input") made.append(element("div", { class: "value" }));
    else if (node.typed !== undefined) made.append(element("div", { class: "value parameter" }));
    for (const [side, names] of Object.entries(portsOf(picture, id))) {
      names.forEach((name, index) => {
        made.append(element("div", {
          class: `port ${side}`, role: "button", tabindex: "-1",
          "data-side": side, "data-index": index, "data-name": name,
        }));
      });
    }
    return made;
  }

  label(picture, id, made) {
    const node = picture.nodes[id];
    setAttribute(made, "data-node", node.name);
    setAttribute(made, "aria-label", spokenName(picture, id));
    made.classList.toggle("oblong", node.op === "Input" && node.shape === "box"); // it holds an array
    const parameter = made.querySelector(".value.parameter");
    if (parameter) {
      parameter.classList.toggle("below", node.typedAt === "line");
      parameter.classList.toggle("still", node.slides === undefined);
    }
    for (const port of made.querySelectorAll(".port")) {
      const { side, index, name } = port.dataset;
      setAttribute(port, "data-port", `${side}:${node.name}:${index}`);
      const wire = side === "in" ? edgeInto(picture, id, Number(index)) : undefined;
      const local = wire?.local ? `, local derivative ${wire.local}` : "";
      const state = side === "out" ? "" : wire ? `, wired from ${picture.nodes[wire.from].name}${local}` : ", free";
      setAttribute(port, "aria-label", `${side === "in" ? "input" : "output"} ${name} of ${node.name}${state}`);
      port.classList.toggle("wired", wire !== undefined);
    }
  }

  /** Say on each node what the steps, the engines and the bars have to say. */
  tell(picture, { active, candidates }) {
    for (const [id, made] of this.elements) {
      const node = picture.nodes[id];
      const fault = picture.faults?.[id];
      made.classList.toggle("active", id === active?.node);
      made.classList.toggle("candidate", candidates.includes(id));
      badge(made, "running", id === active?.node ? RUNNING[active.kind] : "");
      badge(made, "arrived", node?.arrived ?? "");
      badge(made, "fault", fault ? `✗ ${fault.right} is right` : "", fault?.why);
      badge(made, "bar", picture.bars && node?.bar !== undefined ? node.size : "");
      const share = picture.bars ? ((node?.bar ?? picture.bars.low) - picture.bars.low) / (picture.bars.high - picture.bars.low) : 0;
      made.style.setProperty("--bar", String(share));
    }
  }

  /** Point at a node, or at none. */
  point(id) {
    for (const [each, made] of this.elements) made.classList.toggle("pointed", each === id);
  }

  mark(selection) {
    for (const [id, made] of this.elements) made.classList.toggle("selected", selection.has(id));
  }

  /** Put every element over its drawn node. */
  place(view) {
    const { width, height } = view;
    const shift = `translate(${width / 2 - view.x * view.scale}px, ${height / 2 - view.y * view.scale}px)`;
    this.layer.style.transform = `${shift} scale(${view.scale})`;
    const growth = Math.min(Math.max(1 / view.scale, 1), LARGEST_PORT_GROWTH);
    this.layer.style.setProperty("--port-growth", String(growth));
    this.layer.classList.toggle("far", view.scale < SMALLEST_HANDY_SCALE);
    for (const [id, made] of this.elements) {
      const box = this.drawing.boxOf(id);
      if (box === null) continue;
      const place = `${box.x - box.width / 2} ${box.y - box.height / 2} ${box.width} ${box.height}`;
      if (made.place === place) continue;
      made.place = place;
      made.style.transform = `translate(${box.x - box.width / 2}px, ${box.y - box.height / 2}px)`;
      made.style.width = `${box.width}px`;
      made.style.height = `${box.height}px`;
      this.placePorts(made, box.height);
    }
  }

  placePorts(made, height) {
    for (const side of ["in", "out"]) {
      const ports = made.querySelectorAll(`.port.${side}`);
      ports.forEach((port, index) => {
        port.style.top = `${height / 2 + portOffset(index, ports.length, height)}px`;
      });
    }
  }

  elementOf(id) {
    return this.elements.get(id);
  }

  portElement(id, side, index) {
    return this.elements.get(id)?.querySelector(`.port.${side}[data-index="${index}"]`);
  }

  focus(id) {
    this.elements.get(id)?.focus({ preventScroll: true });
  }
}

/** What an element is built of: another op, or other ports, need another one. */
function formOf(picture, id) {
  const { op, typed } = picture.nodes[id];
  const ports = portsOf(picture, id);
  return [op, typed === undefined ? "" : "typed", ...ports.in, "→", ...ports.out].join(" ");
}

/** Put a small text beside a node, or take it away. */
function badge(made, name, text, title = "") {
  let held = made.querySelector(`.badge.${name}`);
  if (text === "") {
    held?.remove();
    return;
  }
  if (held === null) {
    held = element("span", { class: `badge ${name}` });
    made.append(held);
  }
  setText(held, text);
  setAttribute(held, "title", title);
}
