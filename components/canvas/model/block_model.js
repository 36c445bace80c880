/** Questions about the blocks of a picture: what is hidden in closed ones, and how a new one will look. */

export const BLOCK = "Block";

/** All names that nodes and blocks have, those in closed blocks too. @param {any} picture */
export function takenNames(picture) {
  const parts = [picture.nodes, picture.inside?.nodes ?? {}, picture.blocks ?? {}];
  return new Set(parts.flatMap((part) => Object.values(part).map(({ name }) => name)));
}

/** Whether a node or block has an id, be it hidden or not. @param {any} picture */
export function isTaken(picture, id) {
  return id in picture.nodes || id in (picture.inside?.nodes ?? {}) || id in (picture.blocks ?? {});
}

/** The document's own nodes, whether they are seen or not, in its order. @param {any} picture */
export function allNodes(picture) {
  const order = picture.inside?.order ?? picture.order;
  return order.map((id) => ({ id, ...(picture.nodes[id] ?? picture.inside.nodes[id]) }));
}

/** The document's own wires: none leads to a block. @param {any} picture */
export function allEdges(picture) {
  const isNode = (id) => picture.nodes[id]?.op !== BLOCK;
  const seen = Object.values(picture.edges).filter((edge) => isNode(edge.from) && isNode(edge.to));
  return [...seen, ...Object.values(picture.inside?.edges ?? {})];
}

/** The nodes that some ids stand for: a block's stands for its members. @param {any} picture */
export function membersOf(picture, ids) {
  return [...new Set(ids.flatMap((id) => picture.blocks?.[id]?.nodes ?? [id]))];
}

/**
 * Answers, for a wire from source to target, the open block out of which a way would lead and back into it, or "".
 * @param {any} picture
 */
export function borders(picture) {
  const open = Object.values(picture.blocks ?? {}).filter(({ frame }) => frame.length > 0)
    .sort((a, b) => b.nodes.length - a.nodes.length);
  if (open.length === 0) return () => "";
  const inside = new Map(open.map((block) => [block, new Set(block.frame)]));
  // A nested frame is around what it shows; a block around it holds all of that, too.
  const chain = (id) => [...open.filter((block) => inside.get(block).has(id)), id];
  // What a wire joins: two that stand side by side in the smallest block around both its ends.
  const beside = (from, to) => {
    const [sources, targets] = [chain(from), chain(to)];
    const at = sources.findIndex((each, index) => each !== targets[index]);
    return [sources[at], targets[at]];
  };
  const next = new Map();
  for (const { from, to } of Object.values(picture.edges)) {
    const [a, b] = beside(from, to);
    next.set(a, [...(next.get(a) ?? []), b]);
  }
  return (source, target) => {
    const [goal, start] = beside(source, target);
    const met = new Set([start]);
    for (const each of met) for (const other of next.get(each) ?? []) met.add(other);
    const around = [start, goal, ...met].find((each) => typeof each === "object");
    return met.has(goal) && around ? around.name : "";
  };
}

/** A copy's name: sigmoid → sigmoid1, then sigmoid2. @param {Set<string>} taken gets the new name, too */
export function copyName(name, taken) {
  const stem = name.replace(/\d+$/, "") || name;
  let number = 1;
  while (taken.has(`${stem}${number}`)) number += 1;
  taken.add(`${stem}${number}`);
  return `${stem}${number}`;
}

/** The blocks as a document writes them. @param {any} picture */
export function blocksOfDocument(picture) {
  return Object.entries(picture.blocks ?? {}).map(([id, { name, nodes, open, inputs, outputs }]) =>
    ({ id, name, nodes, open, inputs, outputs }));
}

/** The picture with nodes gathered into a closed block, before Python has answered. @param {any} picture */
export function expectBlock(picture, event) {
  const gone = new Set(event.nodes.filter((id) => id in picture.nodes));
  if (event.open || gone.size === 0 || event.id in picture.nodes) return picture;
  const nodes = { ...picture.nodes };
  const places = [...gone].map((id) => nodes[id]);
  for (const id of gone) delete nodes[id];
  const middle = (values) => (Math.min(...values) + Math.max(...values)) / 2;
  const name = event.name ?? copyOrFirst(takenNames(picture));
  const { edges, inputs, outputs } = gathered(picture, event.id, gone);
  nodes[event.id] = {
    ...picture.newBlock, label: picture.newBlock.label.replace("…", name), id: event.id, op: BLOCK, name,
    x: middle(places.map(({ x }) => x)), y: middle(places.map(({ y }) => y)), members: event.nodes.length,
    ports: inputs, outputs: outputs.length ? outputs : ["y"], data: "—", grad: "—", fullData: "", fullGrad: "", state: "waiting",
  };
  const place = picture.order.findLastIndex((id) => gone.has(id));
  const order = picture.order.toSpliced(place, 1, event.id).filter((id) => !gone.has(id));
  return { ...picture, nodes, edges, order };
}

/** The picture with a new node in the open block that it was dropped into, and in those around it. @param {any} picture */
export function expectMember(picture, { id, block }) {
  const held = picture.blocks?.[block];
  if (!held) return picture;
  const blocks = Object.fromEntries(Object.entries(picture.blocks).map(([each, other]) => {
    const holds = held.nodes.every((node) => other.nodes.includes(node));
    return [each, holds ? { ...other, nodes: [...other.nodes, id], frame: [...other.frame, id] } : other];
  }));
  return { ...picture, blocks };
}

/** The wires as they lead to a block in the place of its members, and the names of its ports. */
function gathered(picture, block, gone) {
  const edges = {};
  const [inputs, outputs] = [[], []];
  const place = (list, key) => (list.includes(key) ? list.indexOf(key) : list.push(key) - 1);
  for (const edge of Object.values(picture.edges)) {
    const [leaves, enters] = [gone.has(edge.from), gone.has(edge.to)];
    if (leaves && enters) continue;
    const key = `${picture.nodes[edge.from].name}${edge.output ? `.${edge.output}` : ""}`;
    const drawn = { ...edge };
    if (leaves) Object.assign(drawn, { from: block, output: place(outputs, key) });
    if (enters) {
      const port = place(inputs, key);
      Object.assign(drawn, { id: `${block}:${port}`, to: block, port });
    }
    edges[drawn.id] = drawn;
  }
  return { edges, inputs, outputs };
}

/** The name that Python will give a block: the first free one. */
function copyOrFirst(taken) {
  return taken.has("block") ? copyName("block", taken) : "block";
}
