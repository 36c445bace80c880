/** How a link opens: for a slide or a course page, and with which controls. */

import { element } from "../../parts/dom.js";
import { say } from "../../parts/messages.js";
import { CONTROLS } from "./shown_controls.js";

export class LinkOptions {
  /** @param {() => void} onChange the link is to be another one */
  constructor(onChange) {
    this.embed = element("input", { type: "checkbox", "data-option": "embed" });
    this.boxes = Object.keys(CONTROLS).map((name) => element("input", { type: "checkbox", value: name, "data-option": name }));
    this.box = element("details", { class: "link-options" }, [
      element("summary", { text: say("What is shown to whoever opens it") }),
      element("label", { class: "row" }, [this.embed, say("For a slide or a course page: question, graph and steps alone")]),
      element("div", { class: "row", role: "group", "aria-label": say("Leave out") }, [
        element("span", { text: say("Leave out") }),
        ...Object.values(CONTROLS).map((text, place) => element("label", { class: "row" }, [this.boxes[place], say(text)])),
      ]),
    ]);
    this.box.addEventListener("change", () => onChange());
  }

  /** Whether the link is for a page in which it is embedded. */
  get embeds() {
    return this.embed.checked;
  }

  /** The controls that it leaves out. */
  get hides() {
    return this.boxes.filter(({ checked }) => checked).map(({ value }) => value);
  }
}
