/**
 * The line that says what Python is at when it takes longer, and which share of it is done; with a button to stop it.
 *
 * @typedef {import("../../model/types/exchange_types.js").Progress} Progress
 */

import { button, element, setText } from "../../parts/dom.js";
import { say } from "../../parts/messages.js";

/** What is done in a moment shows no line. */
const PATIENCE_MS = 500;

export class ProgressLine {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {() => void} stop */
  constructor(stop) {
    this.text = element("span", { role: "status" });
    this.bar = element("progress", { max: "100", "aria-hidden": "true" });
    const end = button({ title: say("Stop what is being computed"), text: say("Stop"), "data-control": "stop" }, stop);
    this.box = element("div", { class: "progress", hidden: true, "data-testid": "progress" }, [this.text, this.bar, end]);
  }

  /** @param {Progress | undefined} progress nothing where all is done */
  show(progress) {
    if (progress === undefined) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.box.hidden = true;
    } else this.#timer ??= setTimeout(() => (this.box.hidden = false), PATIENCE_MS);
    setText(this.text, progress === undefined ? "" : say("{work} …", { work: progress.text }));
    this.bar.value = progress?.percent ?? 0;
  }
}
