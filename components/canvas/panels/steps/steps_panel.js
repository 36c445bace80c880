/**
 * The panel beside the steps: the work list, the engine's own lines as they run, and the ledger of a Variable.
 *
 * @typedef {import("../../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../../model/types/panel_types.js").Step} Step
 * @typedef {import("../../model/types/panel_types.js").Steps} Steps
 */

import { button, element, setText } from "../../parts/dom.js";
import { say } from "../../parts/messages.js";
import { ledgerOf } from "./ledger.js";
import { RunningLines } from "./running_lines.js";

export class StepsPanel {
  /** @param {Pick<import("../panel.js").PanelTools, "model" | "stepper" | "running">} tools */
  constructor({ model, stepper, running }) {
    this.model = model;
    this.stepper = stepper;
    this.label = say("Work list, source and ledger");
    this.list = element("div", { class: "funcs", "data-testid": "funcs" });
    this.popped = element("p", { class: "popped", "data-testid": "popped" });
    this.choose = button({
      text: say("Which Function next? You choose"), "aria-pressed": "false", "data-testid": "choose",
    }, () => stepper.letChoose(!model.picture.picking));
    this.again = button({ text: say("Start over"), hidden: true }, () => stepper.letChoose(true));
    this.rule = element("p", {
      text: say("You pick; every Function has one turn."), hidden: true, "data-testid": "rule",
    });
    this.verdict = element("p", { class: "verdict", role: "status", "data-testid": "verdict" });
    this.lines = new RunningLines();
    this.method = element("pre", { class: "method", "data-testid": "method" });
    this.ledger = element("div", { class: "ledger", "data-testid": "ledger" });
    // Apart from the lines that run, which stay in sight however long a ledger grows.
    const told = element("div", {
      class: "steps-told", tabindex: "0", role: "region", "aria-label": say("Work list and ledger"),
    }, [
      element("h2", { text: say("Work list") }), this.list, this.popped,
      element("div", { class: "row" }, [this.choose, this.again]), this.rule, this.verdict,
      element("h2", { text: say("Ledger") }), this.ledger,
    ]);
    const code = element("div", { class: "running", id: "running-code" }, [this.lines.box, this.method]);
    const fold = button({
      class: "fold", text: say("Running now"), title: say("Show or hide the lines of the engine that run"),
      "aria-controls": "running-code", "data-testid": "fold-running",
    }, () => {
      running.set(!running.get());
      showCode();
    });
    const showCode = () => {
      code.hidden = !running.get();
      fold.setAttribute("aria-expanded", String(running.get()));
    };
    showCode();
    this.box = element("div", { class: "steps-panel" }, [told, element("h2", {}, [fold]), code]);
  }

  /** @param {Picture} picture */
  show(picture) {
    const { steps, step, moved } = this.stepper.at;
    this.choose.setAttribute("aria-pressed", String(picture.picking === true));
    this.again.hidden = this.rule.hidden = !picture.picking;
    if (!steps) return;
    this.#showList(picture, steps, step);
    setText(this.popped, poppedAt(step));
    this.#showVerdict(picture, step);
    this.mark();
    const kind = step && step.kind !== "forward" ? "backward" : "forward";
    setText(this.method, step ? (steps.methods[step.op]?.[kind] ?? "") : "");
    // Last: it scrolls within the height that the others leave.
    this.lines.show(steps.sources[kind], step, { passes: moved, stepMs: this.stepper.stepMs });
  }

  /** Show the ledger of the selected Variable, or else of those that this step brings something to. */
  mark() {
    const { steps, step, position } = this.stepper.at;
    if (!steps) return;
    const { nodes } = this.model.selection;
    const ids = nodes.size ? [...nodes] : Object.keys(step?.gives ?? {});
    const parts = ids.flatMap((id) => steps.ledgers[id] ?? []).map((ledger) =>
      ledgerOf(ledger, position, step?.sweep || 1));
    const none = nodes.size ? say("Backward brings nothing here.") : say("Select a Variable to see its ledger.");
    this.ledger.replaceChildren(...(parts.length ? parts : [element("p", { text: none })]));
  }

  /**
   * @param {Picture} picture
   * @param {Steps} steps
   * @param {Step | undefined} step
   */
  #showList(picture, steps, step) {
    const waiting = step?.waiting ?? [];
    const candidates = this.stepper.candidates;
    const entries = waiting.map((id, index) => {
      const isNext = !picture.picking && index === waiting.length - 1;
      const node = picture.nodes[id];
      const hidden = steps.hidden[id];
      const text = hidden ?? (node ? `${node.op} ${node.name}` : "");
      const generation = steps.generations[id];
      const mayPick = candidates.includes(id);
      const made = element(mayPick ? "button" : "span", {
        class: isNext ? "func next" : "func", text, title: say("generation {generation}", { generation }),
        "data-func": node?.name ?? hidden, type: mayPick ? "button" : undefined,
      }, [" ", element("small", { text: say("gen {generation}", { generation }) })]);
      if (mayPick) made.addEventListener("click", () => this.stepper.pick(id));
      return made;
    });
    this.list.replaceChildren("funcs = [", ...entries.flatMap((each, index) => (index ? [", ", each] : [each])), "]");
  }

  /**
   * @param {Picture} picture
   * @param {Step | undefined} step
   */
  #showVerdict(picture, step) {
    const isLast = step !== undefined && step.kind !== "forward" && this.stepper.at.isAtEnd;
    const wrong = isLast ? Object.values(picture.faults ?? {}) : [];
    this.verdict.classList.toggle("wrong", wrong.length > 0);
    setText(this.verdict, wrong.length ? `✗ ${wrong.map(({ why }) => why).join(" ")}` : this.#toldTurn(picture, isLast));
  }

  /**
   * @param {Picture} picture
   * @param {boolean} isLast
   */
  #toldTurn({ picking }, isLast) {
    if (!picking) return "";
    if (this.stepper.candidates.length) return say("Whose turn is it? Click a Function, here or on the graph.");
    return isLast ? say("✓ Every Function had its turn after all had arrived: every number is right.") : "";
  }
}

/** @param {Step | undefined} step */
function poppedAt(step) {
  if (step?.kind === "seed") return say("The output's creator is put in.");
  if (step?.kind === "update") return say("Backward is done: the optimizer changes the weights.");
  if (step?.kind !== "backward") return say("Forward needs no work list.");
  const { op, name, generation } = step;
  return say("Popped: the {op} that computes {name}, generation {generation}", { op, name, generation });
}
