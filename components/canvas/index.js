/**
 * What the canvas is to its host: `start` takes the style sheet, and from then on what Python sends is shown.
 *
 * Streamlit sends a component's JavaScript along with every message of that component, so the half that carries data
 * is only a few lines (see `mount.js`) and finds this half through the registry below.
 */

import { Canvas } from "./canvas.js";
import { element } from "./parts/dom.js";

const canvases = new WeakMap();
let styleSheet = "";

/** Show what Python sent in a component's element; called at every rerun. */
function render({ data, parentElement, setStateValue }) {
  let canvas = canvases.get(parentElement);
  if (canvas === undefined) {
    const root = element("div", { class: "playground" });
    parentElement.append(element("style", { text: styleSheet }), root);
    canvas = new Canvas(root, (message) => canvas.setStateValue("outbox", message));
    canvases.set(parentElement, canvas);
  }
  canvas.setStateValue = setStateValue;
  canvas.followTheme();
  canvas.receive(JSON.parse(new TextDecoder().decode(data)));
}

/** Show from now on what Python sends, and what it has sent already. */
export function start(sheet) {
  styleSheet = sheet;
  const registry = (globalThis.backpropPlayground ??= {});
  registry.render = render;
  registry.whenReady?.splice(0).forEach((waiting) => waiting(render));
}
