/** Wiring by keyboard: C takes a wire up, arrows and Tab walk the legal inputs, Enter connects. */

import { say } from "../parts/messages.js";
import { edgeInto, portsOf } from "../model/graph/picture.js";

export class KeyboardWiring {
  /** @type {{id: string, output: number, goals: import("../model/graph/wires.js").Goal[], at: number} | null} */
  #aim = null;

  /**
   * @param {import("../model/page_model.js").PageModel} model
   * @param {import("../drawing/stage.js").Stage} stage
   * @param {import("./wiring.js").Wiring} wiring
   */
  constructor(model, stage, wiring) {
    this.model = model;
    this.stage = stage;
    this.wiring = wiring;
  }

  /** Whether keys aim a wire; one that the pointer has put back is no longer aimed. */
  get isActive() {
    if (!this.wiring.isActive) this.#aim = null;
    return this.#aim !== null;
  }

  /**
   * Take a wire at a node's output.
   * @param {string} id
   * @param {number} [output]
   */
  beginWire(id, output = 0) {
    const { picture } = this.model;
    this.wiring.cancel();
    this.wiring.beginWire({ id, side: "out", index: output });
    const goals = this.wiring.legalGoals;
    if (goals.length === 0) {
      this.wiring.cancel();
      this.#aim = null;
      const { name } = picture.nodes[id];
      this.stage.tellAt(id, say("There is no input that {name} could go to.", { name }));
      return true;
    }
    this.#aim = { id, output, goals, at: -1 };
    const free = goals.findIndex((goal) => !edgeInto(picture, goal.id, goal.index));
    this.#step(free < 0 ? 1 : free + 1);
    return true;
  }

  /**
   * Any key means something while a wire is aimed, if only that it means nothing else.
   * @param {KeyboardEvent} event
   */
  press(event) {
    if (this.#aim === null) return false;
    const { id, output } = this.#aim;
    switch (event.key) {
      case "Enter":
      case " ":
        this.#aim = null;
        this.wiring.endWire(null);
        break;
      case "c":
      case "C":
        this.beginWire(id, (output + 1) % portsOf(this.model.picture, id).out.length);
        break;
      case "ArrowUp":
      case "ArrowLeft":
        this.#step(-1);
        break;
      case "ArrowDown":
      case "ArrowRight":
        this.#step(1);
        break;
      case "Tab":
        this.#step(event.shiftKey ? -1 : 1);
        break;
      default:
    }
    return true;
  }

  /** @param {number} by */
  #step(by) {
    if (this.#aim === null) return;
    const { goals, at } = this.#aim;
    this.#aim.at = (at + by + goals.length) % goals.length;
    const goal = goals[this.#aim.at];
    this.wiring.moveWire(this.stage.portOnStage(goal));
    this.stage.announce(this.stage.overlay.portElement(goal)?.getAttribute("aria-label") ?? "");
  }
}
