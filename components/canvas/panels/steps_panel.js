/** The panel beside the steps: the work list, the engine's own lines as they run, and the ledger of a Variable. */

import { element, setText } from "../parts/dom.js";

const LINE_MS = 70;
/** How much of a step's time the mark may take to pass over the lines; then it rests. */
const PASSING = 0.6;

export class StepsPanel {
  /** @param {import("../canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.title = "Work list, source and ledger";
    this.list = element("div", { class: "funcs", "data-testid": "funcs" });
    this.popped = element("p", { class: "popped", "data-testid": "popped" });
    this.choose = element("button", { type: "button", text: "Which Function next? You choose", "aria-pressed": "false",
      "data-testid": "choose" });
    this.choose.addEventListener("click", () => canvas.stepper.choose(!canvas.book.picture.picking));
    this.again = element("button", { type: "button", text: "Start over", hidden: true });
    this.again.addEventListener("click", () => canvas.stepper.choose(true));
    this.rule = element("p", { text: "You pick; every Function has one turn.", hidden: true, "data-testid": "rule" });
    this.verdict = element("p", { class: "verdict", role: "status", "data-testid": "verdict" });
    this.source = element("div", { class: "source", tabindex: "0", role: "region", "aria-label": "The engine's source",
      "data-testid": "source" });
    this.method = element("pre", { class: "method", "data-testid": "method" });
    new ResizeObserver(() => this.scrollToRest()).observe(this.source);
    this.ledger = element("div", { class: "ledger", "data-testid": "ledger" });
    this.box = element("div", { class: "steps-panel" }, [
      element("h2", { text: "Work list" }), this.list, this.popped,
      element("div", { class: "row" }, [this.choose, this.again]), this.rule, this.verdict,
      element("h2", { text: "Ledger" }), this.ledger,
      element("h2", { text: "Running now" }), this.source, this.method,
    ]);
  }

  show(picture) {
    const { stepper } = this.canvas;
    const { steps, step } = stepper;
    this.choose.setAttribute("aria-pressed", String(picture.picking === true));
    this.again.hidden = this.rule.hidden = !picture.picking;
    if (!steps) return;
    this.showList(picture, step);
    this.showVerdict(picture, step);
    this.showLedger(picture, steps);
    this.showSource(steps, step); // last: it scrolls within the room that the others leave
  }

  mark() {
    const { picture, stepper } = this.canvas;
    if (stepper.steps) this.showLedger(picture, stepper.steps);
  }

  showList(picture, step) {
    const { stepper } = this.canvas;
    const candidates = new Set(stepper.candidates);
    const waiting = step?.waiting ?? [];
    const entries = waiting.map((id, index) => {
      const next = !picture.picking && index === waiting.length - 1;
      const { op, name } = picture.nodes[id] ?? { op: "", name: "" };
      const text = id in stepper.steps.hidden ? stepper.steps.hidden[id] : `${op} ${name}`;
      const generation = stepper.steps.generations[id];
      const made = element(candidates.has(id) ? "button" : "span", {
        class: next ? "func next" : "func", text, title: `generation ${generation}`, "data-func": name || stepper.steps.hidden[id],
        type: candidates.has(id) ? "button" : undefined,
      }, [element("small", { text: ` gen ${generation}` })]);
      if (candidates.has(id)) made.addEventListener("click", () => stepper.pick(id));
      return made;
    });
    const list = entries.flatMap((entry, index) => (index ? [", ", entry] : [entry]));
    this.list.replaceChildren("funcs = [", ...list, "]");
    const popped = step?.kind === "backward"
      ? `Popped: ${step.op} of ${step.name}, generation ${step.generation}`
      : step?.kind === "seed" ? "The output's creator is put in." : "Forward needs no work list.";
    setText(this.popped, popped);
  }

  showSource(steps, step) {
    const kind = step && step.kind !== "forward" ? "backward" : "forward";
    const source = steps.sources[kind];
    if (this.shownKind !== kind) {
      this.shownKind = kind;
      this.lines = source.lines.map(line);
      this.source.replaceChildren(...this.lines.filter((_, index) => source.lines[index].trim() !== ""));
    }
    if (step !== this.shownStep) {
      this.shownStep = step;
      const ran = (step?.lines ?? []).map((line) => line - source.first);
      this.run(step, ran, step ? step.telling - source.first : -1);
    }
    setText(this.method, step ? (steps.methods[step.op]?.[kind] ?? "") : "");
  }

  /** Mark the lines that ran, and let the mark of the running one pass over them; it rests on the telling one. */
  run(step, ran, telling) {
    const lines = new Set(ran);
    this.lines.forEach((line, index) => line.classList.toggle("ran", lines.has(index)));
    const mark = (running) => {
      if (this.lines[running] === this.running) return;
      this.running?.classList.remove("running");
      this.running = this.lines[running];
      this.running?.classList.add("running");
    };
    this.rest = this.lines[telling];
    this.scrollToRest();
    const { moved, pace } = this.canvas.stepper;
    const began = performance.now();
    const time = PASSING * pace;
    const isQuick = began - this.began < time;
    this.began = began;
    const still = globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches;
    // Whoever goes back, jumps, or does not wait for the mark wants to see where it rests.
    if (still || !moved || isQuick || ran.length === 0) {
      mark(telling);
      return;
    }
    const each = Math.min(LINE_MS, time / ran.length);
    const pass = () => {
      if (step !== this.shownStep) return;
      const place = Math.floor((performance.now() - began) / each);
      mark(place < ran.length ? ran[place] : telling);
      if (place < ran.length) requestAnimationFrame(pass);
    };
    pass();
  }

  /** Keep the line in sight that the mark rests on. */
  scrollToRest() {
    if (!this.rest) return;
    const { offsetTop: top, offsetHeight: height } = this.rest;
    const room = this.source.clientHeight;
    this.source.scrollTop = Math.max(top - room * 0.6, top + height - room);
  }

  /** The ledger of the selected Variable, or else of those that this step brings something to. */
  showLedger(picture, steps) {
    const { selection, stepper } = this.canvas;
    const ids = selection.size ? [...selection] : Object.keys(stepper.step?.gives ?? {});
    const parts = ids.flatMap((id) => steps.ledgers[id] ?? []).map((ledger) => this.account(ledger, stepper.position));
    const none = selection.size ? "Backward brings nothing here." : "Select a Variable to see its ledger.";
    this.ledger.replaceChildren(...(parts.length ? parts : [element("p", { text: none })]));
  }

  account({ name, due, entries }, position) {
    const arrived = entries.filter((entry) => entry.step <= position);
    const rows = arrived.map((entry, index) => element("tr", {}, [
      element("td", { text: `step ${entry.step}` }), element("td", { text: entry.from }),
      element("td", { text: contributed(entry, index), "data-value": entry.text }),
      element("td", { text: `= ${entry.total}`, "data-value": entry.total }),
    ]));
    const sweep = this.canvas.stepper.step?.sweep || 1;
    const count = arrived.filter((entry) => entry.sweep === sweep).length;
    const again = sweep > 1 ? ` in Backward no. ${sweep}` : "";
    const heading = element("p", { class: "account" }, [
      element("b", { text: `${name}.grad` }),
      count > due[sweep - 1] ? ` ${count} arrived, ${due[sweep - 1]} due${again}` : ` ${count} of ${due[sweep - 1]} arrived${again}`,
    ]);
    const none = element("p", { text: "— nothing has arrived: grad is None, which is not 0." });
    return element("div", { "data-ledger": name }, [heading, arrived.length ? element("table", {}, rows) : none]);
  }

  showVerdict(picture, step) {
    const isLast = step && step.kind !== "forward" && this.canvas.stepper.position === this.canvas.stepper.count;
    const wrong = isLast ? Object.values(picture.faults ?? {}) : [];
    const waits = picture.picking && this.canvas.stepper.candidates.length > 0;
    const told = waits ? "Whose turn is it? Click a Function, here or on the graph."
      : isLast && picture.picking ? "✓ Every Function had its turn after all had arrived: every number is right." : "";
    setText(this.verdict, wrong.length ? `✗ ${wrong.map((fault) => fault.why).join(" ")}` : told);
    this.verdict.classList.toggle("wrong", wrong.length > 0);
  }
}

/** A line of source that, when it is too long, goes on further in than it began. */
function line(text) {
  const made = element("code", { text: text.trimStart() || " " });
  made.style.setProperty("--indent", String(text.length - text.trimStart().length));
  return made;
}

/** A contribution as it enters the sum, or as it takes the place of what had arrived. */
function contributed({ text, replaces }, index) {
  if (replaces !== "—") return `${text} replaces ${replaces}`;
  return index ? `+ ${text.startsWith("−") ? `(${text})` : text}` : text;
}
