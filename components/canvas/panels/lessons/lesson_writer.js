/**
 * Make a lesson of the graph that is open: write what it asks, tap the numbers to hide, try it as a student meets it, and
 * hand it on as a link or a file.
 *
 * @typedef {import("../../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../../model/types/exchange_types.js").Refusal} Refusal
 * @typedef {import("../../model/types/asked_types.js").NumberKind} NumberKind
 */

import { keyOf, nameOf } from "../../model/graph/asked.js";
import { portsOf } from "../../model/graph/picture.js";
import { saveFile } from "../../parts/save_file.js";
import { button, element, setText } from "../../parts/dom.js";
import { mark, say } from "../../parts/messages.js";
import { LessonFields } from "./lesson_fields.js";

/** The panel's name. */
export const WRITING = "lesson";
const SECRET = mark("Nothing in a link or a file is secret: who wants to can read the answer in it.");

export class LessonWriter {
  #hidden = "";
  #document = /** @type {number | undefined} */ (undefined);
  /** The numbers of the events that set the lesson, whose refusals are said here. */
  #sent = new Set();
  #file = "";
  /** The number of the event after which the lesson is to be saved as a file; 0 for none. */
  #saves = 0;
  /** Whether a try was asked for; once it has begun, the panel goes. */
  #tries = false;

  /** @param {Pick<import("../panel.js").PanelTools, "model" | "share" | "openPanel">} tools */
  constructor({ model, share, openPanel }) {
    this.model = model;
    this.openPanel = openPanel;
    this.title = say("Make a lesson");
    this.fields = new LessonFields(() => this.#send(), () => model.unfinished.keepDraft(this.fields.draft));
    this.chips = element("div", { class: "row", role: "group", "aria-label": say("Hidden numbers") });
    this.told = element("p", { role: "status", class: "lesson-told", "data-testid": "lesson-told" });
    this.edit = element("div", { class: "lesson-gate" }, [
      element("p", { text: say("This graph asks something already. Whoever changes that is shown the answer.") }),
      button({ text: say("Show it, to change it"), "data-control": "write-lesson" }, () => model.command({ type: "write lesson" })),
    ]);
    this.try = button({ text: say("Try it as a student"), class: "primary", "data-control": "try-lesson" }, () => this.#send("try lesson"));
    this.link = button({ text: say("Hand out as a link"), "data-control": "link-lesson" }, () => {
      if (this.#send()) share();
    });
    this.save = button({ text: say("Save as a file"), "data-control": "save-lesson" }, () => {
      this.#saves = this.#send(); // what was typed last is in the file too
    });
    this.drop = button({ text: say("Ask nothing"), "data-control": "drop-lesson" }, () => {
      model.command({ type: "drop lesson" });
      model.unfinished.keepDraft();
    });
    this.form = element("div", {}, [
      element("p", { text: say("Tap a number on the graph to hide it, or to show it again.") }), this.chips,
      this.fields.box, this.fields.more, this.told,
      element("div", { class: "row lesson-acts" }, [this.try, this.link, this.save, this.drop]),
      element("p", { class: "quiet", text: say(SECRET) }),
    ]);
    this.box = element("div", { class: "lesson-writer", "data-testid": "lesson-writer" }, [this.edit, this.form]);
  }

  /** @param {Picture} picture */
  show(picture) {
    const isTried = picture.lesson?.tried === true;
    if (isTried && this.#tries) queueMicrotask(() => this.openPanel(""));
    if (isTried) this.#tries = false;
    const form = isTried ? undefined : picture.lessonForm;
    this.edit.hidden = this.form.hidden = true;
    if (form === undefined) return;
    const isShown = form.fields !== undefined;
    this.edit.hidden = isShown;
    this.form.hidden = !isShown;
    if (!isShown) return;
    const isOther = picture.document !== this.#document;
    if (isOther) {
      this.#document = picture.document;
      this.#saves = 0;
      this.fields.forget();
      setText(this.told, "");
    }
    this.fields.show(picture, form);
    const { draft } = this.model.unfinished.present;
    if (isOther && draft) this.fields.takeUp(draft);
    this.#file = form.file ?? "";
    this.#saveWhenTaken();
    this.drop.hidden = !form.isOpen;
    this.#showHidden(picture);
  }

  /** Hand the file out once it holds what was written when it was asked for. */
  #saveWhenTaken() {
    if (this.#saves === 0 || (this.model.answer?.ack ?? 0) < this.#saves || this.#file === "") return;
    this.#saves = 0;
    saveFile(this.#file, "application/toml", `${fileName(this.fields.value.title ?? "")}.toml`);
  }

  /** @param {Picture} picture */
  #showHidden(picture) {
    const asked = picture.asked ?? [];
    const hidden = asked.map(keyOf).join();
    if (hidden === this.#hidden && this.chips.childElementCount > 0) return;
    this.#hidden = hidden;
    const grads = picture.order.filter((id) => picture.nodes[id]?.op !== "Block").flatMap((id) => numbersOf(picture, id, "grad"));
    this.chips.replaceChildren(
      ...asked.map((each) => button({
        text: `${each.name} ×`, title: say("Show {name} again", { name: each.name }), class: "asked-chip", "data-hidden": each.name,
      }, () => this.model.edit({ type: "hide", numbers: [nameOf(each)], hidden: false }))),
      button({ text: say("Hide all grads"), "data-control": "hide-all" }, () => this.model.edit({ type: "hide", numbers: grads })),
    );
  }

  /**
   * Send what is written; answers the event's number, 0 where something is missing.
   * @param {"set lesson" | "try lesson"} [type]
   */
  #send(type = "set lesson") {
    const { missing, value } = this.fields;
    if (missing.length === 0 && value.answer === "number" && (this.model.picture.asked ?? []).length === 0) {
      missing.push(say("a number to hide"));
    }
    setText(this.told, missing.length ? say("Still missing: {parts}.", { parts: missing.join(say(", ")) }) : "");
    if (missing.length) return 0;
    this.#tries = type === "try lesson";
    const seq = this.model.command({ type, fields: { ...value } });
    this.#sent.add(seq);
    if (seq > 0) this.model.unfinished.keepDraft(); // until it is taken it is pending, which is kept
    return seq;
  }

  /** @param {Refusal} refusal */
  refuse({ seq, text }) {
    if (!this.#sent.has(seq)) return false;
    this.#tries = false;
    this.#saves = 0;
    setText(this.told, text);
    this.model.unfinished.keepDraft(this.fields.draft);
    return true;
  }
}

/**
 * While a lesson is written, hide a number that is tapped, or show it again; answers whether one is written.
 * @param {import("../../model/page_model.js").PageModel} model
 * @param {string} id
 * @param {string} kind
 */
export function turnHidden(model, id, kind) {
  const { picture, look } = model;
  if (look.panel !== WRITING || picture.lessonForm?.fields === undefined || picture.nodes[id]?.op === "Block") return false;
  const numbers = numbersOf(picture, id, kind === "data" ? "data" : "grad");
  const hidden = new Set((picture.asked ?? []).map(keyOf));
  const isHidden = numbers.every(([node, what, output]) => hidden.has(keyOf({ node, kind: what, output })));
  model.edit({ type: "hide", numbers, hidden: !isHidden });
  return true;
}

/**
 * @param {Picture} picture
 * @param {string} id
 * @param {NumberKind} kind
 */
function numbersOf(picture, id, kind) {
  return portsOf(picture, id).out.map((_, output) => /** @type {[string, NumberKind, number]} */ ([id, kind, output]));
}

/** @param {string} title */
function fileName(title) {
  return title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "_").replace(/^_+|_+$/g, "").slice(0, 60) || "lesson";
}
