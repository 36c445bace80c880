/**
 * The panel of training: the table of data, the optimizer, one update or many, the loss curve, and the fit.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../model/types/event_types.js").EditEvent} EditEvent
 * @typedef {import("../model/types/training_types.js").TrainFacts} TrainFacts
 */

import { outputChart } from "../descent/output_chart.js";
import { around, button, element, focusedIn, setText } from "../parts/dom.js";
import { say } from "../parts/messages.js";
import { DataTable } from "./data_table.js";
import { fitPlot } from "./fit_plot.js";

const OPTIMIZERS = ["SGD", "Momentum", "Adam"];
const AT_A_TIME = [1, 10, 50];
/** Between two updates of a run: so that eyes can follow. */
const PAUSE_MS = 120;

export class TrainPanel {
  /** @type {TrainFacts | undefined} */
  #facts;
  #isRunning = false;
  /** Of the run: it is one step of undo. */
  #gesture = 0;
  /** The event whose refusal is said here. */
  #seq = 0;
  #document = 0;
  #drawn = "";

  /** @param {{model: import("../model/page_model.js").PageModel}} tools */
  constructor({ model }) {
    this.model = model;
    this.table = new DataTable({
      take: (text) => this.#edit({ type: "set table", text }),
      refuse: (sentence) => setText(this.trouble, sentence),
      show: (first) => this.#edit({ type: "show rows", first, count: 1 }),
    });
    this.count = select("rows-at-a-time", say("Rows at a time"), [], (value) => {
      this.#edit({ type: "show rows", first: 0, count: Number(value) });
    });
    this.optimizer = select("optimizer", say("Optimizer"), OPTIMIZERS.map((name) => [name, name]), (value) => {
      this.#edit({ type: "set training", optimizer: value });
    });
    this.rate = numberField("training-rate", say("Learning rate"), (rate) => this.#edit({ type: "set training", rate }));
    this.momentum = numberField("training-momentum", say("Momentum"), (momentum) => this.#edit({ type: "set training", momentum }));
    this.momentumLabel = element("label", {}, [say("momentum"), this.momentum]);
    this.clears = element("input", { type: "checkbox", "data-testid": "clears" });
    this.clears.addEventListener("change", () => this.#edit({ type: "set training", clears: this.clears.checked }));
    this.atATime = select("at-a-time", say("Updates at a time"), AT_A_TIME.map((count) => [String(count), `× ${count}`]), () => {});
    this.one = button({ text: say("Update"), "data-act": "update" }, () => this.#update());
    this.run = button({ text: say("Run"), "data-act": "run", "aria-pressed": "false" }, () => this.#setRunning(!this.#isRunning));
    this.reset = button({ text: say("Reset"), "data-act": "reset" }, () => this.#edit({ type: "reset training" }));
    this.trouble = element("p", { class: "differs", role: "alert", "data-testid": "training-trouble" });
    this.standing = element("p", { role: "status", "data-testid": "training-standing" });
    this.next = element("ul", { class: "next", "data-testid": "next-updates" });
    this.chart = element("div", { class: "output-chart", "data-testid": "loss-curve" });
    this.fit = element("div");
    this.controls = element("div", {}, [
      element("div", { class: "row" }, [
        this.count, this.optimizer, element("label", {}, [say("rate"), this.rate]), this.momentumLabel,
      ]),
      element("label", { class: "row" }, [this.clears, say("cleargrad before each Backward")]),
      element("div", { class: "row" }, [this.one, this.atATime, this.run, this.reset]),
    ]);
    this.nextTitle = element("h3", { text: say("The next update") });
    this.box = element("div", { class: "train-panel" }, [
      this.table.box, this.trouble, this.controls, this.standing, this.fit, this.chart, this.nextTitle, this.next,
    ]);
    this.box.addEventListener("keydown", (event) => {
      if (around(event, "input, select, textarea")) event.stopPropagation();
    });
  }

  // What somebody asks for ------------------------------------------------------------------------------------

  /** @param {EditEvent} event */
  #edit(event) {
    this.#setRunning(false);
    setText(this.trouble, "");
    this.#seq = this.model.edit(event);
  }

  #update() {
    this.#edit({ type: "train", updates: Number(this.atATime.value) });
  }

  /** @param {boolean} on */
  #setRunning(on) {
    if (on === this.#isRunning) return;
    this.#isRunning = on;
    this.run.textContent = on ? say("Pause") : say("Run");
    this.run.setAttribute("aria-pressed", String(on));
    if (!on) return;
    setText(this.trouble, "");
    this.#gesture = this.model.outbox.nextGesture();
    this.#goOn();
  }

  /** The next updates of a run, once those before are shown; it ends with the panel. */
  #goOn() {
    if (!this.#isRunning) return;
    if (!this.box.isConnected) {
      this.#setRunning(false);
      return;
    }
    if (this.model.outbox.pending.length === 0) {
      this.#seq = this.model.edit({ type: "train", updates: Number(this.atATime.value) }, undefined, this.#gesture);
    }
    setTimeout(() => this.#goOn(), PAUSE_MS);
  }

  /**
   * Say what was refused, and end a run. Answers whether the refusal was of this panel.
   * @param {import("../model/types/exchange_types.js").Refusal} refusal
   */
  refuse({ seq, text }) {
    if (seq !== this.#seq) return false;
    this.#setRunning(false);
    setText(this.trouble, text);
    return true;
  }

  // What there is to see ---------------------------------------------------------------------------------------

  /** @param {Picture} picture */
  show({ train, training, document = 0 }) {
    if (document !== this.#document) this.#setRunning(false);
    this.#document = document;
    if (train === undefined) return;
    if (train !== this.#facts && train.total && !this.#facts?.total) this.table.close();
    this.#facts = train;
    const focused = focusedIn(this.box);
    this.table.show(train);
    this.#offerCounts(train);
    this.controls.hidden = !train.ready;
    if (focused !== this.optimizer) this.optimizer.value = train.optimizer;
    if (focused !== this.rate) this.rate.value = String(train.rate);
    if (focused !== this.momentum) this.momentum.value = String(train.momentum);
    this.momentumLabel.hidden = train.optimizer !== "Momentum";
    this.clears.checked = train.clears;
    this.reset.disabled = train.updates === 0;
    setText(this.standing, train.ready ? train.standing : "");
    this.nextTitle.hidden = train.next.length === 0;
    this.next.replaceChildren(...train.next.map((text) => element("li", { text })));
    this.#draw(train, (training?.losses ?? []).map(([, loss]) => loss));
  }

  /** @param {TrainFacts} facts */
  #offerCounts({ total, count }) {
    this.count.hidden = total < 2;
    const between = [2, 4, 8, 16, 32, 64].filter((each) => each * 2 <= total);
    const offered = [...new Set([1, ...between, count, total])].filter((each) => each <= total).sort((a, b) => a - b);
    const told = offered.join(" ");
    if (this.count.dataset.offered !== told) {
      this.count.dataset.offered = told;
      this.count.replaceChildren(...offered.map((each) => element("option", {
        value: each,
        text: each === 1 ? say("One row at a time") : each === total ? say("All rows as one batch") : say("Batches of {count} rows", { count: each }),
      })));
    }
    this.count.value = String(count);
  }

  /**
   * @param {TrainFacts} facts
   * @param {readonly number[]} losses
   */
  #draw({ plot, shown }, losses) {
    const drawn = JSON.stringify([plot, shown, losses]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.fit.replaceChildren(...(plot ? [fitPlot(plot, shown)] : []));
    this.chart.hidden = losses.length < 2;
    this.chart.replaceChildren(...(losses.length < 2 ? [] : [outputChart(losses, say("Loss"), losses.length - 1)]));
  }
}

/**
 * @param {string} name
 * @param {string} label
 * @param {readonly (readonly [value: string, text: string])[]} options
 * @param {(value: string) => void} choose
 */
function select(name, label, options, choose) {
  const made = element("select", { "aria-label": label, "data-testid": name }, options.map(([value, text]) =>
    element("option", { value, text })));
  made.addEventListener("change", () => choose(made.value));
  return made;
}

/**
 * @param {string} name
 * @param {string} label
 * @param {(value: number) => void} take
 */
function numberField(name, label, take) {
  const made = element("input", { class: "number", inputmode: "decimal", "aria-label": label, "data-testid": name });
  made.addEventListener("change", () => {
    const typed = made.value.trim().replace(",", ".");
    if (typed !== "" && Number.isFinite(Number(typed))) take(Number(typed));
  });
  return made;
}
