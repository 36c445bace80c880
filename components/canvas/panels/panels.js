/**
 * The bar above the stage: the formula, and the tabs that open a panel beside it; one panel at a time.
 *
 * @typedef {import("../model/types.js").Picture} Picture
 * @typedef {import("../model/types.js").PanelFacts} PanelFacts
 * @typedef {import("./panel.js").Panel} Panel
 * @typedef {import("./panel.js").PanelTools} PanelTools
 */

import { button, element, setText } from "../parts/dom.js";
import { say } from "../parts/messages.js";
import { DescentPanel } from "../descent/panel.js";
import { CheckPanel } from "./check.js";
import { CodePanel } from "./code.js";
import { PathsPanel } from "./paths.js";
import { StepsPanel } from "./steps_panel.js";

/**
 * The panels by their names: a new one is a class of its own, entered here. Its title and hint come from Python.
 * @type {Record<string, new (tools: PanelTools) => Panel>}
 */
const PANELS = {
  steps: StepsPanel,
  paths: PathsPanel,
  check: CheckPanel,
  descent: DescentPanel,
  code: CodePanel,
};

export class Panels {
  /** @type {readonly PanelFacts[] | undefined} */
  #told;
  /** @type {Panel | undefined} */
  #opened;

  /**
   * @param {HTMLElement} formula the box of the formula bar
   * @param {PanelTools} tools
   */
  constructor(formula, tools) {
    this.model = tools.model;
    this.panels = new Map(Object.entries(PANELS).map(([name, Made]) => [name, new Made(tools)]));
    this.tabs = new Map([...this.panels.keys()].map((name) => [name, this.#tab(name)]));
    const tabs = element("div", { class: "tabs", role: "group", "aria-label": say("Panels") }, [...this.tabs.values()]);
    this.bar = element("div", { class: "bar" }, [formula, tabs]);
    this.side = element("section", { class: "side", hidden: true, tabindex: "0" });
    this.trouble = element("p", { class: "differs", role: "status", "data-testid": "panel-trouble" });
  }

  /** @param {string} name */
  #tab(name) {
    return button({ text: "", "aria-pressed": "false", "data-panel": name, hidden: true }, () => this.toggle(name));
  }

  /**
   * Open a panel, or close it where it is open.
   * @param {string} name
   */
  toggle(name) {
    return this.open(this.model.look.panel === name ? "" : name);
  }

  /**
   * Open a panel, or none with an empty name.
   * @param {string} name
   */
  open(name) {
    this.model.lookAt({ panel: name });
    this.#unfold(name);
    this.model.show();
    return true;
  }

  /** Open the panel that is looked at, as before a reload. */
  reopen() {
    const { panel } = this.model.look;
    if (this.panels.has(panel)) this.#unfold(panel);
    else this.model.noteLook({ panel: "" });
  }

  /** @param {string} name */
  #unfold(name) {
    const panel = this.panels.get(name);
    const tab = this.tabs.get(name);
    this.#opened = panel;
    for (const each of this.tabs.values()) each.setAttribute("aria-pressed", String(each === tab));
    this.side.hidden = panel === undefined;
    this.side.setAttribute("aria-label", panel?.label ?? tab?.textContent ?? "");
    this.side.replaceChildren(...(panel ? [panel.box] : []));
    this.model.steps.setOpen(name === "steps");
  }

  /**
   * Show what a picture says to the open panel.
   * @param {Picture} picture
   */
  show(picture) {
    this.#nameTabs(picture.panels);
    if (!this.#opened) return;
    const { panelTrouble = "" } = picture;
    setText(this.trouble, panelTrouble);
    // Where Python could not make the panel, its sentence stands in its place.
    const box = panelTrouble ? this.trouble : this.#opened.box;
    if (this.side.firstChild !== box) this.side.replaceChildren(box);
    if (!panelTrouble) this.#opened.show(picture);
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
}
