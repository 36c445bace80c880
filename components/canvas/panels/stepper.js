/** Where in the steps somebody is: the trace came once, and every step is shown from it, here. */

const STEP_MS = 1500;
const SPEEDS = [0.5, 1, 2, 4];

export class Stepper {
  /** @param {import("../canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.isOpen = false;
    this.position = 0;
    this.speed = 1;
    /** Until which step the play goes on; null while it rests. */
    this.until = null;
    this.steps = null;
  }

  get speeds() {
    return SPEEDS;
  }

  get count() {
    return this.steps?.count ?? 0;
  }

  /** The step that has just been made, or undefined before the first. */
  get step() {
    return this.steps?.steps[String(this.position)];
  }

  /** How long a step lasts while it plays. */
  get pace() {
    return STEP_MS / this.speed;
  }

  get playing() {
    return this.until !== null;
  }

  setOpen(isOpen) {
    if (isOpen === this.isOpen) return;
    this.pause();
    this.isOpen = isOpen;
    this.document = undefined;
    this.toEnd = false;
  }

  /** Answer the picture as it is at this step: what has not been reached yet shows no number. */
  seen(picture) {
    this.steps = this.isOpen && picture.steps && !picture.steps.stale ? picture.steps : null;
    if (this.steps === null) {
      if (picture.steps?.stale) this.pause();
      return picture;
    }
    if (picture.document !== this.document) this.position = 0; // another graph: nothing of it is given away
    this.document = picture.document;
    if (this.toEnd && this.count !== this.known) {
      this.toEnd = false;
      this.position = this.count;
    }
    this.known = this.count;
    this.position = Math.min(this.position, this.count);
    if (this.until > this.count) this.until = this.count; // there are fewer steps than there were
    if (this.playing && this.position === this.count) this.pause();
    if (this.position === this.count) return this.withLast(picture);
    const given = { ...this.steps.base };
    for (let number = 1; number <= this.position; number += 1) Object.assign(given, this.steps.steps[number].gives);
    return { ...picture, faults: undefined, nodes: this.shown(picture, given) };
  }

  /** At the end the numbers are those of the graph, with all that is said of them; only who arrived is added. */
  withLast(picture) {
    const nodes = { ...picture.nodes };
    for (let number = 1; number <= this.position; number += 1) {
      for (const [id, { arrived }] of Object.entries(this.steps.steps[number].gives)) {
        if (nodes[id]) nodes[id] = { ...nodes[id], arrived };
      }
    }
    return { ...picture, nodes };
  }

  shown(picture, given) {
    return Object.fromEntries(Object.entries(picture.nodes).map(([id, node]) => {
      const { bar, size, message, ...rest } = node;
      return [id, id in given ? { ...rest, arrived: undefined, ...given[id] } : node];
    }));
  }

  go(position, { keepPlaying = false } = {}) {
    if (!keepPlaying) this.pause();
    const target = Math.min(Math.max(position, 0), this.count);
    this.moved = target === this.position + 1;
    this.position = target;
    this.canvas.show();
    return true;
  }

  next() {
    return this.go(this.position + 1);
  }

  back() {
    return this.go(this.position - 1);
  }

  /** Play on to a step; from the end it starts anew. */
  play(until = this.count, from = this.position >= until ? 0 : this.position) {
    this.pause();
    if (until === 0) return true;
    this.until = until;
    this.go(from, { keepPlaying: true });
    this.wait();
    return true;
  }

  wait() {
    this.timer = setTimeout(() => {
      if (this.until === null) return;
      const arrived = this.position + 1 >= this.until;
      if (arrived) this.until = null;
      this.go(this.position + 1, { keepPlaying: true });
      if (!arrived) this.wait();
    }, this.pace);
  }

  pause() {
    clearTimeout(this.timer);
    this.until = null;
    return true;
  }

  togglePlay() {
    if (!this.playing) return this.play();
    this.pause();
    this.canvas.show();
    return true;
  }

  /** Run Forward: from the start to where every Function has computed. */
  playForward() {
    if (this.byHand) return this.order("forward", () => this.play(this.steps?.forward ?? 0, 0));
    return this.play(this.steps?.forward ?? 0, 0);
  }

  /** Run Backward: from where every Function has computed to the end; by hand, one more pass. */
  playBackward() {
    const before = this.count;
    if (this.byHand) return this.order("backward", () => this.play(this.count, before));
    return this.play(this.count, this.steps?.forward ?? 0);
  }

  clearGrads() {
    return this.order("cleargrad", () => this.go(this.count));
  }

  get byHand() {
    return this.canvas.answer?.automatic === false;
  }

  /** Let Python do something, and go on when it has. */
  order(command, goOn) {
    this.pause();
    this.ordered = { seq: this.canvas.command(command), goOn };
    return true;
  }

  /** Python has carried out everything up to a number. */
  acknowledge(ack) {
    if (!this.ordered || ack < this.ordered.seq) return;
    const { goOn } = this.ordered;
    this.ordered = null;
    goOn();
  }

  /** Answers whether a key meant something here. */
  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    switch (event.key) {
      case "ArrowRight":
        return this.next();
      case "ArrowLeft":
        return this.back();
      case "Home":
        return this.go(0);
      case "End":
        return this.go(this.count);
      case " ":
        // Space on a button presses it.
        return event.target.closest?.("button, [role=button]") ? false : this.togglePlay();
      case "f":
      case "F":
        return this.playForward();
      case "b":
      case "B":
        return this.playBackward();
      default:
        return false;
    }
  }

  // Which Function next? --------------------------------------------------------------------------------------

  /** Let the class pick, or leave it to the engine. */
  choose(on) {
    this.pause();
    this.canvas.show();
    this.toEnd = true;
    this.known = undefined;
    this.canvas.command("pick", { order: on ? [] : null });
  }

  /** Visit a Function of the work list next. */
  pick(id) {
    const { picks } = this.canvas.book.picture;
    this.toEnd = true;
    this.moved = true;
    this.canvas.select([]);
    this.canvas.command("pick", { order: [...picks, id] });
  }

  /** The Function that a click on a node picks: its own, or the only one that waits in a closed block. */
  candidateAt(id) {
    const inside = this.canvas.picture.blocks?.[id]?.nodes ?? [id];
    const found = this.candidates.filter((each) => inside.includes(each));
    return found.length === 1 ? found[0] : undefined;
  }

  get candidates() {
    const { picking } = this.canvas.book.picture;
    return this.isOpen && picking && this.position === this.count ? (this.step?.waiting ?? []) : [];
  }
}
