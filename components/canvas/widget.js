/**
 * The canvas in a cell of a notebook (anywidget). Of several views of one widget the one that was shown last is alive;
 * the others, and all where no kernel runs, show the picture that was there last.
 *
 * @typedef {import("./model/types/exchange_types.js").Message} Message
 *
 * @typedef {object} WidgetModel what anywidget hands over
 * @property {(name: string) => any} get
 * @property {(name: string, value: unknown) => void} set
 * @property {() => void} save_changes
 * @property {(content: object) => void} send
 * @property {(event: string, hear: (content: any) => void) => void} on
 * @property {(event: string, hear: (content: any) => void) => void} off
 */

import { Canvas } from "./canvas.js";
import { noStorages } from "./parts/browser_storage.js";
import { button, element } from "./parts/dom.js";
import { say, setMessages } from "./parts/messages.js";
import { isDark } from "./parts/theme.js";

/**
 * What anywidget asks for.
 * @param {string} sheet the canvas's style
 * @param {Record<"light" | "dark", Record<string, string>>} colours of the page, by theme
 */
export function widget(sheet, colours) {
  return {
    /** @param {{model: WidgetModel, el: HTMLElement}} cell */
    render({ model, el }) {
      const view = new WidgetView(model, el, sheet, colours);
      const hear = (/** @type {any} */ content) => view.hear(content);
      const redraw = () => view.showPicture();
      model.on("msg:custom", hear);
      model.on("change:_picture", redraw);
      view.begin();
      return () => {
        model.off("msg:custom", hear);
        model.off("change:_picture", redraw);
      };
    },
  };
}

class WidgetView {
  /** @type {Canvas | null} */
  #canvas = null;
  #acknowledged = 0;

  /**
   * @param {WidgetModel} model
   * @param {HTMLElement} el
   * @param {string} sheet
   * @param {Record<"light" | "dark", Record<string, string>>} colours
   */
  constructor(model, el, sheet, colours) {
    this.model = model;
    /** Tells this view from the widget's others. */
    this.name = Math.random().toString(36).slice(2);
    this.still = element("img", { alt: "", style: "max-width: 100%" });
    this.again = button({ text: "✎", style: "position: absolute; inset: 8px auto auto 8px" }, () => this.begin());
    this.picture = element("div", { style: "position: relative", "data-testid": "still" }, [this.still, this.again]);
    // The notebook's own style stays outside, and the canvas's inside.
    const home = element("div");
    const inside = home.attachShadow({ mode: "open" });
    const { style } = this.root = element("div", { class: "playground guest", hidden: true });
    style.setProperty("--playground-height", `${Number(model.get("height"))}px`);
    const theme = isDark(groundBehind(el)) ? "dark" : "light";
    for (const [name, colour] of Object.entries(colours[theme])) style.setProperty(name, colour);
    inside.append(element("style", { text: sheet }), this.root);
    el.append(this.picture, home);
    this.showPicture();
  }

  /** Ask to be the view that is alive. */
  begin() {
    this.model.send({ view: this.name });
  }

  showPicture() {
    this.still.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(this.model.get("_picture"))}`;
    this.still.alt = this.model.get("formula");
  }

  /** @param {{view: string, message: string}} content */
  hear({ view, message }) {
    const isAlive = view === this.name;
    this.root.hidden = !isAlive;
    this.picture.hidden = isAlive;
    if (!isAlive) return;
    /** @type {Message & {picture: {language?: string, messages?: import("./parts/messages.js").Messages}}} */
    const told = JSON.parse(message);
    if (this.#canvas === null) {
      setMessages(told.picture.messages, told.picture.language); // before anything is labelled
      this.again.title = say("Edit it here");
      this.#canvas = new Canvas(this.root, (outbox) => this.model.send({ view, outbox }), { stores: noStorages() });
      this.#canvas.followTheme();
    }
    this.#canvas.receive(told);
    if (told.ack <= this.#acknowledged) return;
    this.#acknowledged = told.ack;
    // Notebooks that run cells again by themselves, such as marimo, watch what the browser sets.
    this.model.set("edits", Number(this.model.get("edits")) + 1);
    this.model.save_changes();
  }
}

/**
 * The colour of the ground that a cell stands on.
 * @param {Element} place
 */
function groundBehind(place) {
  for (let each = /** @type {Element | null} */ (place); each !== null; each = each.parentElement) {
    const colour = getComputedStyle(each).backgroundColor;
    if (!/^(transparent|rgba\(.*, 0\))$/.test(colour)) return colour;
  }
  return "";
}
