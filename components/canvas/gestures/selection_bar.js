/**
 * The bar of what is selected: all that can be done with it, for a finger, a mouse and the Tab key alike.
 *
 * @typedef {import("../model/types/picture_types.js").Bounds} Bounds
 * @typedef {import("../model/types/asked_types.js").NumberName} NumberName
 * @typedef {import("../model/types/training_types.js").Role} Role
 */

import { button, element, setText } from "../parts/dom.js";
import { say } from "../parts/messages.js";
import { gradsOf, keyOf } from "../model/graph/asked.js";
import { INPUT } from "../model/graph/picture.js";
import { ROLES } from "../model/graph/spoken.js";

/** Where it may stand on the stage, the best first. */
const PLACES = ["bottom middle", "top middle", "bottom left", "bottom right", "top left", "top right"];
const MARGIN_PX = 8;
/** A page so wide, or a window so high, has no place on its stage that is free. */
const SMALL_PX = { width: 760, height: 560 };

export class SelectionBar {
  #place = PLACES[0];
  /** Whether it stands beside the stage. */
  #isBeside = false;

  /**
   * @param {import("../model/page_model.js").PageModel} model
   * @param {object} acts
   * @param {(id: string) => void} acts.rename
   * @param {(id: string) => void} acts.enter edits its value or parameters, or opens a block
   * @param {() => void} acts.copy
   * @param {() => void} acts.paste
   * @param {() => void} acts.duplicate
   * @param {() => void} acts.makeBlock
   * @param {() => void} acts.delete
   * @param {(numbers: NumberName[], hidden: boolean) => void} acts.hide
   * @param {(nodes: string[], role: Role | undefined) => void} acts.setRole
   */
  constructor(model, acts) {
    this.model = model;
    /** Whether each tap adds to the selection. */
    this.selectsMore = false;
    /** @param {(id: string) => void} act */
    const onOne = (act) => () => model.selection.only && act(model.selection.only);
    this.rename = control("rename", say("Rename"), onOne(acts.rename));
    this.enter = control("edit", say("Edit"), onOne(acts.enter));
    this.copy = control("copy", say("Copy"), acts.copy);
    this.duplicate = control("duplicate", say("Duplicate"), acts.duplicate);
    this.block = control("make-block", say("Block"), acts.makeBlock);
    this.hide = control("hide-grad", say("Hide grad"), () => acts.hide(this.#grads(), !this.#areHidden()));
    this.more = control("select-more", say("Select more"), () => this.#turnMore());
    this.more.setAttribute("aria-pressed", "false");
    this.role = element("select", { "data-control": "role", title: say("What the input is in training"), "aria-label": say("Role") }, [
      element("option", { value: "", text: say("No role") }),
      ...Object.entries(ROLES).map(([value, text]) => element("option", { value, text: say(text) })),
    ]);
    this.role.addEventListener("change", () => acts.setRole(
      this.#inputs, /** @type {Role | undefined} */ (this.role.value || undefined),
    ));
    this.box = element("div", { class: "selection-bar", role: "toolbar", "aria-label": say("Selection"), hidden: true }, [
      this.rename, this.enter, this.duplicate, control("delete", say("Delete"), acts.delete), this.more, this.block, this.copy,
      control("paste", say("Paste"), acts.paste), this.hide, this.role,
    ]);
  }

  /**
   * Stand on the stage; on a phone and at 200 %, where no place on it is free, with the panels' tabs, before them.
   * @param {HTMLElement} stage
   * @param {HTMLElement} tabs
   */
  standOn(stage, tabs) {
    new ResizeObserver(() => {
      const isSmall = (stage.parentElement?.parentElement?.clientWidth ?? 0) <= SMALL_PX.width || globalThis.innerHeight <= SMALL_PX.height;
      if (isSmall === this.#isBeside && this.box.isConnected) return;
      this.#isBeside = isSmall;
      if (isSmall) tabs.before(this.box);
      else stage.append(this.box);
    }).observe(stage);
  }

  /** The inputs that are selected. */
  get #inputs() {
    const { selection, picture } = this.model;
    return [...selection.nodes].filter((id) => picture.nodes[id]?.op === INPUT);
  }

  #turnMore() {
    this.selectsMore = !this.selectsMore;
    this.more.setAttribute("aria-pressed", String(this.selectsMore));
  }

  /** The selection or the picture has changed. */
  show() {
    const { selection, picture } = this.model;
    const { nodes, wire, only } = selection;
    const wasHidden = this.box.hidden;
    this.box.hidden = nodes.size === 0 && wire === null;
    if (this.#isBeside && wasHidden && !this.box.hidden) this.box.parentElement?.scrollTo({ left: 0, top: 0 });
    if (this.box.hidden && this.selectsMore) this.#turnMore();
    const one = picture.nodes[only];
    this.rename.hidden = one === undefined;
    this.enter.hidden = one === undefined || !canBeEntered(one);
    this.copy.hidden = this.duplicate.hidden = this.block.hidden = this.more.hidden = nodes.size === 0;
    const roles = new Set(this.#inputs.map((id) => picture.nodes[id].role ?? ""));
    this.role.hidden = roles.size === 0;
    this.role.value = roles.size === 1 ? [...roles][0] : "";
    this.hide.hidden = this.#grads().length === 0;
    setText(this.hide, this.#areHidden() ? say("Show grad") : say("Hide grad"));
  }

  #grads() {
    return gradsOf(this.model.picture, this.model.selection.nodes);
  }

  /** Whether all grads of what is selected are hidden. */
  #areHidden() {
    const hidden = new Set((this.model.picture.asked ?? []).map(keyOf));
    return this.#grads().every(([node, kind, output]) => hidden.has(keyOf({ node, kind, output })));
  }

  /**
   * Stand where it covers no node, or where every place is taken, the fewest; it stays where it is while that is free.
   * @param {() => readonly Bounds[]} nodes answers where they are drawn on the stage
   * @param {{width: number, height: number}} stage
   */
  keepClear(nodes, stage) {
    if (this.box.hidden || this.#isBeside) return;
    const drawn = nodes();
    const room = { width: stage.width, height: stage.height }; // measured once
    /** @param {string} place */
    const covered = (place) => {
      const { left, top, right, bottom } = boundsAt(place, this.box, room);
      return drawn.filter((node) => node.left < right && node.right > left && node.top < bottom && node.bottom > top).length;
    };
    if (covered(this.#place) === 0) return;
    const counts = PLACES.map(covered);
    this.#place = PLACES[counts.indexOf(Math.min(...counts))];
    this.box.dataset.place = this.#place;
  }
}

/**
 * Where the bar would stand on the stage.
 * @param {string} place one of `PLACES`
 * @param {HTMLElement} bar
 * @param {{width: number, height: number}} stage
 * @returns {Bounds}
 */
function boundsAt(place, { offsetWidth, offsetHeight }, { width, height }) {
  const [down, across] = place.split(" ");
  const free = width - offsetWidth;
  const left = across === "left" ? MARGIN_PX : across === "right" ? free - MARGIN_PX : free / 2;
  const top = down === "top" ? MARGIN_PX : height - offsetHeight - MARGIN_PX;
  return { left, top, right: left + offsetWidth, bottom: top + offsetHeight };
}

/** @param {import("../model/types/graph_types.js").PictureNode} node */
function canBeEntered({ op, typed }) {
  return op === "Input" || op === "Block" || typed !== undefined;
}

/**
 * @param {string} name
 * @param {string} text
 * @param {() => unknown} act
 */
function control(name, text, act) {
  return button({ text, "data-control": name }, act);
}
