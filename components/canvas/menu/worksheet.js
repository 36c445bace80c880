/**
 * The worksheet: a dialog asks for what paper and for whom, and shows the pages before they are printed.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 */

import { isHidden, nameOf } from "../model/graph/asked.js";
import { button, element, setText } from "../parts/dom.js";
import { saveFile } from "../parts/save_file.js";
import { say } from "../parts/messages.js";
import { rememberedText, sessionStore } from "../parts/browser_storage.js";

const LONGEST_QUESTION = 2000;
const MOST_NAMES = 200;
/** Where the tab keeps for whom the sheets are: in no other tab, and no longer than that, since these are people's names. */
const NAMES = "backprop-playground-worksheet-names";

/**
 * @param {import("./menu.js").MenuTools} tools
 * @returns {import("./menu.js").Entry}
 */
export function worksheetEntry({ model, dialogs, room }) {
  const paper = rememberedText("paper");
  return {
    name: "worksheet", text: say("Worksheet…"), isOffered: () => model.picture.order.length > 0,
    press: () => new WorksheetDialog(model, dialogs, paper, () => room.lets(false)).show(),
  };
}

class WorksheetDialog {
  /**
   * @param {import("../model/page_model.js").PageModel} model
   * @param {import("../parts/dialog.js").Dialogs} dialogs
   * @param {{get: () => string, set: (text: string) => void}} remembered the paper that was chosen last
   * @param {() => boolean} mayReveal whether what is hidden may be shown now: not while a class is asked for it
   */
  constructor(model, dialogs, remembered, mayReveal) {
    this.model = model;
    this.mayReveal = mayReveal;
    this.dialogs = dialogs;
    this.remembered = remembered;
    const { picture } = model;
    this.paper = choiceOf("worksheet-paper", [["A4", say("A4")], ["Letter", say("Letter")]], remembered.get() || "A4");
    const asks = picture.asked !== undefined;
    this.blanks = choiceOf("worksheet-blanks", [
      ...(asks ? [/** @type {[string, string]} */ (["hidden", say("What is hidden here")])] : []),
      ["grads", say("Every grad")], ["all", say("Every number that is computed")],
    ], asks ? "hidden" : "grads");
    this.question = element("textarea", { rows: "4", maxlength: LONGEST_QUESTION, "data-control": "worksheet-question" });
    this.question.value = questionOf(picture);
    this.names = element("textarea", {
      rows: "4", "data-control": "worksheet-names", placeholder: say("A name a line; left empty, one sheet for all"),
    });
    const tab = sessionStore();
    this.names.value = tab.get(NAMES) ?? "";
    this.names.addEventListener("input", () => tab.set(NAMES, this.names.value));
    this.key = element("input", { type: "checkbox", "data-control": "worksheet-key" });
    this.told = element("p", { role: "status", class: "worksheet-told" });
    this.reveal = button({ text: say("Reveal it here, and make the pages"), hidden: true, "data-control": "worksheet-reveal" }, () => this.#reveal());
    this.home = element("div", { class: "worksheet-pages" });
  }

  show() {
    const { picture } = this.model;
    const ownNumbers = picture.ranges?.length
      ? say("Each name gets numbers of its own, drawn from the ranges of the inputs.")
      : say("Give inputs a range in Inspect, and each name gets numbers of its own.");
    const dialog = this.dialogs.show(say("Worksheet"), [
      field(say("Paper"), this.paper), field(say("Left blank"), this.blanks), field(say("Question"), this.question),
      field(say("For whom"), this.names), element("p", { class: "worksheet-note", text: ownNumbers }),
      element("label", { class: "row" }, [this.key, say("With the key, which holds all answers and every step")]),
      button({ text: say("Make the pages"), "data-control": "worksheet-make" }, () => void this.#make()), this.told, this.reveal, this.home,
    ]);
    dialog.classList.add("worksheet-dialog");
    return true;
  }

  /** What is hidden still: who is asked for it shall not find it in a key. */
  get #hidden() {
    return (this.model.picture.asked ?? []).filter(isHidden);
  }

  /** Show what is hidden, as one who makes a key has the right to; the sheet leaves it blank all the same. */
  #reveal() {
    if (!this.mayReveal()) {
      setText(this.told, say("The class is asked for it. It is shown once it is revealed."));
      return;
    }
    this.model.command({ type: "reveal", numbers: this.#hidden.map(nameOf) });
    void this.#make();
  }

  async #make() {
    this.reveal.hidden = true;
    this.remembered.set(this.paper.value);
    setText(this.told, say("Writing …"));
    const names = this.names.value.split("\n").map((name) => name.trim()).filter(Boolean);
    if (names.length > MOST_NAMES) {
      setText(this.told, say("A class of up to {limit} names fits; these are more.", { limit: MOST_NAMES }));
      return;
    }
    const { file, refused } = await this.model.askForFile({
      type: "worksheet", paper: this.paper.value, blanks: this.blanks.value, question: this.question.value.trim(), names, key: this.key.checked,
    });
    setText(this.told, refused ?? "");
    this.reveal.hidden = refused === undefined || !this.key.checked || this.#hidden.length === 0;
    if (file) this.#preview(file);
  }

  /** @param {import("../model/exchange/asked_files.js").ReadFile} file */
  #preview({ text, type, name }) {
    // No script runs in it: the pages hold none, and the frame allows none.
    const frame = element("iframe", { title: say("The pages"), sandbox: "allow-same-origin allow-modals", "data-testid": "worksheet-pages" });
    frame.srcdoc = text;
    const print = button({ text: say("Print, or save as PDF"), "data-control": "worksheet-print" }, () => frame.contentWindow?.print());
    const save = button({ text: say("Save the pages"), "data-control": "worksheet-save" }, () => saveFile(text, type, name));
    this.home.replaceChildren(element("div", { class: "row" }, [print, save]), frame);
    print.focus();
  }
}

/**
 * What the open lesson asks, with what there is to choose from.
 * @param {Picture} picture
 */
function questionOf({ lesson }) {
  if (lesson === undefined) return "";
  return [lesson.question, ...(lesson.choice?.choices ?? []).map((choice) => `☐ ${choice}`)].join("\n");
}

/**
 * @param {string} name
 * @param {[value: string, text: string][]} choices
 * @param {string} chosen
 */
function choiceOf(name, choices, chosen) {
  const made = element("select", { "data-control": name }, choices.map(([value, text]) => element("option", { value, text })));
  made.value = chosen;
  return made;
}

/**
 * @param {string} text
 * @param {HTMLElement} made
 */
function field(text, made) {
  return element("label", { class: "worksheet-field" }, [element("span", { text }), made]);
}
