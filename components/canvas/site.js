/**
 * The page without a server: canvas, sidebar, and Python in a worker. What Streamlit is on a server, this is here.
 *
 * @typedef {import("./site/site_types.js").Site} Site
 * @typedef {import("./model/types/exchange_types.js").Message} Message
 * @typedef {import("./parts/messages.js").Messages} Messages
 */

import { Canvas } from "./canvas.js";
import { fileText, isTable } from "./model/text/file_text.js";
import { Progress } from "./model/kept/progress.js";
import { embeddedPage } from "./panels/sharing/embedded_page.js";
import { LANGUAGE_COOKIE } from "./panels/language_choice.js";
import { showControls } from "./panels/sharing/shown_controls.js";
import { browserStorages, localStore, storagesInFrame } from "./parts/browser_storage.js";
import { element } from "./parts/dom.js";
import { isEmbedded } from "./parts/embedding.js";
import { saveFile } from "./parts/save_file.js";
import { setMessages } from "./parts/messages.js";
import { bestLanguage } from "./site/language.js";
import { Loading } from "./site/loading.js";
import { PythonInBrowser } from "./site/python.js";
import { Sidebar } from "./site/sidebar.js";

/** As the page's own links name them, with a server as without. */
const [LINK, LANGUAGE] = ["graph", "lang"];
/** Characters of a file's name that are told. */
const LONGEST_NAME = 200;

/** Begin with what the builder has written into the page. */
export function start() {
  /** @type {Site} */
  const site = JSON.parse(document.getElementById("site")?.textContent ?? "");
  if (isEmbedded()) document.documentElement.dataset.embedded = "";
  void begin(site);
}

/** @param {Site} site */
async function begin(site) {
  const asked = new URLSearchParams(location.search);
  const [link, language] = [asked.get(LINK) ?? "", asked.get(LANGUAGE) ?? ""];
  const preferred = [rememberedLanguage(), ...navigator.languages];
  const spoken = bestLanguage([language, ...preferred], site.languages);
  speak(await messagesOf(site, spoken), spoken); // until Python says which one the link asks for
  new SitePage(site, { link, language, preferred });
}

class SitePage {
  /** @type {import("./site/site_types.js").Beside | undefined} */
  #beside;
  /** @type {Canvas | null} */
  #canvas = null;
  #loading = new Loading();

  /**
   * @param {Site} site
   * @param {import("./site/site_types.js").Asked["page"]} page
   */
  constructor(site, page) {
    const { worker, version, python } = site;
    this.site = site;
    this.main = element("main", {}, [this.#loading.box]);
    document.body.append(this.main);
    this.python = new PythonInBrowser(() => new Worker(worker, { type: "module" }), {
      base: new URL(".", location.href).href, version, python, page,
    }, {
      onProgress: (stage, share) => this.#loading.show(stage, share),
      onBeside: (beside) => void (this.#beside = beside),
      onMessage: (message) => this.#receive(message),
      onFault: (reason) => this.#fail(reason),
    });
    this.python.begin();
  }

  /** @param {Message} message */
  #receive(message) {
    this.#canvas ??= this.#made(/** @type {{language?: string, messages?: Messages}} */ (message.picture));
    showControls(this.#canvas.root, message.linked?.hides);
    this.#canvas.receive(message);
  }

  /** @param {{language?: string, messages?: Messages}} picture */
  #made({ language = "en", messages }) {
    speak(messages, language); // before anything is labelled
    const progress = new Progress(localStore());
    globalThis.addEventListener("storage", () => progress.tell()); // another tab has done one
    const root = element("div", { class: "playground" });
    const sidebar = new Sidebar(progress, {
      openLesson: (lesson) => canvas.openLesson(lesson),
      openNew: () => void canvas.model.command({ type: "new" }),
      openFile: (file) => void open(canvas, file),
      save: () => void this.#save(),
    });
    document.body.prepend(sidebar.box);
    this.main.replaceChildren(sidebar.opening, root);
    const canvas = new Canvas(root, (outbox) => this.python.post(outbox), {
      ownsPage: true, progress,
      onOpen: () => sidebar.makeRoom(), stores: isEmbedded() ? storagesInFrame() : browserStorages(),
      onShow: (picture) => {
        sidebar.list.markOpen(picture.lesson?.number);
        embedded?.show(picture);
      },
    });
    const embedded = embeddedPage(root, canvas.stage.framing);
    if (this.#beside) sidebar.show(this.#beside, language);
    globalThis.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => canvas.followTheme());
    canvas.followTheme();
    keepSite(this.site);
    return canvas;
  }

  async #save() {
    if (this.#beside) saveFile(await this.python.save(), "application/json", this.#beside.fileName);
  }

  /** @param {string} reason */
  #fail(reason) {
    this.#loading.fail(reason);
    if (!this.#loading.box.isConnected) this.main.prepend(this.#loading.box);
  }
}

/**
 * @param {Canvas} canvas
 * @param {File} file
 */
async function open({ model, stage }, file) {
  const { text, refusal } = fileText(await file.arrayBuffer().catch(() => null), file.name);
  if (text === undefined) stage.tellAt(null, refusal);
  else if (isTable(file.name)) model.edit({ type: "set table", text });
  else model.command({ type: "open", text, name: file.name.slice(0, LONGEST_NAME) });
}

/**
 * @param {Messages | undefined} messages
 * @param {string} language
 */
function speak(messages, language) {
  setMessages(messages, language);
  document.documentElement.lang = language;
}

/** Have all of the site kept in this browser, where it may. @param {Site} site */
function keepSite({ serviceWorker }) {
  // Over plain http there is none but on localhost; the page then needs its host each time.
  navigator.serviceWorker?.register(serviceWorker).catch((error) => console.warn(error));
}

function rememberedLanguage() {
  try {
    const pair = document.cookie.split("; ").find((each) => each.startsWith(`${LANGUAGE_COOKIE}=`));
    return decodeURIComponent(pair?.slice(LANGUAGE_COOKIE.length + 1) ?? "");
  } catch {
    return ""; // no cookies here
  }
}

/**
 * @param {Site} site
 * @param {string} language
 * @returns {Promise<Messages | undefined>}
 */
async function messagesOf(site, language) {
  const path = site.messages[language];
  const answer = path === undefined ? undefined : await fetch(path).catch(() => undefined);
  return answer?.ok ? answer.json() : undefined; // the beginning is said in English
}
