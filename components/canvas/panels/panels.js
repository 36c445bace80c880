/**
 * The panels beside the stage: a tab for each at the stage's edge, one open at a time.
 *
 * Steps are the exception: their tab begins and ends stepping, which the strip of time shows; what stands in their panel
 * (work list, ledger, the lines that run) is opened by a switch of its own, and remembered.
 *
 * @typedef {import("../model/types/picture_types.js").Picture} Picture
 * @typedef {import("../model/types/panel_types.js").PanelFacts} PanelFacts
 * @typedef {import("../model/types/exchange_types.js").Refusal} Refusal
 * @typedef {import("./panel.js").Panel} Panel
 * @typedef {import("./panel.js").PanelTools} PanelTools
 */

import { DescentPanel } from "../descent/panel.js";
import { button, element, setText } from "../parts/dom.js";
import { say } from "../parts/messages.js";
import { TrainPanel } from "../training/panel.js";
import { CheckPanel } from "./check.js";
import { CodePanel } from "./code.js";
import { InspectorPanel } from "./inspector.js";
import { PathsPanel } from "./paths.js";
import { LessonWriter } from "./lessons/lesson_writer.js";
import { SideSize } from "./side_size.js";
import { StepsPanel } from "./steps/steps_panel.js";
import { TablePanel } from "./table_panel.js";

/**
 * The panels by their names: a new one is a class of its own, entered here. Its title and hint come from Python.
 * @type {Record<string, new (tools: PanelTools) => Panel>}
 */
const PANELS = {
  inspect: InspectorPanel,
  steps: StepsPanel,
  paths: PathsPanel,
  check: CheckPanel,
  descent: DescentPanel,
  train: TrainPanel,
  code: CodePanel,
  table: TablePanel,
  lesson: LessonWriter,
};
const STEPS = "steps";
/** From this width on a panel stands beside the graph, not over it. */
const ROOM_PX = 900;

export class Panels {
  /** @type {readonly PanelFacts[] | undefined} */
  #told;
  /** @type {Panel | undefined} */
  #opened;
  /** The panel that the open lesson has opened. */
  #ofLesson = "";

  /**
   * @param {Omit<PanelTools, "openPanel">} tools
   * @param {{details: {get: () => boolean, set: (on: boolean) => void}}} remembered whether the steps' panel opens with them
   */
  constructor(tools, { details }) {
    this.model = tools.model;
    this.stepper = tools.stepper;
    this.details = details;
    this.panels = new Map(Object.entries(PANELS).map(([name, Made]) => (
      [name, new Made({ ...tools, openPanel: (/** @type {string} */ opened) => this.open(opened) })]
    )));
    this.tabs = new Map([...this.panels.keys()].map((name) => [name, this.#tab(name)]));
    this.rail = element("div", { class: "tabs", role: "group", "aria-label": say("Panels") }, [...this.tabs.values()]);
    this.title = element("h2", { class: "side-title" });
    const close = button({ text: "×", title: say("Close the panel") }, () => this.open(""));
    this.content = element("div", { class: "side-content", tabindex: "0" }); // by keyboard it is scrolled
    this.side = element("section", { class: "side", hidden: true, tabindex: "-1" }, [
      element("div", { class: "side-head" }, [this.title, close]), this.content,
    ]);
    this.trouble = element("p", { class: "differs", role: "status", "data-testid": "panel-trouble" });
    new SideSize(this.side);
  }

  /** @param {string} name */
  #tab(name) {
    return button({ text: "", "aria-pressed": "false", "data-panel": name, hidden: true }, () => this.toggle(name));
  }

  /**
   * Open a panel, or close it where it is open; of the steps, begin or end them.
   * @param {string} name
   */
  toggle(name) {
    if (name === STEPS) return this.toggleSteps();
    return this.open(this.model.look.panel === name ? "" : name);
  }

  /** Begin to step, or end it. */
  toggleSteps() {
    const begins = !this.model.steps.isOpen;
    this.stepper.setOpen(begins);
    if (begins && this.details.get()) this.open(STEPS);
    if (!begins && this.model.look.panel === STEPS) this.#show("");
    return true;
  }

  /** Open or close what the steps tell in detail, and remember it. */
  toggleDetails() {
    const opens = this.model.look.panel !== STEPS;
    this.details.set(opens);
    return this.open(opens ? STEPS : "");
  }

  /**
   * Open a panel, or none with an empty name.
   * @param {string} name
   */
  open(name) {
    if (name === STEPS) this.stepper.setOpen(true);
    return this.#show(name);
  }

  /** @param {string} name */
  #show(name) {
    this.model.lookAt({ panel: name });
    this.#unfold(name);
    this.model.show();
    return true;
  }

  /**
   * Open the panel that a lesson names, where it leaves the graph in sight; the one that the lesson before opened goes.
   * @param {string | undefined} name
   * @param {number} width of the page
   */
  openOfLesson(name, width) {
    const { panel } = this.model.look;
    const opens = name !== undefined && width >= ROOM_PX && this.panels.has(name);
    if (opens) this.open(name);
    else if (panel !== "" && panel === this.#ofLesson) this.open("");
    this.#ofLesson = opens ? name : "";
  }

  /** Open the panel that is looked at, and go on with the steps, as before a reload. */
  reopen() {
    const { panel, stepping } = this.model.look;
    const known = this.panels.has(panel) ? panel : "";
    // An earlier version of the page knew of no steps without their panel.
    this.model.noteLook({ panel: known, stepping: stepping || panel === STEPS });
    this.model.steps.setOpen(this.model.look.stepping);
    this.#unfold(known);
  }

  /** @param {string} name */
  #unfold(name) {
    const panel = this.panels.get(name);
    if (this.#opened?.home) this.#opened.home.append(this.#opened.box);
    this.#opened = panel;
    this.side.hidden = panel === undefined;
    this.side.dataset.open = name;
    this.content.replaceChildren(...(panel ? [panel.box] : []));
    this.#mark();
  }

  /** Show which panel is open, and whether somebody steps. */
  #mark() {
    const { panel } = this.model.look;
    for (const [name, tab] of this.tabs) {
      const isOn = name === STEPS ? this.model.steps.isOpen : name === panel;
      tab.setAttribute("aria-pressed", String(isOn));
    }
    this.title.textContent = this.tabs.get(panel)?.textContent || (this.panels.get(panel)?.title ?? "");
    this.side.setAttribute("aria-label", this.panels.get(panel)?.label ?? this.title.textContent);
  }

  /**
   * Why the open panel shows nothing; empty where it does. Where there are no steps to go through, it is they that
   * could not be made, which their sentence says.
   * @param {Picture} picture
   */
  #troubleOf({ panelTrouble = "", steps }) {
    const { panel } = this.model.look;
    return this.model.steps.isOpen && steps === undefined && panel !== STEPS ? "" : panelTrouble;
  }

  /**
   * Show what a picture says to the open panel.
   * @param {Picture} picture
   */
  show(picture) {
    this.#nameTabs(picture.panels);
    this.#mark();
    if (!this.#opened) return;
    const trouble = this.#troubleOf(picture);
    setText(this.trouble, trouble);
    // Where Python could not make the panel, its sentence stands in its place.
    const { box, home } = this.#opened;
    const shown = trouble ? this.trouble : box;
    if (shown !== box) home?.append(box);
    if (this.content.firstChild !== shown) this.content.replaceChildren(shown);
    if (!trouble) this.#opened.show(picture);
  }

  /**
   * Name the tabs as Python tells them; one that it does not tell of stays hidden.
   * @param {readonly PanelFacts[] | undefined} told
   */
  #nameTabs(told) {
    if (told === this.#told) return;
    this.#told = told;
    for (const [name, tab] of this.tabs) {
      const facts = told?.find((each) => each.name === name);
      tab.hidden = facts === undefined;
      tab.textContent = facts?.title ?? "";
      tab.title = facts?.hint ?? "";
    }
  }

  /** The selection has changed. */
  mark() {
    this.#opened?.mark?.();
  }

  /**
   * Let the open panel say a refusal. Answers whether it was of one of its fields.
   * @param {Refusal} refusal
   */
  refuse(refusal) {
    return this.#opened?.refuse?.(refusal) ?? false;
  }
}
