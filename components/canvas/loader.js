/** Bring the canvas from the server's route; where the browser cannot, Python is told and sends it as one script. */

export default function ({ data, setStateValue }) {
  const registry = (globalThis.backpropPlayground ??= {});
  registry.loading ??= load(data).catch(() => setStateValue("missing", true));
}

async function load({ folder, entry, library, style, modules }) {
  const base = new URL(folder, document.baseURI);
  const urlOf = (path) => new URL(path, base).href;
  // All at once: the browser would otherwise learn of a module only when it has read the one that imports it.
  for (const path of modules) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href: urlOf(path) }));
  }
  const [canvas, sheet] = await Promise.all([import(urlOf(entry)), textOf(urlOf(style)), import(urlOf(library))]);
  canvas.start(sheet);
}

async function textOf(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.text();
}
