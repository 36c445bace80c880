/** What stands in the graph's place until Python is there: how far it has come, or why it does not come. */

import { button, element } from "../parts/dom.js";
import { say } from "../parts/messages.js";

/** Of the whole way, how much fetching is. */
const FETCHING_SHARE = 0.5;

export class Loading {
  constructor() {
    this.bar = element("progress", { max: 1, value: 0, "aria-label": say("The playground is starting") });
    this.text = element("p", { text: say("The playground is starting…"), role: "status" });
    this.note = element("p", { class: "note", text: say("It is fetched once, and kept in this browser."), hidden: true });
    this.box = element("div", { class: "loading", "data-testid": "loading" }, [this.text, this.bar, this.note]);
  }

  /**
   * @param {import("./site_types.js").Stage} stage
   * @param {number} share
   */
  show(stage, share) {
    const isFetching = stage === "fetching";
    this.bar.value = isFetching ? share * FETCHING_SHARE : FETCHING_SHARE + share * (1 - FETCHING_SHARE);
    const text = isFetching ? say("Fetching the playground…") : say("Starting Python…");
    if (this.text.textContent !== text) this.text.textContent = text;
    this.note.hidden = !isFetching;
  }

  /** @param {string} reason */
  fail(reason) {
    this.bar.hidden = true;
    this.text.setAttribute("role", "alert");
    this.text.textContent = say("The playground could not be started. What you have built stays in this browser.");
    const again = button({ text: say("Try again"), "data-control": "try-again" }, () => location.reload());
    this.note.replaceWith(again, element("p", { class: "note", text: reason }));
  }
}
