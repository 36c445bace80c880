/**
 * The picture's graph as a document of the playground's format.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {import("../types/event_types.js").GraphDocument} GraphDocument
 */

import { nameOf } from "./asked.js";
import { allBlocks, allEdges, allNodes } from "./block_model.js";

/**
 * @param {Picture} picture
 * @returns {GraphDocument}
 */
export function toDocument(picture) {
  const { format, version } = picture.settings.document;
  return {
    format,
    version,
    nodes: allNodes(picture).map(({ id, name, op, value, parameters, role, x, y, named, written }) => ({
      id, op, name, value: value ?? null, parameters: Object.fromEntries(parameters ?? []), position: [x, y],
      ...(role && { role }), ...(named && { named }), ...(written && { written }),
    })),
    edges: allEdges(picture).map(({ from, output, to, port }) => ({ from, output, to, port })),
    output: picture.chosen ? { node: picture.chosen[0], output: picture.chosen[1] } : null,
    blocks: allBlocks(picture),
    ...(picture.ranges && { ranges: picture.ranges }),
    ...(picture.asked && { hidden: picture.asked.map(nameOf) }),
    ...(picture.training && { training: picture.training }),
    ...(picture.lesson?.carried && { lesson: picture.lesson.carried }),
  };
}
