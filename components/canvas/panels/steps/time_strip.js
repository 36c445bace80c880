/**
 * The strip below the graph: going through the steps, running Forward and Backward, and what each step says.
 *
 * @typedef {import("../../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../../model/types/exchange_types.js").Message} Message
 */

import { button, element, setText } from "../../parts/dom.js";
import { say } from "../../parts/messages.js";
import { ProgressLine } from "./progress_line.js";
import { RunControls } from "./run_controls.js";
import { StepCaption } from "./step_caption.js";
import { StepControls } from "./step_controls.js";

const ZOOM_STEP = 1.25;

export class TimeStrip {
  /**
   * @param {import("./stepper.js").Stepper} stepper
   * @param {ConstructorParameters<typeof RunControls>[1] & ConstructorParameters<typeof StepCaption>[1]
   *   & {stop: () => void}} acts
   * @param {HTMLElement} derivation how a number came about, while that is asked for
   * @param {{zoom: (factor: number) => void, fit: () => void}} view
   */
  constructor(stepper, acts, derivation, { zoom, fit }) {
    this.stepper = stepper;
    this.controls = new StepControls(stepper);
    this.caption = new StepCaption(stepper, acts, [this.controls.restart, this.controls.speed]);
    this.run = new RunControls(stepper, acts);
    const look = element("div", { class: "view-controls", role: "group", "aria-label": say("View") }, [
      control("zoom-out", say("Zoom out"), "−", () => zoom(1 / ZOOM_STEP)),
      control("zoom-in", say("Zoom in"), "+", () => zoom(ZOOM_STEP)),
      control("fit", say("Fit the graph in view (F)"), say("Fit"), fit),
    ]);
    const more = button({ text: "⋯", title: say("More"), "aria-expanded": "false", "data-control": "more" }, () => {
      more.setAttribute("aria-expanded", String(this.box.classList.toggle("more")));
    });
    this.progress = new ProgressLine(acts.stop);
    this.notice = element("p", { class: "run-notice", role: "status", "data-testid": "run-notice", hidden: true });
    this.box = element("section", { class: "time", "aria-label": say("Time") }, [
      this.run.remark, this.notice, derivation, this.caption.box, this.progress.box,
      element("div", { class: "time-row" }, [this.controls.box, this.run.box, more, look]),
    ]);
  }

  /**
   * @param {Picture} picture
   * @param {Message | undefined} answer
   */
  show(picture, answer) {
    this.controls.show();
    const notice = answer?.notice ?? "";
    this.caption.show(picture, notice);
    // While somebody steps it stands with the last step.
    setText(this.notice, this.stepper.at.isOpen ? "" : notice);
    this.notice.hidden = this.notice.textContent === "";
    this.run.show(picture, answer);
  }
}

/**
 * @param {string} name
 * @param {string} title
 * @param {string} text
 * @param {() => void} act
 */
function control(name, title, text, act) {
  return button({ title, text, "data-control": name }, act);
}
