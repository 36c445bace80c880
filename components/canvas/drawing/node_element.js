/**
 * The element over a drawn node, with its ports: what hands, keys and screen readers get hold of.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../model/types/picture_types.js").Side} Side
 * @typedef {import("../model/types/panel_types.js").Step} Step
 */

import { element, setAttribute, setText } from "../parts/dom.js";
import { mark, say } from "../parts/messages.js";
import { INPUT, edgeInto, portsOf } from "../model/graph/picture.js";
import { spokenName, spokenPort } from "../model/graph/spoken.js";
import { markAsked } from "./asked_marks.js";
import { portOffset } from "./geometry.js";

const RUNNING = { forward: mark("forward ▸"), seed: mark("seed"), backward: mark("◂ backward"), update: mark("update") };
const CONSTANT = "Constant";
const NUMBERS = /** @type {const} */ (["data", "grad"]);
/** How much of a node's width its name may take, over the width of a letter in sizes of its text. */
const NAME_FILLS = 0.85 / 0.6;
/** How far around its text a number is met. */
const AROUND_TEXT = { across: 10, down: 1 };
const SIDES = /** @type {const} */ (["in", "out"]);
/** What was told on each element last. @type {WeakMap<HTMLElement, string>} */
const TOLD = new WeakMap();

/**
 * What an element is built of: another op, or other ports, need another one.
 * @param {Picture} picture
 * @param {string} id
 */
export function formOf(picture, id) {
  const { op, typed } = picture.nodes[id];
  const ports = portsOf(picture, id);
  return [op, typed === undefined ? "" : "typed", ...ports.in, "→", ...ports.out].join(" ");
}

/**
 * @param {Picture} picture
 * @param {string} id
 */
export function buildNode(picture, id) {
  const node = picture.nodes[id];
  const made = element("div", {
    class: "node", tabindex: "0", role: "group", "aria-roledescription": say("node"),
    "data-id": id, "data-op": node.op, "data-form": formOf(picture, id),
  });
  if (node.op === INPUT) made.append(element("div", { class: "value" }));
  else if (node.typed !== undefined) made.append(element("div", { class: "value parameter" }));
  for (const part of NUMBERS) {
    // The data of an input, and of a Constant, is edited where it stands.
    if (part === "data" && (node.op === INPUT || node.op === CONSTANT)) continue;
    made.append(element("div", { class: "number", role: "button", tabindex: "-1", "data-number": part }));
  }
  made.append(element("div", { class: "node-name", "aria-hidden": "true" }));
  const ports = portsOf(picture, id);
  for (const side of SIDES) {
    made.append(...ports[side].map((name, index) => element("div", {
      class: `port ${side}`, role: "button", tabindex: "-1",
      "data-side": side, "data-index": index, "data-name": name,
    })));
  }
  return made;
}

/**
 * Say on an element what its node is.
 * @param {HTMLElement} made
 * @param {Picture} picture
 * @param {string} id
 */
export function labelNode(made, picture, id) {
  const node = picture.nodes[id];
  setAttribute(made, "data-node", node.name);
  setAttribute(made, "aria-label", spokenName(picture, id));
  const value = made.querySelector(".value");
  if (node.written) value?.setAttribute("title", node.written);
  else value?.removeAttribute("title");
  markAsked(made, picture, id);
  const parameter = made.querySelector(".value.parameter");
  parameter?.classList.toggle("below", node.typedAt === "line");
  parameter?.classList.toggle("still", node.slides === undefined);
  const name = made.querySelector(".node-name");
  if (name) setText(name, node.name);
  for (const number of made.querySelectorAll(".number")) {
    setAttribute(number, "aria-label", number.getAttribute("data-number") === "grad"
      ? say("How {name}.grad came about", { name: node.name }) : say("How the data of {name} came about", { name: node.name }));
  }
}

/**
 * Say on its ports to what they are wired.
 * @param {HTMLElement} made
 * @param {Picture} picture
 * @param {string} id
 */
export function labelPorts(made, picture, id) {
  const node = picture.nodes[id];
  const ports = portsOf(picture, id);
  for (const side of SIDES) {
    portElements(made, side).forEach((port, index) => {
      setAttribute(port, "data-port", `${side}:${node.name}:${index}`);
      setAttribute(port, "aria-label", spokenPort(picture, id, side, index, ports[side]));
      port.classList.toggle("wired", side === "in" && edgeInto(picture, id, index) !== undefined);
    });
  }
}

/**
 * Say on an element what the steps, the variants and the bars have to say.
 * @param {HTMLElement} made
 * @param {Picture} picture
 * @param {string} id
 * @param {{step: Step | undefined, candidates: readonly string[], outdated: ReadonlySet<string>}} now
 */
export function tellOnNode(made, picture, id, { step, candidates, outdated }) {
  const node = picture.nodes[id];
  const fault = picture.faults?.[id];
  const { low, high } = picture.bars ?? { low: 0, high: 1 };
  const share = picture.bars ? ((node.bar ?? low) - low) / (high - low) : 0;
  const told = JSON.stringify([
    node.kind, node.arrived, node.pending, node.size, fault, share, Boolean(picture.bars),
    step?.node === id && step.kind, candidates.includes(id), outdated.has(id), picture.language,
  ]);
  if (TOLD.get(made) === told) return;
  TOLD.set(made, told);
  showBadge(made, "tag", node.kind === "loss" ? say("loss") : "");
  const isActive = step?.node === id;
  made.classList.toggle("active", isActive);
  made.classList.toggle("candidate", candidates.includes(id));
  showBadge(made, "running", isActive ? say(RUNNING[step.kind]) : "");
  showBadge(made, "arrived", node.arrived ?? "");
  showBadge(made, "pending", node.pending ? say("waiting …") : "", say("Not computed yet: it goes on when the connection is back."));
  showBadge(made, "outdated", outdated.has(id) ? say("as before …") : "", say("These are the numbers before what was typed: they follow when the connection is back."));
  showBadge(made, "fault", fault ? say("✗ {right} is right", { right: fault.right }) : "", fault?.why);
  showBadge(made, "bar", (picture.bars && node.bar !== undefined && node.size) || "");
  made.style.setProperty("--bar", String(share));
}

/**
 * Put the ports where the drawing has them.
 * @param {HTMLElement} made
 * @param {number} height
 */
export function placePorts(made, height) {
  for (const side of SIDES) {
    const ports = portElements(made, side);
    ports.forEach((port, index) => {
      port.style.top = `${height / 2 + portOffset(index, ports.length, height)}px`;
    });
  }
}

/**
 * Let the name that stands alone on a small node fit into it.
 * @param {HTMLElement} made
 * @param {import("../model/types/picture_types.js").Box} box
 */
export function fitName(made, { width, height }) {
  const letters = made.dataset.node?.length ?? 1;
  made.style.setProperty("--name-size", `${Math.min(0.8 * height, (NAME_FILLS * width) / Math.max(letters, 1))}px`);
}

/**
 * Put what is tapped and edited over the numbers as they are drawn.
 * @param {HTMLElement} made
 * @param {Partial<Record<import("./label_lines.js").Part, import("../model/types/picture_types.js").Box>>} parts
 */
export function placeNumbers(made, parts) {
  for (const part of NUMBERS) placeOver(made.querySelector(`.number[data-number="${part}"]`), parts[part]);
  const parameter = made.querySelector(".value.parameter");
  placeOver(made.querySelector(".value:not(.parameter)"), parts.data);
  const typedAt = made.dataset.op === CONSTANT ? parts.data : parts.parameters;
  placeOver(parameter, parameter?.classList.contains("below") ? parts.parameters : (typedAt ?? parts.symbol));
}

/**
 * @param {Element | null} made
 * @param {import("../model/types/picture_types.js").Box | undefined} box from the middle of the node
 */
function placeOver(made, box) {
  if (!(made instanceof HTMLElement)) return;
  made.hidden = box === undefined;
  if (box === undefined) return;
  const [width, height] = [box.width + 2 * AROUND_TEXT.across, box.height + 2 * AROUND_TEXT.down];
  Object.assign(made.style, {
    left: `calc(50% + ${box.x - width / 2}px)`, top: `calc(50% + ${box.y - height / 2}px)`,
    width: `${width}px`, height: `${height}px`,
  });
}

/**
 * @param {HTMLElement} made
 * @param {Side} side
 * @returns {HTMLElement[]}
 */
function portElements(made, side) {
  return [...made.querySelectorAll(`.port.${side}`)].filter((each) => each instanceof HTMLElement);
}

/**
 * Put a small text beside a node, or take it away.
 * @param {HTMLElement} made
 * @param {string} name
 * @param {string} text
 * @param {string} [title]
 */
function showBadge(made, name, text, title = "") {
  const held = made.querySelector(`.badge.${name}`);
  if (text === "") {
    held?.remove();
    return;
  }
  const badge = held ?? element("span", { class: `badge ${name}` });
  if (held === null) made.append(badge);
  setText(badge, text);
  setAttribute(badge, "title", title);
}
