/**
 * The first steps: four sentences, one after the other, on the graph that is open. Each waits until the hand has really
 * done what it says, and points at the thing meant. They stand in a strip of their own, so they cover nothing; one press
 * or Escape ends them. They come by themselves at a browser's first visit alone, and never over what somebody wanted to
 * open.
 *
 * @typedef {import("../../model/lesson/first_steps.js").FirstStep} FirstStep
 * @typedef {import("../../model/types/picture_types.js").Picture} Picture
 */

import { goesOn } from "../../model/kept/restore.js";
import { FIRST_STEPS, inputsOf, isDone, isEmpty, keptStep, wireToDraw } from "../../model/lesson/first_steps.js";
import { rememberedSwitch, sessionStore } from "../../parts/browser_storage.js";
import { button, element, setText } from "../../parts/dom.js";
import { mark, say } from "../../parts/messages.js";

/** What each asks for, and how it is done by keys. @type {Record<FirstStep, [sentence: string, keys: string]>} */
const SENTENCES = {
  drag: [mark("Drag Square from the palette onto the canvas."), mark("By keys: / searches, Enter adds.")],
  wire: [
    mark("Draw a wire: from the dot at the right of a node to the free dot at the left of the new one."),
    mark("By keys: Tab to a node, then C, arrows, Enter."),
  ],
  change: [mark("Change a number: tap it on an input, type another, press Enter."), mark("By keys: Tab to an input, then Enter.")],
  back: [mark("Step backward: press ← below. Each press takes back what one Function has sent; → sends it again."), mark("By keys: S, End, then ←.")],
};
/** What the first asks for where nothing stands that a Square could be wired to. @type {[sentence: string, keys: string]} */
const ON_EMPTY = [mark("Drag Input and Square from the palette onto the canvas."), mark("By keys: / searches, Enter adds.")];
/** The only thing that an address may ask for where nothing is meant to be opened. */
const LANGUAGE_PARAMETER = "lang";
/** How far outside of a thing its ring stands. */
const AROUND_PX = 4;
/** A number that is lower than this has no room for a ring: its node gets it. */
const LOWEST_PX = 24;
/** Where the tab notes which step it is, for a reload. */
const KEPT = "backprop-playground-first-step";

export class FirstSteps {
  /** Which step it is; null while there is none, and their number when all are done. @type {number | null} */
  #at = null;
  /** The picture as it was when the step began. @type {Picture | null} */
  #before = null;
  /** With which they begin, or go on, as soon as there is a graph. @type {number | null} */
  #waits = null;

  /**
   * @param {HTMLElement} root
   * @param {import("../../model/page_model.js").PageModel} model
   * @param {import("../../drawing/stage.js").Stage} stage
   * @param {import("../steps/stepper.js").Stepper} stepper
   */
  constructor(root, model, stage, stepper) {
    this.root = root;
    this.model = model;
    this.stage = stage;
    this.stepper = stepper;
    this.offered = rememberedSwitch("first-steps", true);
    this.tab = sessionStore();
    this.dots = element("span", { class: "first-step-dots", "aria-hidden": "true" }, FIRST_STEPS.map(() => element("span")));
    this.sentence = element("span", { class: "first-step-sentence" });
    this.keys = element("span", { class: "first-step-keys" });
    this.next = button({ text: "", "data-control": "next-first-step" }, () => this.#go((this.#at ?? 0) + 1));
    const close = button({ text: "×", title: say("End the first steps (Escape)"), "data-control": "end-first-steps" }, () => this.end());
    this.box = element("section", { class: "first-steps", "aria-label": say("Four first steps"), hidden: true, "data-testid": "first-steps" }, [
      this.dots, element("p", { role: "status" }, [this.sentence, " ", this.keys]), this.next, close,
    ]);
    this.rings = [0, 1].map(() => element("div", { class: "first-step-ring", hidden: true }));
    root.append(...this.rings);
  }

  get isOn() {
    return this.#at !== null;
  }

  /**
   * A page is met: at a browser's first visit, which nothing was to be opened by, they begin. Where the graph is brought
   * back, after a reload or by another session, they go on where they were.
   * @param {import("../../model/kept/restore.js").Meeting} meeting
   * @param {import("../../model/page_model.js").Welcome} welcome
   */
  meet(meeting, { openedByLink, firstSteps }) {
    const { restores } = meeting;
    const kept = keptStep(this.tab.get(KEPT));
    if (kept !== null && goesOn(meeting)) {
      this.#waits = kept;
      return;
    }
    const asked = [...new URLSearchParams(globalThis.location.search).keys()];
    const isPlain = openedByLink === "" && asked.every((name) => name === LANGUAGE_PARAMETER);
    if (firstSteps === false || restores || !isPlain || this.model.stored !== null || !this.offered.get()) return;
    this.#waits = 0;
  }

  /** Begin, on the graph that is open; where it is empty, on the first lesson's. */
  start() {
    this.#waits = 0;
    this.stepper.setOpen(false); // it has the palette's place
    if (this.model.picture.order.length === 0) this.model.command({ type: "lesson", lesson: 0 });
    else this.show(this.model.picture);
  }

  /** Answers whether there was anything to end. */
  end() {
    if (this.#at === null) return false;
    this.#at = null;
    this.tab.remove(KEPT);
    this.box.hidden = true;
    for (const ring of this.rings) ring.hidden = true;
    return true;
  }

  /** @param {Picture} picture */
  show(picture) {
    if (this.#waits !== null && picture.order.length > 0) {
      const at = this.#waits;
      this.#waits = null;
      this.offered.set(false);
      this.#go(at, picture);
    }
    if (this.#at === null || this.#before === null) return;
    if (picture.document !== this.#before.document) {
      if (isEmpty(picture) && this.#at < FIRST_STEPS.length) this.#go(0, picture); // a new graph is built by hand as well
      else this.end(); // somebody knows what to open
      return;
    }
    const name = FIRST_STEPS[this.#at];
    if (name === undefined || this.model.outbox.pending.length > 0) return; // what is under way may be refused
    if (isDone(name, this.#before, picture, this.model.steps.step)) this.#go(this.#at + 1, picture);
  }

  /**
   * @param {number} at
   * @param {Picture} [picture]
   */
  #go(at, picture = this.model.picture) {
    const isNew = this.#at === null;
    if (at > FIRST_STEPS.length) {
      this.stepper.setOpen(false); // the numbers are all there again, and the lesson's question has its room
      this.end();
      return;
    }
    this.#at = at;
    this.#before = picture;
    this.tab.set(KEPT, String(at));
    const asked = FIRST_STEPS[at] === "drag" && isEmpty(picture) ? ON_EMPTY : SENTENCES[FIRST_STEPS[at]];
    const [sentence, keys] = asked ?? [mark("That is all: build, wire, change, step. Undo takes back what you did; the lessons come next."), ""];
    setText(this.sentence, say(sentence));
    setText(this.keys, keys === "" ? "" : say(keys));
    const isLast = at === FIRST_STEPS.length;
    setText(this.next, isLast ? say("Done") : say("Next"));
    [...this.dots.children].forEach((dot, index) => {
      dot.classList.toggle("done", index < at);
      dot.classList.toggle("now", index === at);
    });
    this.box.hidden = false;
    if (isNew) this.#follow();
  }

  /** Keep the rings around what is meant, wherever it moves, as long as there is a step. */
  #follow() {
    if (this.#at === null) return;
    const home = this.root.getBoundingClientRect();
    const meant = this.#meant();
    this.rings.forEach((ring, index) => {
      const box = boxOf(meant[index]);
      ring.hidden = box === null;
      if (box === null) return;
      // Around a number it would run through the one below.
      const around = meant[index]?.matches(".value") ? 0 : AROUND_PX;
      const place = [box.left - home.left - around, box.top - home.top - around, box.width + 2 * around, box.height + 2 * around];
      if (ring.dataset.place === String(place)) return;
      ring.dataset.place = String(place);
      const [left, top, width, height] = place.map((each) => `${each}px`);
      Object.assign(ring.style, { left, top, width, height });
    });
    requestAnimationFrame(() => this.#follow());
  }

  /** What the step points at. @returns {(Element | null | undefined)[]} */
  #meant() {
    const { root, stage, model: { picture } } = this;
    switch (FIRST_STEPS[this.#at ?? 0]) {
      case "drag": return [
        root.querySelector('.palette [data-op="Square"]'), this.#before && isEmpty(this.#before) ? root.querySelector('.palette [data-op="Input"]') : null,
      ];
      case "wire": {
        const wire = wireToDraw(picture);
        return wire ? [stage.overlay.portElement(wire.from), stage.overlay.portElement(wire.to)] : [];
      }
      case "change": {
        const value = inputsOf(picture).map((id) => stage.overlay.elementOf(id)?.querySelector(".value")).find(Boolean);
        return [value && value.getBoundingClientRect().height < LOWEST_PX ? value.closest(".node") : value];
      }
      case "back": return [root.querySelector('[data-step="back"]')];
      default: return [];
    }
  }
}

/**
 * Where an element is seen; null where it is not.
 * @param {Element | null | undefined} meant
 */
function boxOf(meant) {
  if (!meant?.checkVisibility?.()) return null;
  const box = meant.getBoundingClientRect();
  const stage = meant.closest(".stage")?.getBoundingClientRect();
  const isSeen = box.width > 0 && (stage === undefined
    || (box.left >= stage.left && box.right <= stage.right && box.top >= stage.top && box.bottom <= stage.bottom));
  return isSeen ? box : null;
}
