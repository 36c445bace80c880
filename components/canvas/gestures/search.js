/** Search for an op by name, alias or symbol, at the place where the node shall stand. */

import { element } from "../parts/dom.js";
import { searchOps } from "../model/picture.js";

const SHOWN = 8;
const WIDTH_PX = 220;
const HEIGHT_PX = 300;

export class Search {
  /** @param {import("../canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.box = null;
  }

  /**
   * @param {{x: number, y: number}} point on the stage
   * @param {(op: string) => void} pick
   * @param {(entry: any) => boolean} fits
   */
  open(point, pick, fits = () => true) {
    this.close();
    const { stage, view } = this.canvas;
    this.pick = pick;
    this.fits = fits;
    this.field = element("input", {
      type: "text", role: "combobox", "aria-label": "Search for an op", "aria-expanded": "true",
      "aria-controls": "found-ops", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false",
      placeholder: "Search: square, +, log …",
    });
    this.list = element("ul", { id: "found-ops", role: "listbox", "aria-label": "Ops" });
    this.box = element("div", { class: "search", "data-testid": "search" }, [this.field, this.list]);
    this.box.style.left = `${Math.min(point.x, Math.max(view.width - WIDTH_PX, 0))}px`;
    this.box.style.top = `${Math.min(point.y, Math.max(view.height - HEIGHT_PX, 0))}px`;
    stage.append(this.box);
    this.field.addEventListener("input", () => this.find());
    this.field.addEventListener("keydown", (event) => this.press(event));
    this.field.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // keep the field's focus, or its blur would close the list under the finger
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option.dataset.found);
    });
    this.find();
    this.field.focus({ preventScroll: true });
    return true;
  }

  find() {
    const found = searchOps(this.canvas.picture, this.field.value, this.fits).slice(0, SHOWN);
    this.at = 0;
    const options = found.map((entry, index) => element("li", {
      role: "option", id: `found-${index}`, "data-found": entry.op, title: entry.description,
    }, [element("span", { class: "symbol", "aria-hidden": "true", text: entry.symbol }), entry.op]));
    const none = element("li", { role: "option", "aria-disabled": "true", text: "No op is called that." });
    this.list.replaceChildren(...(options.length ? options : [none]));
    this.mark();
  }

  mark() {
    [...this.list.children].forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === this.at));
    });
    this.field.setAttribute("aria-activedescendant", `found-${this.at}`);
  }

  press(event) {
    event.stopPropagation();
    const { length } = this.list.children;
    if (event.key === "Escape") {
      this.close();
      this.canvas.stage.focus({ preventScroll: true });
    } else if (event.key === "Enter") this.choose(this.list.children[this.at]?.dataset.found);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.at = (this.at + (event.key === "ArrowDown" ? 1 : -1) + length) % length;
      this.mark();
    }
  }

  choose(op) {
    if (op === undefined) return;
    const { pick } = this;
    this.close();
    pick(op);
  }

  close() {
    const { box } = this;
    this.box = null;
    box?.remove();
  }
}
