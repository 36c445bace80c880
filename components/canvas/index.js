/**
 * The library half of the component: vis-network and the canvas come to the browser once, in a message of their own.
 *
 * Streamlit sends a component's JavaScript along with every message of that component, so the half that carries data
 * is only a few lines (see `mount.js`) and finds this half through the registry below.
 */

import { Canvas } from "./canvas.js";
import { element } from "./parts/dom.js";

/* global STYLE_SHEET -- put in front of the modules by canvas/__init__.py */

const canvases = new WeakMap();

/** Show what Python sent in a component's element; called at every rerun. */
function render({ data, parentElement, setStateValue }) {
  let canvas = canvases.get(parentElement);
  if (canvas === undefined) {
    const root = element("div", { class: "playground" });
    parentElement.append(element("style", { text: STYLE_SHEET }), root);
    canvas = new Canvas(root, (message) => canvas.setStateValue("outbox", message));
    canvases.set(parentElement, canvas);
  }
  canvas.setStateValue = setStateValue;
  canvas.followTheme();
  canvas.receive(JSON.parse(new TextDecoder().decode(data)));
}

const registry = (globalThis.backpropPlayground ??= {});
registry.render = render;
registry.whenReady?.splice(0).forEach((waiting) => waiting(render));
