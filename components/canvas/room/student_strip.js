/**
 * What a student sees of the room: the question, a place for the answer, and after the reveal what the answer shows.
 *
 * @typedef {import("../model/types/room_types.js").RoomState} RoomState
 *
 * @typedef {object} StudentActs
 * @property {(text: string, locks: boolean) => Promise<boolean>} answer
 * @property {{typed: string}} kept what is typed and not handed over yet
 * @property {() => Promise<boolean>} answerWithGraph hands over the graph that stands on the canvas
 * @property {() => void} turnGraph shows one's own graph, or that of the question
 * @property {(step: number) => void} goToStep
 * @property {() => void} openDialog
 */

import { titleOf } from "../model/room/room_questions.js";
import { answerSentence, givenNow } from "../model/room/room_sentences.js";
import { button, element, setAttribute, setText } from "../parts/dom.js";
import { belongsToComposition } from "../parts/keys.js";
import { say } from "../parts/messages.js";
import { spreadView } from "./spread_view.js";

export class StudentStrip {
  /** Which question, round and state of it the place for the answer was made for. */
  #made = "";
  /** Whether what is typed is being handed over, and why it was refused, until something else is typed. */
  #isHanding = false;
  #refusal = "";
  /** What was chosen and is on its way. @type {string | undefined} */
  #chosen;

  /** @param {StudentActs} acts */
  constructor(acts) {
    this.acts = acts;
    this.who = button({ text: "", class: "room-who", "data-control": "room" }, () => acts.openDialog());
    this.title = element("p", { class: "room-title", "data-testid": "room-question" });
    this.place = element("div", { class: "room-answer" });
    this.told = element("p", { class: "room-told", role: "status", "data-testid": "room-told" });
    this.turn = button({ text: "", "data-control": "turn-graph" }, () => acts.turnGraph());
    this.spreads = element("div", { class: "room-spreads" });
    this.box = element("div", { class: "room-student" }, [
      element("div", { class: "room-row" }, [this.title, element("span", { class: "room-tools" }, [this.turn, this.who])]),
      this.place, this.told, this.spreads,
    ]);
  }

  /** Put the cursor into the place for the answer; answers whether there is one. */
  begin() {
    const field = this.place.querySelector("input, button");
    if (!(field instanceof HTMLElement)) return false;
    field.focus();
    return true;
  }

  /**
   * @param {RoomState} state
   * @param {{hasOwn: boolean, isOwn: boolean}} graph whether the question has a graph beside one's own, and whether one's own
   *   is shown
   */
  show(state, { hasOwn, isOwn }) {
    const { question, told, you, code, isConnected } = state;
    const phase = told?.phase;
    const isHere = question !== undefined && question.id === told?.question;
    setText(this.who, `${you?.name ?? ""} · ${code.toUpperCase()}`);
    setAttribute(this.who, "aria-label", say("The room {code}, as {name}", { code: code.toUpperCase(), name: you?.name ?? "" }));
    setText(this.title, isHere ? titleOf(question) : say("You are in the room. The question comes here."));
    this.turn.hidden = !hasOwn;
    setText(this.turn, isOwn ? say("The question's graph") : say("My graph"));
    const given = givenNow(state);
    if (isHere) this.#makePlace(state, given);
    else this.place.replaceChildren();
    this.place.hidden = !isHere || phase !== "open";
    setText(this.told, isConnected ? this.#refusal || answerSentence(state) : say("The room does not answer. It is tried again."));
    const spreads = told?.spreads ?? [];
    this.spreads.replaceChildren(...(spreads.length ? [spreadView(spreads, phase === "revealed" ? "right" : "bars")] : []));
    const step = phase === "revealed" ? you?.revealed?.step : undefined;
    if (step !== undefined && !isOwn) {
      this.told.append(" ", button({ text: say("Show the step"), "data-control": "room-step" }, () => this.acts.goToStep(step)));
    }
  }

  /**
   * @param {RoomState} state
   * @param {{text: string, locked: boolean} | undefined} given
   */
  #makePlace({ question, told }, given) {
    const name = [question?.id, told?.round, told?.phase, given?.text, given?.locked].join(" ");
    if (name === this.#made || !question) return;
    this.#made = name;
    this.#refusal = "";
    const isLocked = given?.locked === true;
    // What was chosen last is locked, also before the server has told that it has it.
    const chosen = () => this.#chosen ?? given?.text;
    const lock = button({
      text: say("Lock"), class: "primary", "data-control": "room-lock", title: say("Lock the answer: it counts, and cannot be changed"),
    }, () => void this.acts.answer(chosen() ?? "", true));
    lock.hidden = given === undefined || isLocked;
    const offered = { choice: question.choices, function: question.functions }[/** @type {string} */ (question.kind)];
    if (offered) {
      const buttons = offered.map((text, place) => {
        const answer = question.kind === "choice" ? String(place) : text;
        return button({
          text, class: "room-choice", disabled: isLocked, "data-choice": answer,
        }, () => {
          void this.#choose(answer, press);
        });
      });
      const press = () => buttons.forEach((each) => setAttribute(each, "aria-pressed", String(each.dataset.choice === chosen())));
      press();
      this.place.replaceChildren(element("div", { class: "room-row", role: "group", "aria-label": say("Choices") }, buttons), lock);
    } else if (question.kind === "build") {
      const hand = button({ text: say("Hand over my graph"), "data-control": "room-build", disabled: isLocked }, async () => {
        lock.disabled = true; // it would lock the graph before
        await this.acts.answerWithGraph();
        lock.disabled = false;
      });
      this.place.replaceChildren(hand, lock);
    } else this.place.replaceChildren(...this.#field(question.asked ?? "", given, lock));
  }

  /**
   * @param {string} asked
   * @param {{text: string, locked: boolean} | undefined} given
   * @param {HTMLButtonElement} lock
   */
  #field(asked, given, lock) {
    const field = element("input", {
      class: "asked-answer", type: "text", autocomplete: "off", spellcheck: "false", maxlength: 2000, "data-testid": "room-field",
      "aria-label": say("Answer for {name}: a number, a fraction or an expression", { name: asked }),
    });
    field.value = this.acts.kept.typed || (given?.text ?? "");
    field.readOnly = given?.locked === true;
    const handOver = () => {
      const text = field.value.trim();
      if (text && !field.readOnly) void this.#handOver(text, field);
    };
    field.addEventListener("input", () => {
      this.acts.kept.typed = field.value;
      this.#refusal = "";
      field.removeAttribute("aria-invalid");
      lock.hidden = field.value.trim() !== given?.text;
    });
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && !belongsToComposition(event)) handOver();
    });
    const hand = button({ text: say("Hand over"), "data-control": "room-hand" }, handOver);
    hand.hidden = field.readOnly;
    return [element("label", { class: "asked-name" }, [say("{name} =", { name: asked }), " ", field]), hand, lock];
  }

  /**
   * @param {string} answer
   * @param {() => void} press shows which choice is the present one
   */
  async #choose(answer, press) {
    this.#chosen = answer;
    press();
    const taken = await this.acts.answer(answer, false);
    if (this.#chosen === answer) this.#chosen = undefined;
    if (!taken) press();
  }

  /**
   * @param {string} text
   * @param {HTMLInputElement} field
   */
  async #handOver(text, field) {
    this.#isHanding = true;
    this.#refusal = "";
    const taken = await this.acts.answer(text, false);
    this.#isHanding = false;
    if (taken) this.acts.kept.typed = "";
    else {
      setAttribute(field, "aria-invalid", "true");
      field.focus();
    }
  }

  /** Say below the field why what was typed is refused; answers whether something typed was handed over. @param {string} sentence */
  refuse(sentence) {
    if (!this.#isHanding) return false;
    this.#refusal = sentence;
    setText(this.told, sentence);
    return true;
  }
}
