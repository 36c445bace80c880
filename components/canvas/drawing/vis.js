/**
 * The part of vis-network that the drawing uses, in types; it comes with pyvis and stands in the page as `vis`.
 *
 * @typedef {{x: number, y: number}} Point
 *
 * @typedef {{text: string, mod: string, width: number}} VisBlock words of one face
 * @typedef {{width: number, height: number, blocks?: VisBlock[]}} VisLine
 * @typedef {{lines?: VisLine[], lineCount: number, fontOptions: {size: number}, draw?: () => void}} VisLabel
 *
 * @typedef {object} VisNode
 * @property {number} x
 * @property {number} y
 * @property {{width: number, height: number}} shape
 * @property {VisLabel} [labelModule]
 *
 * @typedef {object} VisEdgeType what draws an edge; its ends are read at every frame
 * @property {VisNode} from
 * @property {VisNode} fromPoint
 * @property {VisNode} to
 * @property {VisNode} toPoint
 * @property {(share: number, via?: unknown) => Point} getPoint
 * @property {(context: CanvasRenderingContext2D, values: object, ...via: unknown[]) => void} _line
 * @property {(context: CanvasRenderingContext2D, side: string, via: unknown, ...rest: unknown[]) => VisArrow} getArrowData
 * @property {(context: CanvasRenderingContext2D, values: object) => void} drawBackground
 *
 * @typedef {{point: Point, core: Point, angle: number, length: number}} VisArrow
 *
 * @typedef {{id: string, edgeType?: VisEdgeType, labelModule?: VisLabel}} VisEdge
 *
 * @typedef {object} VisBody
 * @property {Record<string, VisNode>} nodes
 * @property {Record<string, VisEdge>} edges
 * @property {{emit: (name: string) => void}} emitter
 * @property {{scale: number, translation: Point}} view
 *
 * @typedef {object} VisNetwork
 * @property {VisBody} body
 * @property {{allowRedraw: boolean}} renderer
 * @property {(name: string, act: () => void) => void} on
 * @property {(options: object) => void} setOptions
 * @property {(width: string, height: string) => void} setSize
 * @property {(selected: {nodes: string[], edges: string[]}) => void} setSelection
 * @property {() => void} redraw
 *
 * @typedef {object} Vis
 * @property {new <Item extends {id: string}>(items: readonly Item[]) => DataSet<Item>} DataSet
 * @property {new (element: HTMLElement, data: object, options: object) => VisNetwork} Network
 */

/**
 * @template {{id: string}} Item
 * @typedef {object} DataSet
 * @property {(ids: readonly string[]) => void} remove
 * @property {(items: readonly Item[]) => void} add
 * @property {(items: readonly Partial<Item>[]) => void} update
 * @property {(id: string) => Item} get
 */

/** vis-network, once the page has it. */
export function vis() {
  return /** @type {{vis: Vis}} */ (/** @type {unknown} */ (globalThis)).vis;
}

/**
 * Change what vis-network holds. By itself it would draw all of it at once, for every change, and the frame after it again.
 * @param {VisNetwork} network
 * @param {() => void} change
 */
export function withoutDrawing(network, change) {
  const { renderer } = network;
  renderer.allowRedraw = false;
  change();
  renderer.allowRedraw = true; // by its own event it would forget besides that a frame is asked for
}
