/** Whether what somebody has built is what the lesson asks for: looked at when they say so, as often as they like. */

import { button, element, setText } from "../../parts/dom.js";
import { mark, say } from "../../parts/messages.js";

const TOLD = { open: "", wrong: mark("This graph computes something else yet."), right: mark("Right: this graph computes it.") };

export class Built {
  /** @param {() => void} check */
  constructor(check) {
    this.button = button({ text: say("Is it right?"), "data-control": "check-built" }, () => check());
    this.told = element("p", { class: "choice-told", role: "status", "data-testid": "built-told" });
    this.box = element("div", { class: "choices", hidden: true }, [element("div", { class: "choice-row" }, [this.button]), this.told]);
  }

  /** @param {import("../../model/types/lesson_types.js").BuiltFacts} [built] */
  show(built) {
    this.box.hidden = built === undefined;
    if (built === undefined) return;
    const told = TOLD[built.state] ? say(TOLD[built.state]) : "";
    setText(this.told, [told, built.hint ?? ""].filter(Boolean).join(" "));
    this.button.disabled = built.state === "right";
  }
}
