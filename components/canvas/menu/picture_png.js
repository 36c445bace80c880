/** The picture as PNG, painted by the browser from the one writer's SVG. */

import { element } from "../parts/dom.js";
import { saveFile } from "../parts/save_file.js";
import { say } from "../parts/messages.js";
import { exportEntry } from "./exporting.js";

const SHARPNESS = 3;
/** Of a side, and of all, in pixels: more than that browsers refuse. */
const LONGEST_SIDE = 8_000;
const MOST_PIXELS = 40_000_000;

/** @param {import("./menu.js").MenuTools} tools */
export function picturePngEntry(tools) {
  return exportEntry(tools, "picture-png", say("Picture (PNG)"), "svg", async ({ text }) => {
    const painted = await paint(text).catch(() => null);
    if (painted) saveFile(painted, "image/png", "graph.png");
    else tools.stage.tellAt(null, say("This browser did not paint the picture. Take it as SVG."));
  });
}

/**
 * @param {string} svg
 * @returns {Promise<Blob | null>}
 */
async function paint(svg) {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = element("img");
    image.src = url;
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const scale = Math.min(SHARPNESS, LONGEST_SIDE / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)));
    const canvas = element("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
    const context = canvas.getContext("2d");
    if (context === null) return null;
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  } finally {
    URL.revokeObjectURL(url);
  }
}
