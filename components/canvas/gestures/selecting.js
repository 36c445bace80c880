/**
 * Selecting by hand what is not a node under the pointer.
 *
 * @typedef {import("../model/page_model.js").PageModel} PageModel
 * @typedef {import("../drawing/stage.js").Stage} Stage
 */

import { say } from "../parts/messages.js";

/**
 * Select the nodes whose middles are in a part of the stage.
 * @param {PageModel} model
 * @param {Stage} stage
 * @param {import("../model/types/picture_types.js").Bounds} bounds
 */
export function selectWithin(model, stage, { left, top, right, bottom }) {
  model.selection.select(model.picture.order.filter((id) => {
    const { x, y } = stage.view.toStage(stage.placeOf(id));
    return x >= left && x <= right && y >= top && y <= bottom;
  }));
}

/**
 * Select a wire, and say which one; with null nothing is selected.
 * @param {PageModel} model
 * @param {Stage} stage
 * @param {string | null} wire
 */
export function selectWire(model, stage, wire) {
  const { nodes, edges } = model.picture;
  if (wire !== null) {
    const places = { source: nodes[edges[wire].from].name, target: nodes[edges[wire].to].name };
    stage.announce(say("Wire from {source} to {target} selected. Delete removes it.", places));
  }
  model.selection.selectWire(wire);
}
