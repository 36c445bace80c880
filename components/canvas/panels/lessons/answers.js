/**
 * What Python answers beside the picture: refusals, the link that was asked for, the greeting.
 *
 * @typedef {import("../../model/types/exchange_types.js").Message} Message
 * @typedef {import("../../model/types/exchange_types.js").Refusal} Refusal
 */

import { toBeEmbedded } from "../../parts/embedding.js";
import { say } from "../../parts/messages.js";

export class Answers {
  /** Up to which number refusals were told. */
  #told = 0;
  #greeting = "";
  /** The number of the event that asked for a link which has not come yet; 0 for none. */
  #wanted = 0;

  /**
   * @param {import("../../model/page_model.js").PageModel} model
   * @param {import("../../drawing/stage.js").Stage} stage
   * @param {object} parts
   * @param {import("../formula_bar.js").FormulaBar} parts.formula
   * @param {import("../../gestures/value_editor.js").ValueEditor} parts.editor
   * @param {import("../panels.js").Panels} parts.panels
   * @param {import("../sharing/sharing.js").Sharing} parts.sharing
   * @param {import("./asked_numbers.js").AskedNumbers} parts.asked
   */
  constructor(model, stage, { formula, editor, panels, sharing, asked }) {
    this.model = model;
    this.stage = stage;
    this.formula = formula;
    this.editor = editor;
    this.panels = panels;
    this.sharing = sharing;
    this.asked = asked;
    sharing.ask = () => this.askForLink();
  }

  /** Ask for the link that holds the graph. */
  askForLink() {
    this.#wanted = this.model.share(this.sharing.options.hides);
  }

  /**
   * A session is met for the first time.
   * @param {string} greeting
   */
  meet(greeting) {
    this.#told = 0;
    this.#wanted = Math.min(this.#wanted, 1); // what was asked for has another number now
    this.formula.forget();
    this.editor.forget();
    this.#greeting = greeting;
  }

  /** @param {Message} message */
  tell({ refusals, remark, link, qrCode, ack }) {
    for (const refusal of refusals) if (refusal.seq > this.#told) this.#refuse(refusal);
    if (this.formula.acknowledge(ack, remark) && !this.stage.view.chosen) this.stage.framing.fitNext();
    if (this.#wanted > 0 && link && ack >= this.#wanted) {
      this.#wanted = 0;
      const { onLink } = this.sharing;
      this.sharing.onLink = null;
      if (onLink) onLink(link);
      else this.sharing.show(linkTo(link, this.sharing.options.embeds), this.model.picture.asked === undefined ? "" : say(
        "The numbers that are hidden stay hidden. But the link holds the inputs, from which they can be computed: nothing in it is secret.",
      ));
    }
    if (qrCode) this.sharing.take(qrCode);
    if (this.#greeting) this.stage.tellAt(null, this.#greeting);
    this.#greeting = "";
  }

  /** @param {Refusal} refusal */
  #refuse(refusal) {
    const { seq, text, node, offers } = refusal;
    this.#told = seq;
    if (this.#wanted > 0) this.sharing.giveUp();
    this.#wanted = 0;
    if (this.formula.refuse(refusal) || this.panels.refuse(refusal) || this.asked.refuse(refusal)) return;
    this.editor.refuse(seq);
    const place = this.model.handPlaces.get(seq) ?? this.stage.placeToTell(node);
    this.stage.notice.tell(text, place, offers, (meant) => this.editor.take(meant));
  }
}

/**
 * @param {string} graph
 * @param {boolean} embeds
 */
function linkTo(graph, embeds) {
  const url = new URL(globalThis.location.href);
  url.search = new URLSearchParams({ graph }).toString();
  return (embeds ? toBeEmbedded(url) : url).href;
}
