/** In every page, from its beginning: tell the words that people read or hear and that bear no mark. */
(() => {
  const ATTRIBUTES = ["title", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "placeholder", "alt", "label"];
  const NAMES = ["data-node", "data-row", "data-frame", "data-port", "data-output"];
  const CODE = "code, pre, [data-testid=stIconMaterial], mi";
  const SILENT = new Set(["TIME", "STYLE", "SCRIPT", "NOSCRIPT", "TEXTAREA", "TEMPLATE"]);
  const UNMARKED = /(?<![\u200b\w])[A-Za-z]{3,}/;
  const names = new Set();
  const told = new Set();
  let waiting = new Map();

  const keep = (text, element) => {
    if (text && /[A-Za-z]{3}/.test(text) && !told.has(text)) waiting.set(text, element);
  };

  const look = (element) => {
    if (SILENT.has(element.tagName)) return;
    for (const name of NAMES) for (const word of (element.getAttribute(name) ?? "").match(/\w+/g) ?? []) names.add(word);
    for (const name of ATTRIBUTES) keep(element.getAttribute(name), element);
    if (element.matches("input, textarea")) for (const word of element.value.match(/\w+/g) ?? []) names.add(word);
    if (element.closest(".source, .ran, .method") !== null) return; // the engine's own lines
    const isCode = element.closest(CODE) !== null;
    for (const { nodeType, data } of element.childNodes) {
      if (nodeType === Node.TEXT_NODE) keep(isCode ? data.match(/(?<=#\s).*/)?.[0] : data, element);
    }
    if (element.shadowRoot) lookAll(element.shadowRoot);
  };

  const lookAll = (root) => {
    if (root.nodeType === Node.ELEMENT_NODE) look(root);
    for (const element of root.querySelectorAll("*")) look(element);
  };

  const place = (element) => {
    const near = element.closest("[data-testid], [data-control], [class]");
    return [element.tagName.toLowerCase(), near?.dataset.testid ?? near?.dataset.control ?? near?.getAttribute("class") ?? ""].join(" ");
  };

  const tell = () => {
    const found = [];
    for (const [text, element] of waiting) {
      told.add(text);
      if (UNMARKED.test(text)) found.push([text, place(element)]);
    }
    waiting = new Map();
    const isEnglish = !/^(zh|ja)/.test(document.documentElement.lang);
    const isOthers = location.protocol !== "file:" && location.pathname.endsWith(".html"); // a course's page around the frame
    if (found.length && isEnglish && !isOthers) window.tellUnmarked?.({ found, names: [...names] });
  };

  let timer = 0;
  const observer = new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      const element = target.nodeType === Node.TEXT_NODE ? target.parentElement : target;
      if (element?.nodeType === Node.ELEMENT_NODE) look(element);
      for (const added of addedNodes) if (added.nodeType === Node.ELEMENT_NODE) lookAll(added);
    }
    timer ||= window.setTimeout(() => {
      timer = 0;
      tell();
    }, 200);
  });
  const observe = (root) =>
    observer.observe(root, { subtree: true, childList: true, characterData: true, attributeFilter: [...ATTRIBUTES, ...NAMES] });

  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    observe(root);
    return root;
  };
  document.addEventListener("input", (event) => {
    const typed = event.composedPath()[0];
    for (const word of String(typed.value ?? "").match(/\w+/g) ?? []) names.add(word);
  }, true);
  window.addEventListener("pagehide", tell);
  observe(document);
})();
