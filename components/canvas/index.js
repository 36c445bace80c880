/**
 * What the canvas is to its host: `start` takes the style sheet, and from then on what Python sends is shown.
 *
 * Streamlit sends a component's JavaScript along with every message of that component, so the half that carries data
 * is only a few lines (see `mount.js`) and finds this half through the registry below.
 *
 * @typedef {import("./model/exchange_types.js").Message} Message
 * @typedef {import("./model/exchange_types.js").Post} Post
 *
 * @typedef {object} Component what Streamlit hands over at every rerun
 * @property {BufferSource} data
 * @property {HTMLElement} parentElement
 * @property {(name: string, value: Post) => void} setStateValue
 *
 * @typedef {{render?: (component: Component) => void, whenReady?: ((render: (component: Component) => void) => void)[]}} Registry
 */

import { Canvas } from "./canvas.js";
import { element } from "./parts/dom.js";
import { setMessages } from "./parts/messages.js";

/** Of the window; a sidebar that takes more of it lies over the graph. */
const SIDEBAR_SHARE = 0.45;

/**
 * The page's canvas. Streamlit may put another element in the place of the one that it stands in, when a run was broken
 * off: then it moves there, with all that is under way. A second canvas would number its events anew, and Python would
 * take them for those that it has.
 * @type {{canvas: Canvas, post: {setStateValue: Component["setStateValue"]}, parts: HTMLElement[], home: HTMLElement} | null}
 */
let mounted = null;
/** The elements in which it has stood. @type {WeakSet<HTMLElement>} */
const homes = new WeakSet();
let styleSheet = "";

/**
 * Show what Python sent in a component's element; called at every rerun.
 * @param {Component} component
 */
function render({ data, parentElement, setStateValue }) {
  /** @type {Message & {picture: {messages?: import("./parts/messages.js").Messages}}} */
  const message = JSON.parse(new TextDecoder().decode(data));
  if (mounted === null) {
    setMessages(message.picture.messages); // before anything is labelled
    const root = element("div", { class: "playground" });
    const parts = [element("style", { text: styleSheet }), root];
    parentElement.append(...parts);
    const post = { setStateValue };
    mounted = { canvas: new Canvas(root, (outbox) => post.setStateValue("outbox", outbox), {
      ownsPage: true, onOpen: putAwaySidebar,
    }), post, parts, home: parentElement };
  } else if (parentElement !== mounted.home) {
    // One that it has left is about to go.
    if (homes.has(parentElement) && mounted.home.isConnected) return;
    parentElement.append(...mounted.parts);
    mounted.home = parentElement;
  }
  homes.add(parentElement);
  mounted.post.setStateValue = setStateValue;
  mounted.canvas.followTheme();
  mounted.canvas.receive(message);
}

/** On a phone Streamlit's sidebar lies over the graph: once a lesson is chosen there, it has to go. */
function putAwaySidebar() {
  const sidebar = document.querySelector('[data-testid="stSidebar"]:is([data-collapsed="false"], [aria-expanded="true"])');
  if (sidebar === null || sidebar.getBoundingClientRect().width < SIDEBAR_SHARE * globalThis.innerWidth) return;
  const close = sidebar.querySelector('[data-testid="stSidebarCollapseButton"] button');
  if (close instanceof HTMLElement) close.click();
}

/**
 * Show from now on what Python sends, and what it has sent already.
 * @param {string} sheet the canvas's style
 */
export function start(sheet) {
  styleSheet = sheet;
  const page = /** @type {{backpropPlayground?: Registry}} */ (/** @type {unknown} */ (globalThis));
  const registry = (page.backpropPlayground ??= {});
  registry.render = render;
  registry.whenReady?.splice(0).forEach((waiting) => waiting(render));
}
