/**
 * Tells the page in which this one is embedded how high it is to be, and when somebody has answered or revealed something.
 *
 * @typedef {import("../../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../../model/lesson/outcome.js").Outcome} Outcome
 * @typedef {{type: "height", height: number}} Height in pixels: so high the page is to be for all of it to be in sight
 * @typedef {Height | ({type: "answered" | "revealed", lesson: string} & Outcome)} Told
 */

import { outcomeOf, triesOf } from "../../model/lesson/outcome.js";
import { isEmbedded, tellAround } from "../../parts/embedding.js";

/** In pixels: the least height of a stage, and of a page; and the most that a long graph asks for. */
const STAGE = { least: 240, most: 900 };
/** What the page leaves free around the canvas, and between two of its strips. */
const AROUND = 16;
const GAP = 8;

/**
 * What tells the page around, where this one stands in another.
 * @param {HTMLElement} root of the canvas
 * @param {{wantedHeight: number, isWaiting: boolean}} framing
 */
export function embeddedPage(root, framing) {
  return isEmbedded() ? new EmbeddedPage(root, framing, (told) => void tellAround(told, globalThis)) : undefined;
}

class EmbeddedPage {
  /** Of which opening what was told last, and what. */
  #last = { document: /** @type {number | undefined} */ (undefined), tries: 0, told: "" };
  /** The height of the stage that was asked for, of which graph and width. */
  #stage = { of: "", height: 0 };
  #height = 0;
  #isMeasuring = false;

  /**
   * @param {HTMLElement} root of the canvas
   * @param {{wantedHeight: number, isWaiting: boolean}} framing
   * @param {(told: Told) => void} tell
   */
  constructor(root, framing, tell) {
    this.root = root;
    this.framing = framing;
    this.tell = tell;
    const watch = new ResizeObserver(() => this.#measureSoon());
    for (const part of root.children) watch.observe(part);
    for (const part of root.querySelectorAll(".side, .side-content")) watch.observe(part);
  }

  /** @param {Picture} picture */
  show(picture) {
    this.#tellOutcome(picture);
    this.#measureSoon();
  }

  /** @param {Picture} picture */
  #tellOutcome(picture) {
    const { document, lesson } = picture;
    if (document === undefined) return;
    const outcome = outcomeOf(picture);
    const [tries, told] = [triesOf(picture), JSON.stringify(outcome)];
    const isOther = document !== this.#last.document;
    const before = isOther ? { tries: 0, told: "" } : this.#last;
    this.#last = { document, tries, told };
    // What somebody has done before a reload is told as well: the page around may be another one.
    const hasAnswered = tries > before.tries;
    const hasRevealed = told !== before.told && (outcome.revealed > 0 || (outcome.asked === 0 && outcome.done));
    if (!hasAnswered && !hasRevealed) return;
    this.tell({ type: hasAnswered ? "answered" : "revealed", lesson: lesson?.key ?? "", ...outcome });
  }

  #measureSoon() {
    if (this.#isMeasuring) return;
    this.#isMeasuring = true;
    requestAnimationFrame(() => {
      this.#isMeasuring = false;
      this.#measure();
    });
  }

  #measure() {
    const { root, framing } = this;
    if (framing.isWaiting || root.clientWidth === 0) {
      if (root.isConnected) this.#measureSoon();
      return;
    }
    const strips = [...root.children].filter((part) => part instanceof HTMLElement && part.offsetHeight > 0
      && !part.matches(".middle, dialog") && getComputedStyle(part).position !== "absolute");
    const strip = strips.reduce((sum, part) => sum + /** @type {HTMLElement} */ (part).offsetHeight + GAP, 0);
    const height = Math.ceil(strip + this.#stageHeight() + AROUND);
    if (height === this.#height) return;
    this.#height = height;
    this.tell({ type: "height", height });
  }

  /** Of one graph and one width it only grows: a graph that is laid out anew for it shall not make it swing. */
  #stageHeight() {
    const { root, framing } = this;
    const side = root.querySelector(".side-content");
    const beside = side instanceof HTMLElement && side.offsetHeight > 0 ? side.scrollHeight + side.offsetTop : 0;
    const of = `${this.#last.document} ${root.clientWidth}`;
    const wanted = Math.min(Math.max(framing.wantedHeight, beside, STAGE.least), STAGE.most);
    this.#stage = { of, height: of === this.#stage.of ? Math.max(this.#stage.height, wanted) : wanted };
    return this.#stage.height;
  }
}
