/** A file dropped anywhere on the page is opened. */

const LARGEST_FILE_BYTES = 1_000_000;
const LONGEST_NAME = 200;

/** @param {import("../canvas.js").Canvas} canvas */
export function takeFiles(canvas) {
  const isFile = (event) => event.dataTransfer?.types.includes("Files");
  globalThis.addEventListener("dragover", (event) => {
    if (isFile(event)) event.preventDefault();
  });
  globalThis.addEventListener("drop", async (event) => {
    if (!isFile(event) || event.defaultPrevented) return;
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file === undefined) return;
    if (file.size > LARGEST_FILE_BYTES) {
      canvas.sayAt(null, `${file.name} is larger than ${LARGEST_FILE_BYTES} bytes, the limit for a graph.`);
      return;
    }
    canvas.command("open", { text: await file.text(), name: file.name.slice(0, LONGEST_NAME) });
  });
}
