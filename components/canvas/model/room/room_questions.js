/**
 * What a teacher can ask of the graph that is open.
 *
 * @typedef {import("../types/picture_types.js").Picture} Picture
 * @typedef {import("../types/asked_types.js").NumberName} NumberName
 * @typedef {{key: string, name: string, number: NumberName}} AskableNumber key tells it from the numbers of other openings
 */

import { isHidden, keyOf, nameOf } from "../graph/asked.js";
import { allNodes } from "../graph/block_model.js";
import { toDocument } from "../graph/document.js";
import { say } from "../../parts/messages.js";
import { BLOCK, INPUT, portsOf } from "../graph/picture.js";

/**
 * The numbers that can be asked for: those that are hidden first, then every gradient, then what is computed.
 * @param {Picture} picture
 * @returns {AskableNumber[]}
 */
export function askableNumbers(picture) {
  const hidden = (picture.asked ?? []).map((asked) => ({ name: asked.name, number: nameOf(asked) }));
  const nodes = allNodes(picture).filter(({ id, op }) => op !== BLOCK && id in picture.nodes && portsOf(picture, id).out.length <= 1);
  /** @param {"data" | "grad"} kind */
  const of = (kind) => nodes.filter(({ op }) => kind === "grad" || op !== INPUT)
    .map(({ id, name }) => ({ name: `${name}.${kind}`, number: /** @type {NumberName} */ ([id, kind, 0]) }));
  /** @type {Map<string, AskableNumber>} */
  const found = new Map();
  for (const each of [...hidden, ...of("grad"), ...of("data")]) {
    if (!found.has(each.name)) found.set(each.name, { ...each, key: `${picture.document} ${each.name}` });
  }
  return [...found.values()];
}

/**
 * What a question asks, even where nobody has put it into words.
 * @param {{kind?: string, title?: string, asked?: string}} question
 */
export function titleOf({ kind, title, asked = "" }) {
  if (title) return title;
  if (kind === "build") return say("Build the graph that is asked for.");
  if (kind === "function") return say("Which Function comes next?");
  return kind === "choice" ? say("Which is right?") : say("What is {name}?", { name: asked });
}

/**
 * What the open lesson, or the graph's hidden numbers, ask next; null where all of it was asked. Where a lesson offers choices,
 * its question is about them, and a number is asked for by its name.
 * @param {Picture} picture
 * @param {ReadonlySet<string>} asked the keys of what was asked before
 * @returns {{key: string, question: Record<string, unknown>} | null}
 */
export function nextQuestion(picture, asked) {
  const { lesson } = picture;
  if (lesson?.choice) {
    const key = `${picture.document} ${lesson.key}`;
    if (!asked.has(key)) return { key, question: choiceOfLesson(picture) };
  }
  const hidden = new Set((picture.asked ?? []).map(({ name }) => name));
  const next = askableNumbers(picture).find(({ name, key }) => hidden.has(name) && !asked.has(key));
  return next ? { key: next.key, question: numberQuestion(picture, next.name, lesson && !lesson.choice ? lesson.question : "") } : null;
}

/**
 * Say what the next question asks, or which lesson asks it; "" where nothing is ready to be asked.
 * @param {Picture} picture
 * @param {ReadonlySet<string>} asked
 * @param {Record<string, any> | undefined} listed the first one of the list
 */
export function comingQuestion(picture, asked, listed) {
  const coming = listed ?? nextQuestion(picture, asked)?.question;
  if (coming) return say("Next: {question}", { question: titleOf(coming) });
  const { number, next, insight } = picture.lesson ?? {};
  if (next !== undefined) return say("Next: the question of the lesson “{title}”", { title: next });
  // Before all is told of a lesson, nobody is told what the next one is called; behind the last one is none.
  return number === undefined || insight !== undefined ? "" : say("Next: the question of the next lesson");
}

/**
 * The graph as a class is asked about it: with what is hidden still, not with what was found, revealed or hidden for the
 * question before, which nobody asks for any more.
 * @param {Picture} picture
 * @param {NumberName} [before] what was hidden for the question before alone
 */
export function documentToAsk(picture, before) {
  const { hidden: _, ...graph } = toDocument(picture);
  const hidden = (picture.asked ?? []).filter((each) => isHidden(each) && keyOf(each) !== before?.join(" ")).map(nameOf);
  return { ...graph, ...(hidden.length > 0 && { hidden }) };
}

/**
 * The keys of what was asked of a graph when a question of it is asked: that, and what comes before it.
 * @param {Picture} picture
 * @param {{asked?: string}} question
 */
export function askedSoFar(picture, { asked }) {
  const numbers = askableNumbers(picture);
  const last = numbers.findIndex(({ name }) => name === asked);
  return [`${picture.document} ${picture.lesson?.key}`, ...numbers.slice(0, last + 1).map(({ key }) => key)];
}

/**
 * @param {Picture} picture
 * @param {string} asked
 * @param {string} title
 */
export function numberQuestion(picture, asked, title) {
  return { kind: "number", title, asked, graph: documentToAsk(picture) };
}

/** The choices of the open lesson: which of them is right the server knows. @param {Picture} picture */
export function choiceOfLesson(picture) {
  return { kind: "choice", title: picture.lesson?.question ?? "", lesson: picture.lesson?.key ?? "", graph: documentToAsk(picture) };
}

/**
 * A choice that somebody has typed, one a line; the right one begins with a star.
 * @param {Picture} picture
 * @param {string} title
 * @param {string} typed
 */
export function typedChoice(picture, title, typed) {
  const lines = typed.split("\n").map((line) => line.trim()).filter((line) => line !== "" && line !== "*");
  const right = lines.findIndex((line) => line.startsWith("*"));
  return {
    kind: "choice", title, choices: lines.map((line) => line.replace(/^\*\s*/, "")), ...(right >= 0 && { right }),
    ...(picture.order.length > 0 && { graph: documentToAsk(picture) }),
  };
}
