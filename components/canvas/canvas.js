/**
 * The canvas: the one place that puts the pieces together. The model holds the graph, the stage shows it, hands and
 * panels put edits in; each is handed what it needs.
 *
 * @typedef {import("./model/types/exchange_types.js").Message} Message
 * @typedef {import("./model/types/exchange_types.js").Post} Post
 * @typedef {import("./model/types/picture_types.js").Picture} Picture
 * @typedef {import("./model/kept/restore.js").Meeting} Meeting
 */

import { OutputTag } from "./drawing/output_tag.js";
import { Stage } from "./drawing/stage.js";
import { StageLook } from "./drawing/stage_look.js";
import { Blocks } from "./gestures/blocks.js";
import { Clipboard } from "./gestures/clipboard.js";
import { Edits } from "./gestures/edits.js";
import { isTable, takeFiles } from "./gestures/file_drop.js";
import { KeyboardWiring } from "./gestures/keyboard_wiring.js";
import { Keys } from "./gestures/keys.js";
import { Palette } from "./gestures/palette.js";
import { Pointer } from "./gestures/pointer.js";
import { Search } from "./gestures/search.js";
import { SelectionBar } from "./gestures/selection_bar.js";
import { startsOf } from "./gestures/starts.js";
import { Toolbar } from "./gestures/toolbar.js";
import { ValueEditor } from "./gestures/value_editor.js";
import { Wiring } from "./gestures/wiring.js";
import { menuEntries } from "./menu/entries.js";
import { Menu } from "./menu/menu.js";
import { PageModel } from "./model/page_model.js";
import { hiddenAt } from "./model/graph/asked.js";
import { BLOCK, INPUT, neighboursOf } from "./model/graph/picture.js";
import { Progress } from "./model/kept/progress.js";
import { candidateAt } from "./model/step_position.js";
import { Answers } from "./panels/lessons/answers.js";
import { AskedNumbers } from "./panels/lessons/asked_numbers.js";
import { DerivationStrip } from "./panels/steps/derivation.js";
import { FirstSteps } from "./panels/lessons/first_steps.js";
import { FormulaBar } from "./panels/formula_bar.js";
import { Keeping } from "./panels/sharing/keeping.js";
import { turnHidden } from "./panels/lessons/lesson_writer.js";
import { LookToggles } from "./panels/look_toggles.js";
import { layOut } from "./panels/layout.js";
import { NodeTable } from "./panels/node_table.js";
import { Panels } from "./panels/panels.js";
import { Presenting } from "./panels/presenting.js";
import { Printing } from "./panels/sharing/printing.js";
import { QuestionStrip } from "./panels/lessons/question_strip.js";
import { Sharing } from "./panels/sharing/sharing.js";
import { Stepper } from "./panels/steps/stepper.js";
import { TimeStrip } from "./panels/steps/time_strip.js";
import { ClassRoom } from "./room/class_room.js";
import { browserStorages, localStore, rememberedSwitch, rememberedText } from "./parts/browser_storage.js";
import { Dialogs } from "./parts/dialog.js";
import { setMessages } from "./parts/messages.js";
import { onForcedColours, themeOf } from "./parts/theme.js";

export class Canvas {
  /**
   * @param {HTMLElement} root
   * @param {(message: Post) => void} post
   * @param {object} [host]
   * @param {() => void} [host.onOpen] another graph is open
   * @param {(picture: Picture) => void} [host.onShow] another picture is shown
   * @param {Progress} [host.progress] keeps which lessons are done
   * @param {boolean} [host.ownsPage] whether the page is the playground's own: keys then count wherever the focus is
   * @param {ReturnType<typeof browserStorages>} [host.stores] where the graph is kept over a reload
   */
  constructor(root, post, {
    ownsPage = false, onOpen = () => {}, onShow = () => {}, progress = new Progress(localStore()), stores = browserStorages(),
  } = {}) {
    this.root = root;
    root.dir = "ltr"; // formulas, code and graph run from left to right, whatever the page around does
    onForcedColours(() => this.followTheme());
    this.onOpen = onOpen;
    this.onShow = onShow;
    this.model = new PageModel(post, {
      onShow: (before, picture) => this.#show(before, picture),
      onAnswer: (message) => this.#answer(message),
      onMeet: (meeting, welcome) => this.#meet(meeting, welcome),
      onSession: () => this.stage.wait(),
      onSelect: () => this.#mark(),
      onChange: () => this.keeping.keeper.keep(),
      onLost: () => this.keeping.storage.takeNewName(),
      onRefuse: (text, point) => (point ? this.stage.notice.tell(text, point) : this.stage.tellAt(null, text)),
      stageLook: () => this.look.now(),
    });
    this.stage = new Stage(this.model, {
      takeUpLook: () => this.look.takeUp(),
      close: (block) => this.blocks.close(block),
      ungroup: (block) => this.blocks.ungroup([block]),
      pressNumber: (id, part) => this.#pressNumber(id, part),
      onPlaced: () => this.#clearNodes(),
      onResized: (isOtherWindow) => this.model.haveViewport(this.stage.view.viewport, { isOtherWindow, isHeld: this.stage.view.isHeld }),
    });
    const { model, stage } = this;
    this.look = new StageLook(root, model, stage);
    const differentiate = (/** @type {string} */ node, /** @type {number} */ output) => model.edit({ type: "choose", node, output });
    this.output = new OutputTag(differentiate);
    const dialogs = new Dialogs(root);
    this.keeping = new Keeping(model, dialogs, root, stores, (text) => stage.tellAt(null, text));
    const edits = new Edits(model, stage);
    const search = new Search(model, stage, edits);
    const editor = new ValueEditor(model, stage);
    this.editor = editor;
    this.wiring = new Wiring(model, stage, edits, (point, wire) => search.beginAt(point, wire));
    this.blocks = new Blocks(model, stage, edits);
    this.stepper = new Stepper(model);
    this.firstSteps = new FirstSteps(root, model, stage, this.stepper);
    const draw = (/** @type {string} */ text) => model.edit({ type: "formula", text, viewport: stage.view.viewport });
    const formula = new FormulaBar(root, draw);
    this.formula = formula;
    this.question = new QuestionStrip(model, progress, this.stepper, () => this.panels.open("lesson"));
    this.asked = new AskedNumbers(model, (step) => this.stepper.enter(() => this.stepper.go(step)));
    this.palette = new Palette(edits, () => search.beginAtCorner());
    this.table = new NodeTable((id, column) => {
      model.selection.select([id]);
      this.asked.begin(id, column);
    });
    this.panels = new Panels(
      { model, stage, edits, stepper: this.stepper, table: this.table, theme: () => themeOf(root),
        running: rememberedSwitch("step-code", true), share: () => this.answers.askForLink() },
      { details: rememberedSwitch("step-details") },
    );
    this.derivation = new DerivationStrip(model);
    this.widths = rememberedSwitch("wire-widths");
    this.toggles = new LookToggles((name) => this.#toggle(name));
    this.answers = new Answers(model, stage, { formula, editor, panels: this.panels, sharing: new Sharing(model, dialogs), asked: this.asked });
    this.room = new ClassRoom({ model, stage, dialogs, asked: this.asked, stepper: this.stepper, answers: this.answers, root });
    /** @param {string} id */
    const enter = (id) => {
      if (model.picture.nodes[id]?.op === BLOCK) return this.blocks.open(id);
      return hiddenAt(model.picture, id).some(({ kind }) => kind === "data") ? this.asked.begin(id, "data") : editor.begin(id) || this.asked.begin(id);
    };
    const clipboard = new Clipboard(model, edits, {
      root, ownsPage, offerFormula: (text) => formula.offer(text), remembered: rememberedText("copied"),
    });
    this.toolbar = new Toolbar({
      undo: () => model.command({ type: "undo" }), redo: () => model.command({ type: "redo" }),
      tidy: () => this.#tidy(), share: () => this.answers.askForLink(),
      myGraphs: () => this.keeping.dialog.show(), makeBlock: () => this.blocks.make(), openBlock: () => this.blocks.openSelected(),
      present: () => this.presenting.turn(),
    }, new Menu(menuEntries({ model, stage, dialogs, root, room: this.room, tidy: () => this.#tidy(), firstSteps: this.firstSteps, openPanel: (name) => this.panels.open(name) })).box);
    this.presenting = new Presenting(root, stage, this.stepper);
    new Printing(root, {
      aspect: () => stage.framing.aspect, fit: () => stage.framing.fitNow(), setTheme: (theme) => this.#setTheme(theme ?? themeOf(root)),
    }, { stage: stage.element, table: this.table });
    this.selectionBar = new SelectionBar(model, {
      rename: (id) => void editor.beginName(id), enter, duplicate: () => clipboard.duplicate(),
      copy: () => clipboard.copy(), paste: () => void clipboard.pasteFromButton(), makeBlock: () => this.blocks.make(),
      delete: () => edits.deleteSelected(undefined), hide: (numbers, hidden) => this.room.lets(hidden) && model.edit({ type: "hide", numbers, hidden }),
      setRole: (nodes, role) => model.edit({ type: "set role", nodes, ...(role && { role }) }),
    });
    stage.hint.append(...startsOf({
      addInput: () => edits.addInView("Input"), draw, openLesson: (lesson) => this.openLesson(lesson),
      paste: () => void clipboard.pasteFromButton(),
    }));
    this.time = new TimeStrip(this.stepper, {
      chooseVariant: (variant) => model.command({ type: "variant", variant }),
      setAutomatic: (automatic) => model.command({ type: "automatic", automatic }),
      differentiate, toggleDetails: () => this.panels.toggleDetails(), leave: () => this.panels.toggleSteps(), stop: () => model.command({ type: "stop" }),
    }, this.derivation.box, { zoom: (factor) => stage.view.zoom(factor), fit: () => stage.framing.fit() });
    layOut(root, {
      top: [formula.box, this.toolbar.bar], strips: [this.keeping.line, this.question.box, this.asked.box, this.room.box, this.firstSteps.box, this.palette.bar],
      stage: stage.element, side: this.panels.side, rail: [this.blocks.up, this.panels.rail, this.toggles.box],
      bottom: [this.time.box, this.table.home],
    });
    this.selectionBar.standOn(stage.element, this.panels.rail);

    this.pointer = new Pointer(model, stage, {
      edits, wiring: this.wiring, blocks: this.blocks, enter, searchAt: (point) => search.beginAt(point),
      editValue: enter, ask: (id, kind) => turnHidden(model, id, kind) || this.asked.begin(id, kind), rename: (id) => editor.beginName(id),
      derive: (id, number) => turnHidden(model, id, number) || this.derivation.open(id, number),
      selectsMore: () => this.selectionBar.selectsMore, pick: (id) => this.stepper.pickAt(id),
      pause: () => this.stepper.at.isPlaying && this.stepper.togglePlay(), ownsPage,
    });
    const keyboard = new KeyboardWiring(model, stage, this.wiring);
    new Keys(root, model, stage, {
      edits, search, editor, blocks: this.blocks, clipboard, wiring: keyboard,
    }, {
      enter, putBack: () => this.#putBack(), tidy: () => this.#tidy(), toggle: (name) => this.#toggle(name),
      toggleSteps: () => this.panels.toggleSteps(), toggleInspector: () => this.panels.toggle("inspect"),
      explainNumber: (id) => this.derivation.turn(id), pressStep: (event) => this.stepper.press(event),
      showShortcuts: () => dialogs.showShortcuts(), present: () => this.presenting.turn(),
      usesLetters: () => dialogs.letters.get(), ownsPage,
    });
    takeFiles(ownsPage ? globalThis : root, {
      largestBytes: () => model.picture.settings.document.largestBytes, refuse: (text) => stage.tellAt(null, text),
      open: (text, name) => (isTable(name) ? void model.edit({ type: "set table", text }) : void model.command({ type: "open", text, name })),
    });
  }

  /**
   * Take in a message from Python, once this tab knows what it has stored.
   * @param {Message} message
   */
  receive(message) {
    this.keeping.whenAwake(message.openedByLink, () => this.model.receive(message));
  }

  /** @param {number} lesson its place in the list, counted from 0 */
  openLesson(lesson) {
    this.model.command({ type: "lesson", lesson });
  }

  /**
   * A session is met for the first time: what was looked at before is looked at again.
   * @param {Meeting} meeting
   * @param {import("./model/page_model.js").Welcome} welcome
   */
  #meet(meeting, welcome) {
    const { look, shows, step, greets } = meeting;
    this.look.returning = look;
    const damaged = this.keeping.meet(meeting);
    this.answers.meet((greets && welcome.greeting) || damaged);
    this.stepper.forget();
    this.firstSteps.meet(meeting, welcome);
    if (shows) this.toggles.mark(this.model.look);
    else if (this.widths.get()) this.#toggle("widths");
    if (shows) this.panels.reopen();
    if (this.model.steps.isOpen) this.model.steps.returnTo(step);
  }

  /** Take in that Streamlit's theme may be another. */
  followTheme() {
    this.#setTheme(themeOf(this.root));
  }

  /** @param {import("./parts/theme.js").Theme} theme */
  #setTheme(theme) {
    this.root.dataset.theme = theme;
    this.stage.drawing.setTheme(this.model.picture, theme);
  }

  /**
   * @param {Picture} before
   * @param {Picture} picture
   */
  #show(before, picture) {
    const { model, stage, stepper } = this;
    if (picture.messages !== before.messages) setMessages(picture.messages, picture.language);
    if (picture.language !== before.language) this.root.lang = picture.language ?? "";
    const isEmpty = picture.order.length === 0;
    this.palette.show(picture.catalogue);
    stage.hint.hidden = !isEmpty;
    // While somebody steps the graph gets the palette's place; without a graph there is nothing to step through.
    this.root.classList.toggle("stepping", model.steps.isOpen && !isEmpty);
    // Nobody has done anything yet: what is laid out for the room stands there at once.
    stage.drawing.show(before, picture, themeOf(this.root), model.answer?.ack !== 0);
    stage.frames.show(picture);
    this.blocks.settle(picture);
    stage.overlay.show(picture, model.selection.nodes);
    stage.readout.show(picture, model.selection.only);
    stage.labels.show(picture);
    this.blocks.land();
    this.table.show(picture, model.selection.nodes);
    this.selectionBar.show();
    const { step, moved } = model.steps;
    const candidates = picture.order.filter((id) => candidateAt(picture, id, stepper.candidates) !== undefined);
    this.output.show(picture, (id) => stage.overlay.elementOf(id));
    stage.overlay.tell(picture, { step, candidates });
    stage.flow.show(step, moved, stepper.speed);
    this.question.show(picture);
    this.asked.show(picture, model.steps.next);
    this.room.show(picture);
    this.time.show(picture, model.answer);
    this.formula.show(picture.formula ?? "");
    this.panels.show(picture);
    this.derivation.show(picture);
    this.toggles.show(picture);
    const isKnown = model.answer || !model.stored?.history?.past.length; // before a session is met, that there is nothing to undo
    if (isKnown) this.toolbar.nameSteps(model.answer ?? { undo: "", redo: "" }, model.outbox.pending);
    this.wiring.keepTo(picture);
    this.pointer.keepTo(picture);
    const follows = step && step.node in picture.nodes && candidates.length === 0; // what may be picked is all in sight
    stage.framing.follow(follows ? [step.node, ...neighboursOf(picture, step.node)] : [], model.steps.hasReturned); // measures what is written
    if (picture.document !== before.document) {
      stage.framing.fitWhenDrawn();
      if (before.document !== undefined) this.panels.openOfLesson(picture.lesson?.panel, this.root.clientWidth);
      this.onOpen();
    } else if (picture.drawn !== before.drawn) stage.framing.fitNext();
    stepper.settle();
    this.firstSteps.show(picture);
    this.onShow(picture);
  }

  /** @param {Message} message */
  #answer(message) {
    // Where the graph did not have to be fitted anew, it is looked at as before.
    if (!this.stage.framing.isWaiting) this.look.returning = null;
    this.answers.tell(message);
    this.stage.rest();
    this.keeping.recorder.see(this.model.picture);
    this.time.progress.show(message.progress);
    this.stepper.acknowledge(message.ack);
  }

  /** Something else is selected. */
  #mark() {
    this.stage.mark(this.model.selection);
    this.table.mark(this.model.selection.nodes);
    this.panels.mark();
    this.derivation.mark();
    this.toolbar.offerBlock(this.blocks.isOneSelected);
    this.selectionBar.show();
    this.#clearNodes();
  }

  /**
   * A number is tapped that is read beside its small node: what can be edited is, all else is derived.
   * @param {string} id
   * @param {"data" | "grad"} part
   */
  #pressNumber(id, part) {
    if (part === "data" && this.model.picture.nodes[id]?.op === INPUT) this.editor.begin(id);
    else this.derivation.open(id, part);
  }

  /** Keep the bar of what is selected, and what is said of the output, from covering a node. */
  #clearNodes() {
    this.output.place(this.stage.view.scale);
    this.blocks.offerUp();
    this.selectionBar.keepClear(() => this.stage.nodesOnStage(), this.stage.view);
  }

  /** @param {import("./panels/look_toggles.js").Toggle} name */
  #toggle(name) {
    this.model.lookAt({ [name]: !this.model.look[name] });
    if (name === "widths") this.widths.set(this.model.look.widths);
    this.toggles.mark(this.model.look);
    return true;
  }

  /** Lay the graph out anew; the view follows when the nodes have arrived. */
  #tidy() {
    this.stage.view.release();
    this.model.command({ type: "tidy", viewport: this.stage.view.viewport });
    return true;
  }

  /** Escape: what is in hand goes back; then the selection goes. */
  #putBack() {
    this.stage.notice.clear();
    if (this.presenting.isOn) return this.presenting.turn(false);
    if (!this.pointer.cancel() && !this.derivation.close() && !this.firstSteps.end()) this.model.selection.select([]);
    return true;
  }
}
