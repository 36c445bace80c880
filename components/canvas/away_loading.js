/** Take in what the page needs while its server is away: the canvas and its style, out of the browser's own store. */

const [{ showAway }, sheet] = await Promise.all([
  import(/** @type {string} */ ("./canvas.js".slice())), fetch(new URL("./style.css", import.meta.url)).then((answer) => answer.text()),
  import(/** @type {string} */ ("./vis-network.js".slice())),
]);
await showAway(sheet);
export {};
