/** The stage by keyboard alone. */

import { portsOf } from "../model/picture.js";

const STEP = 20;
const FINE_STEP = 2;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Keys {
  /** @param {import("../canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    canvas.root.addEventListener("keydown", (event) => this.press(event));
    document.addEventListener("keydown", (event) => this.pressElsewhere(event));
  }

  press(event) {
    if (event.target.closest("input, textarea, select")) return;
    if (!this.handle(event)) return;
    event.preventDefault();
    // Streamlit listens for single letters on the document.
    event.stopPropagation();
  }

  /** Steps are gone through wherever the focus is: a lesson has been opened, or a row of the table clicked. */
  pressElsewhere(event) {
    const { canvas } = this;
    const [target] = event.composedPath();
    const isHere = event.composedPath().includes(canvas.root) || !canvas.root.isConnected;
    if (isHere || !canvas.stepper.isOpen || target.closest?.("input, textarea, select, [role=slider]")) return;
    if (canvas.stepper.press(event)) event.preventDefault();
  }

  /** Answers whether the key meant something here. */
  handle(event) {
    const { canvas } = this;
    const focused = event.target.closest?.(".node")?.dataset.id;
    const frame = event.target.closest?.(".frame")?.dataset.block;
    if (event.key === "Escape") return canvas.putBack();
    if (this.aiming) return this.aim(event);
    if (canvas.stepper.isOpen && canvas.stepper.press(event)) return true;
    if (event.target.closest?.(".palette, .drawer")) return false;
    if (event.ctrlKey || event.metaKey) return this.withControl(event);
    if (event.altKey) return false;
    if (frame && canvas.blocks.press(event, frame)) return true;
    if (frame && event.key in ARROWS) return this.nudgeFrame(event, frame);
    if (event.key === "Delete" || event.key === "Backspace") return canvas.edits.deleteSelected(focused);
    if (event.key in ARROWS && focused) return this.nudge(event, focused);
    if (event.key === "f" || event.key === "F") return canvas.framing.fit();
    if (event.key === "t" || event.key === "T") return canvas.tidy();
    if (event.key === "s" || event.key === "S") return canvas.panels.open(canvas.stepper.isOpen ? "" : "steps");
    if (event.key === "l" || event.key === "L") return canvas.doubts.flip("local");
    if (event.key === "g" || event.key === "G") return canvas.doubts.flip("bars");
    if (event.key === "?") return canvas.dialogs.showShortcuts();
    if (event.key === "/") return canvas.searchAt(canvas.view.toStage(canvas.edits.freeSpot()));
    if (!focused) return false;
    if (event.key === " ") return canvas.select([focused]);
    if (event.key === "Enter") return canvas.select([focused]) && canvas.enter(focused);
    if (event.key === "c" || event.key === "C") return this.beginWire(focused);
    if (/^[0-9.\-−]$/.test(event.key)) return canvas.editValue(focused, event.key);
    return false;
  }

  withControl(event) {
    const { canvas } = this;
    switch (event.key.toLowerCase()) {
      case "a":
        return canvas.select(canvas.picture.order);
      case "c":
        return canvas.edits.copy();
      case "v":
        return canvas.edits.paste();
      case "g":
        return event.shiftKey ? canvas.blocks.ungroup() : canvas.blocks.make();
      case "d":
        return canvas.edits.duplicate();
      case "z":
        return canvas.command(event.shiftKey ? "redo" : "undo");
      case "y":
        return canvas.command("redo");
      default:
        return false;
    }
  }

  nudge(event, focused) {
    const { canvas } = this;
    const step = event.shiftKey ? FINE_STEP : STEP;
    const [dx, dy] = ARROWS[event.key];
    if (!canvas.selection.has(focused)) canvas.select([focused]);
    canvas.nudge([...canvas.selection], dx * step, dy * step);
    return true;
  }

  nudgeFrame(event, frame) {
    const { canvas } = this;
    const step = event.shiftKey ? FINE_STEP : STEP;
    const [dx, dy] = ARROWS[event.key];
    canvas.nudge(canvas.blocks.inside(frame), dx * step, dy * step);
    return true;
  }

  /** Take a wire at the node's first output, C again at its next; arrows and Tab walk the legal inputs, Enter connects. */
  beginWire(id, output = 0) {
    const { canvas } = this;
    canvas.wiring.cancel();
    canvas.wiring.begin(id, "out", output);
    this.from = { id, output };
    this.aiming = canvas.wiring.hand.goals.filter((goal) => !goal.refusal);
    this.at = -1;
    if (this.aiming.length === 0) {
      canvas.wiring.cancel();
      this.aiming = null;
      canvas.sayAt(id, `There is no input that ${canvas.picture.nodes[id].name} could go to.`);
      return true;
    }
    const free = this.aiming.findIndex((goal) => !(`${goal.id}:${goal.index}` in canvas.picture.edges));
    this.step(free < 0 ? 1 : free + 1);
    return true;
  }

  aim(event) {
    if (!this.canvas.wiring.active) {
      this.aiming = null;
      return false;
    }
    const back = event.key === "ArrowUp" || event.key === "ArrowLeft" || (event.key === "Tab" && event.shiftKey);
    if (event.key === "Enter" || event.key === " ") {
      this.aiming = null;
      this.canvas.wiring.end(null);
    } else if (event.key === "c" || event.key === "C") {
      const { id, output } = this.from;
      this.beginWire(id, (output + 1) % portsOf(this.canvas.picture, id).out.length);
    } else if (back) this.step(-1);
    else if (event.key in ARROWS || event.key === "Tab") this.step(1);
    return true;
  }

  step(by) {
    const { canvas, aiming } = this;
    this.at = (this.at + by + aiming.length) % aiming.length;
    const goal = aiming[this.at];
    canvas.wiring.move(canvas.view.toStage(canvas.drawing.portPoint(goal.id, goal.side, goal.index)));
    canvas.announce(`${canvas.overlay.portElement(goal.id, goal.side, goal.index).getAttribute("aria-label")}`);
  }
}
