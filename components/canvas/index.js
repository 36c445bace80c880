/**
 * What the canvas is to its host: `start` takes the style sheet, and from then on what Python sends is shown: the canvas,
 * and beside it the list of lessons.
 *
 * Streamlit sends a component's JavaScript along with every message of that component, so the half that carries data
 * is only a few lines (see `mount.js`) and finds this half through the registry below.
 *
 * @typedef {import("./model/types/exchange_types.js").Message} Message
 * @typedef {import("./model/types/exchange_types.js").Post} Post
 * @typedef {{language?: string, messages?: import("./parts/messages.js").Messages}} Spoken
 * @typedef {Message & {spared?: string, picture: Spoken}} FirstMessage
 *
 * @typedef {object} First with which every session begins that opens no link
 * @property {string} name
 * @property {Record<string, unknown>} picture
 * @property {boolean} [firstSteps] false where a first visit is not to be offered any
 * @property {string} away what is said while no server answers
 *
 * @typedef {object} Component what Streamlit hands over at every rerun
 * @property {BufferSource} data
 * @property {HTMLElement} parentElement
 * @property {(name: string, value: Post) => void} setStateValue
 *
 * @typedef {object} LessonsComponent
 * @property {{groups: import("./model/types/lesson_types.js").LessonGroup[],
 *   languages: import("./panels/language_choice.js").Language[]}} data
 * @property {HTMLElement} parentElement
 *
 * @typedef {object} Mounted
 * @property {Canvas} canvas
 * @property {Channel} channel
 * @property {{setStateValue: Component["setStateValue"]}} host
 * @property {HTMLElement[]} parts
 * @property {HTMLElement} home
 * @property {EarlyPlace} [early] where it stands until it is at home
 *
 * @typedef {object} Registry
 * @property {(component: Component) => void} [render]
 * @property {(component: LessonsComponent) => void} [showLessons]
 * @property {((render: (component: Component) => void) => void)[]} [whenReady]
 */

import { KeptPictures } from "./away.js";
import { Canvas } from "./canvas.js";
import { EarlyPlace } from "./early_place.js";
import { Channel } from "./model/exchange/channel.js";
import { LastPicture, foreseenPicture } from "./model/kept/foreseen.js";
import { inflated, inflates } from "./parts/inflate.js";
import { Progress } from "./model/kept/progress.js";
import { embeddedPage } from "./panels/sharing/embedded_page.js";
import { LanguageChoice, speak } from "./panels/language_choice.js";
import { LessonList } from "./panels/lessons/lesson_list.js";
import { showControls } from "./panels/sharing/shown_controls.js";
import { browserStorages, localStore, storagesInFrame } from "./parts/browser_storage.js";
import { element, focusedIn } from "./parts/dom.js";
import { isEmbedded } from "./parts/embedding.js";
import { translateHost } from "./parts/host_messages.js";
import { setMessages } from "./parts/messages.js";

/**
 * The page's canvas. Streamlit may put another element in the place of the one that it stands in, when a run was broken
 * off: then it moves there, with all that is under way. A second canvas would number its events anew, and Python would
 * take them for those that it has.
 * @type {Mounted | null}
 */
let mounted = null;
/** The elements in which it has stood. @type {WeakSet<HTMLElement>} */
const homes = new WeakSet();
/**
 * Begun before there is a canvas: other tabs are asked which graphs are theirs, and have some time to answer.
 * @type {ReturnType<typeof browserStorages> | undefined}
 */
let stores;
let styleSheet = "";
/**
 * What every picture in a language holds, where it came before them, and the file's name.
 * @type {{name: string, part: Record<string, unknown>} | undefined}
 */
let constant;
/** What the list of lessons needs of the page: the canvas that opens them, what is open, what is done. */
const page = { canvas: /** @type {Canvas | null} */ (null), lesson: /** @type {number | undefined} */ (undefined) };
const progress = new Progress(localStore());
/** @type {{list: LessonList, languages: LanguageChoice} | undefined} */
let sidebar;
/** What the sidebar is to show once it is known in which language. @type {LessonsComponent | undefined} */
let waiting;

/**
 * Show what Python sent in a component's element; called at every rerun.
 * @param {Component} component
 */
function render({ data, parentElement, setStateValue }) {
  /** @type {FirstMessage} */
  const told = JSON.parse(new TextDecoder().decode(data));
  if (told.spared !== undefined && told.spared !== constant?.name) {
    // In another language than the page was expected in. Where the files do not come at all, another message does.
    (registry().whenReady ??= []).push(() => render({ data, parentElement, setStateValue }));
    return;
  }
  const message = whole(told);
  if (mounted === null) {
    mounted = mountIn(parentElement, message.picture, message);
  } else if (parentElement !== mounted.home) {
    // One that it has left is about to go.
    if (homes.has(parentElement) && mounted.home.isConnected) return;
    mounted.home = parentElement;
    if (mounted.early) mounted.early.leaveFor(() => mounted?.home, moveHome);
    else moveHome();
  }
  homes.add(parentElement);
  mounted.host.setStateValue = setStateValue;
  mounted.canvas.followTheme();
  showControls(mounted.canvas.root, message.linked?.hides);
  mounted.channel.follow(message, document.baseURI);
  mounted.canvas.receive(message);
  if (waiting) showLessons(waiting);
}

/**
 * Make the canvas in an element; nothing is shown on it yet.
 * @param {HTMLElement} home
 * @param {Spoken} spoken
 * @param {FirstMessage} [message] of its session, if that has begun
 * @returns {Mounted}
 */
function mountIn(home, { language = "en", messages }, message) {
  setMessages(messages, language); // before anything is labelled
  document.documentElement.lang = language;
  if (Object.keys(messages ?? {}).length > 0) translateHost();
  const root = element("div", { class: "playground" });
  const parts = [element("style", { text: styleSheet }), root];
  home.append(...parts);
  /** @type {Mounted["host"]} */
  const host = { setStateValue: () => {} }; // nothing is handed over before a session is met
  const channel = new Channel({
    receive: (answer) => canvas.receive(whole(answer)),
    postByHost: (outbox) => host.setStateValue("outbox", outbox),
    open: (url) => new WebSocket(url),
    now: () => performance.now(),
    inflated: inflates ? inflated : null,
  });
  if (message) channel.follow(message, document.baseURI); // it opens while the canvas is made
  const canvas = new Canvas(root, (outbox) => channel.post(outbox), {
    ownsPage: true, onOpen: putAwaySidebar, progress, stores,
    onShow: (picture) => {
      page.lesson = picture.lesson?.number;
      sidebar?.list.markOpen(page.lesson);
      embedded?.show(picture);
      pictures?.noteSoon();
      if (canvas.model.outbox.session !== null) mounted?.early?.show();
    },
  });
  const embedded = embeddedPage(root, canvas.stage.framing);
  const pictures = isEmbedded() ? undefined : new KeptPictures(() => page.canvas?.model);
  page.canvas = canvas;
  return { canvas, channel, host, parts, home };
}

/** Put the canvas where it stands from now on; what has the focus there keeps it. */
function moveHome() {
  if (mounted === null) return;
  const focused = focusedIn(mounted.canvas.root);
  mounted.home.append(...mounted.parts);
  if (focused instanceof HTMLElement && mounted.canvas.root.contains(focused)) focused.focus({ preventScroll: true });
  mounted.early = undefined;
}

/**
 * Show before any session is met what it will show, where that is known.
 * @param {First} first
 */
function showEarly(first) {
  if (constant === undefined) return;
  const { part } = constant;
  const early = new EarlyPlace(first.away);
  mounted = { ...mountIn(early.home, part), early };
  const { canvas: { keeping, model, stage } } = mounted;
  mounted.canvas.followTheme();
  const last = new LastPicture(localStore(), constant);
  const keepLast = () => {
    if (model.entry() !== null && model.pictured !== first.name) last.keep(model.pictured, model.told.picture);
  };
  globalThis.addEventListener("pagehide", keepLast);
  document.addEventListener("visibilitychange", () => document.hidden && keepLast()); // on a phone it may be the last that is told
  keeping.whenAwake("", () => {
    const found = foreseenPicture(model.stored, part, first, last.find());
    if (!found || model.outbox.session !== null) return;
    if (model.stored !== null) early.show(); // now: what is hidden takes no focus
    model.foresee(found.picture, found.name, first.firstSteps);
    // What is too small to be read is laid out for the window when that is known to the server.
    if (stage.framing.isRead) early.show();
  });
}

/**
 * A message with what every picture holds, where Python has spared it: of the difference from no picture.
 * @param {Message} message
 */
function whole(message) {
  const { base, picture } = message;
  if (base !== 0) return /** @type {FirstMessage} */ (message);
  return /** @type {FirstMessage} */ ({ ...message, picture: { ...constant?.part, .../** @type {object} */ (picture) } });
}

/**
 * Show the list of lessons in the sidebar's element; called whenever the sidebar is drawn.
 * @param {LessonsComponent} component
 */
function showLessons(component) {
  waiting = mounted === null ? component : undefined;
  if (mounted === null) return;
  const { data, parentElement } = component;
  if (sidebar === undefined) {
    const list = new LessonList(progress, (lesson) => page.canvas?.openLesson(lesson));
    sidebar = { list, languages: new LanguageChoice(speak) };
    globalThis.addEventListener("storage", () => progress.tell()); // another tab has done one
  }
  const { list, languages } = sidebar;
  if (list.box.parentNode !== parentElement) {
    const product = element("h1", { class: "product", text: "Backprop Playground" });
    parentElement.replaceChildren(element("style", { text: styleSheet }), product, languages.box, list.box);
  }
  languages.show(data.languages, document.documentElement.lang);
  list.show(data.groups);
  list.markOpen(page.lesson);
}

/** In a narrow window Streamlit's sidebar lies over the graph: once a lesson is chosen there, it has to go. */
function putAwaySidebar() {
  const bar = document.querySelector('[data-testid="stSidebar"]:is([data-collapsed="false"], [aria-expanded="true"])');
  const main = document.querySelector('[data-testid="stMain"]');
  if (bar === null || main === null || main.getBoundingClientRect().left >= bar.getBoundingClientRect().right - 1) return;
  const close = bar.querySelector('[data-testid="stSidebarCollapseButton"] button');
  if (close instanceof HTMLElement) close.click();
}

/**
 * Show from now on what Python sends, and what it has sent already.
 * @param {string} sheet the canvas's style
 * @param {{name: string, part: Record<string, unknown>}} [told] what every picture holds, where messages spare it
 * @param {First} [first] with which the session will begin
 * @param {import("./parts/browser_storage.js").Asked} [asked] the other tabs, where they are asked already
 */
export function start(sheet, told, first, asked) {
  styleSheet = sheet;
  constant = told;
  stores ??= isEmbedded() ? storagesInFrame() : browserStorages(asked);
  if (isEmbedded()) document.documentElement.dataset.embedded = ""; // before anything of the page around is seen
  // What installs the page comes at its end, and is read in its head alone.
  document.head.append(...document.querySelectorAll('body > :is([rel="manifest"], [rel="apple-touch-icon"])'));
  const found = registry();
  found.render = render;
  found.showLessons = showLessons;
  if (first && mounted === null && !found.whenReady?.length) showEarly(first);
  found.whenReady?.splice(0).forEach((ready) => ready(render));
}

export { showAway } from "./away.js";

/** What this half and those that Streamlit carries know of each other. @returns {Registry} */
function registry() {
  const window = /** @type {{backpropPlayground?: Registry}} */ (/** @type {unknown} */ (globalThis));
  return (window.backpropPlayground ??= {});
}
