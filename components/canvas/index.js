/**
 * What the canvas is to its host: `start` takes the style sheet, and from then on what Python sends is shown: the canvas,
 * and beside it the list of lessons.
 *
 * Streamlit sends a component's JavaScript along with every message of that component, so the half that carries data
 * is only a few lines (see `mount.js`) and finds this half through the registry below.
 *
 * @typedef {import("./model/types/exchange_types.js").Message} Message
 * @typedef {import("./model/types/exchange_types.js").Post} Post
 * @typedef {Message & {spared?: string,
 *   picture: {language?: string, messages?: import("./parts/messages.js").Messages}}} FirstMessage
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
 * @typedef {object} Registry
 * @property {(component: Component) => void} [render]
 * @property {(component: LessonsComponent) => void} [showLessons]
 * @property {((render: (component: Component) => void) => void)[]} [whenReady]
 */

import { KeptPictures } from "./away.js";
import { Canvas } from "./canvas.js";
import { Channel } from "./model/exchange/channel.js";
import { inflated, inflates } from "./parts/inflate.js";
import { Progress } from "./model/kept/progress.js";
import { embeddedPage } from "./panels/sharing/embedded_page.js";
import { LanguageChoice, speak } from "./panels/language_choice.js";
import { LessonList } from "./panels/lessons/lesson_list.js";
import { showControls } from "./panels/sharing/shown_controls.js";
import { browserStorages, localStore, storagesInFrame } from "./parts/browser_storage.js";
import { element } from "./parts/dom.js";
import { isEmbedded } from "./parts/embedding.js";
import { translateHost } from "./parts/host_messages.js";
import { setMessages } from "./parts/messages.js";

/**
 * The page's canvas. Streamlit may put another element in the place of the one that it stands in, when a run was broken
 * off: then it moves there, with all that is under way. A second canvas would number its events anew, and Python would
 * take them for those that it has.
 * @type {{canvas: Canvas, channel: Channel, host: {setStateValue: Component["setStateValue"]}, parts: HTMLElement[],
 *   home: HTMLElement} | null}
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
 * @type {{name: string, part: object} | undefined}
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
    setMessages(message.picture.messages, message.picture.language); // before anything is labelled
    const { language = "en" } = message.picture;
    document.documentElement.lang = language;
    if (Object.keys(message.picture.messages ?? {}).length > 0) translateHost();
    const root = element("div", { class: "playground" });
    const parts = [element("style", { text: styleSheet }), root];
    parentElement.append(...parts);
    const host = { setStateValue };
    const channel = new Channel({
      receive: (answer) => canvas.receive(whole(answer)),
      postByHost: (outbox) => host.setStateValue("outbox", outbox),
      open: (url) => new WebSocket(url),
      now: () => performance.now(),
      inflated: inflates ? inflated : null,
    });
    channel.follow(message, document.baseURI); // it opens while the canvas is made
    const canvas = new Canvas(root, (outbox) => channel.post(outbox), {
      ownsPage: true, onOpen: putAwaySidebar, progress, stores,
      onShow: (picture) => {
        page.lesson = picture.lesson?.number;
        sidebar?.list.markOpen(page.lesson);
        embedded?.show(picture);
        pictures?.noteSoon();
      },
    });
    const embedded = embeddedPage(root, canvas.stage.framing);
    const pictures = isEmbedded() ? undefined : new KeptPictures(() => page.canvas?.model);
    mounted = { canvas, channel, host, parts, home: parentElement };
    page.canvas = canvas;
  } else if (parentElement !== mounted.home) {
    // One that it has left is about to go.
    if (homes.has(parentElement) && mounted.home.isConnected) return;
    parentElement.append(...mounted.parts);
    mounted.home = parentElement;
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
 * @param {{name: string, part: object}} [told] what every picture holds, where messages spare it
 */
export function start(sheet, told) {
  styleSheet = sheet;
  constant = told;
  stores ??= isEmbedded() ? storagesInFrame() : browserStorages();
  if (isEmbedded()) document.documentElement.dataset.embedded = ""; // before anything of the page around is seen
  // What installs the page comes at its end, and is read in its head alone.
  document.head.append(...document.querySelectorAll('body > :is([rel="manifest"], [rel="apple-touch-icon"])'));
  const found = registry();
  found.render = render;
  found.showLessons = showLessons;
  found.whenReady?.splice(0).forEach((ready) => ready(render));
}

export { showAway } from "./away.js";

/** What this half and those that Streamlit carries know of each other. @returns {Registry} */
function registry() {
  const window = /** @type {{backpropPlayground?: Registry}} */ (/** @type {unknown} */ (globalThis));
  return (window.backpropPlayground ??= {});
}
