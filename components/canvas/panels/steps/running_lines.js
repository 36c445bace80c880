/**
 * The engine's own lines as they run: those that ran in a step are marked, and a mark passes over them.
 *
 * @typedef {import("../../model/types/panel_types.js").Step} Step
 * @typedef {import("../../model/types/panel_types.js").Listing} Listing
 */

import { element, prefersStillness } from "../../parts/dom.js";
import { say } from "../../parts/messages.js";

const LINE_MS = 70;
/** How much of a step's time the mark may take to pass over the lines; then it rests. */
const PASSING = 0.6;
/** How far down, as a share of the height, the line comes to stand that the mark rests on. */
const RESTING_HEIGHT = 0.6;

export class RunningLines {
  /** @type {Listing | undefined} */
  #listing;
  /** @type {HTMLElement[]} */
  #lines = [];
  /** @type {Step | undefined} */
  #step;
  /** @type {HTMLElement | undefined} */
  #running;
  /** The line that the mark rests on. @type {HTMLElement | undefined} */
  #rest;
  #began = -Infinity;

  constructor() {
    this.box = element("div", {
      class: "source", tabindex: "0", role: "region", "aria-label": say("The engine's source"), "data-testid": "source",
    });
    new ResizeObserver(() => this.#scrollToRest()).observe(this.box);
  }

  /**
   * @param {Listing} listing
   * @param {Step | undefined} step
   * @param {{passes: boolean, stepMs: number}} play whether the mark passes over the lines, and how long a step lasts
   */
  show(listing, step, play) {
    if (listing !== this.#listing) {
      this.#listing = listing;
      this.#lines = listing.lines.map(lineOf);
      this.box.replaceChildren(...this.#lines.filter((_, index) => listing.lines[index].trim() !== ""));
    }
    if (step === this.#step) return;
    this.#step = step;
    const ran = (step?.lines ?? []).map((line) => line - listing.first);
    this.#run(step, ran, (step?.telling ?? -1) - listing.first, play);
  }

  /**
   * Mark the lines that ran, and let the mark of the running one pass over them; it rests on the telling one.
   * @param {Step | undefined} step
   * @param {readonly number[]} ran
   * @param {number} telling
   * @param {{passes: boolean, stepMs: number}} play
   */
  #run(step, ran, telling, { passes, stepMs }) {
    this.#lines.forEach((line, index) => line.classList.toggle("ran", ran.includes(index)));
    this.#rest = this.#lines[telling];
    // With the frame: before all is written that a step writes, the browser would lay the page out twice.
    requestAnimationFrame(() => this.#scrollToRest());
    const began = performance.now();
    const time = PASSING * stepMs;
    const isQuick = began - this.#began < time;
    this.#began = began;
    // Whoever goes back, jumps, or does not wait for the mark wants to see where it rests.
    if (prefersStillness() || !passes || isQuick || ran.length === 0) {
      this.#mark(this.#rest);
      return;
    }
    const each = Math.min(LINE_MS, time / ran.length);
    const pass = () => {
      if (step !== this.#step) return;
      const place = Math.floor((performance.now() - began) / each);
      this.#mark(place < ran.length ? this.#lines[ran[place]] : this.#rest);
      if (place < ran.length) setTimeout(pass, began + (place + 1) * each - performance.now());
    };
    pass();
  }

  /** @param {HTMLElement | undefined} line */
  #mark(line) {
    if (line === this.#running) return;
    this.#running?.classList.remove("running");
    this.#running = line;
    line?.classList.add("running");
  }

  /** Keep the line in sight that the mark rests on. */
  #scrollToRest() {
    if (!this.#rest) return;
    const { offsetTop: top, offsetHeight: height } = this.#rest;
    const visible = this.box.clientHeight;
    this.box.scrollTop = Math.max(top - visible * RESTING_HEIGHT, top + height - visible);
  }
}

/**
 * A line of source that, when it is too long, goes on further in than it began.
 * @param {string} text
 */
function lineOf(text) {
  const made = element("code", { text: text.trimStart() || " " });
  made.style.setProperty("--indent", String(text.length - text.trimStart().length));
  return made;
}
