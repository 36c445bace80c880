/** Present: nothing but the question, the graph, the step's sentence and the hand on time, on the whole screen. */

import { button, element } from "../parts/dom.js";
import { say } from "../parts/messages.js";

export class Presenting {
  /**
   * @param {HTMLElement} page
   * @param {import("../drawing/stage.js").Stage} stage
   * @param {import("./steps/stepper.js").Stepper} stepper
   */
  constructor(page, stage, stepper) {
    this.page = page;
    this.stage = stage;
    this.stepper = stepper;
    this.leave = button({ class: "leave-presenting", text: "×", title: say("End presenting (Escape)") }, () => this.turn(false));
    page.append(element("div", { class: "presenting-tools" }, [this.leave]));
    // Escape leaves full screen before anybody hears of the key.
    page.addEventListener("fullscreenchange", () => {
      if (!page.matches(":fullscreen")) this.#show(false);
    });
  }

  get isOn() {
    return this.page.classList.contains("presenting");
  }

  /**
   * Begin or end. Where the browser gives no full screen, all of the window is taken.
   * @param {boolean} [on]
   */
  turn(on = !this.isOn) {
    this.#show(on);
    const refused = () => {};
    if (on) this.page.requestFullscreen?.().catch(refused);
    else if (this.page.matches(":fullscreen")) document.exitFullscreen().catch(refused);
    return true;
  }

  /** @param {boolean} on */
  #show(on) {
    if (on === this.isOn) return;
    this.page.classList.toggle("presenting", on);
    const { framing, view } = this.stage;
    framing.isPresented = on;
    view.release();
    framing.fitNext();
    if (on && !this.stepper.model.steps.isOpen) this.stepper.setOpen(true);
  }
}
