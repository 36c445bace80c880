/**
 * What a student is told of their answer, from the first one to the reveal.
 *
 * @typedef {import("../types/room_types.js").RoomState} RoomState
 * @typedef {import("../types/room_types.js").RoomQuestion} RoomQuestion
 * @typedef {import("../types/room_types.js").YouTold} YouTold
 */

import { say } from "../../parts/messages.js";

/**
 * What a student has answered in the present vote; undefined where nothing came.
 * @param {RoomState} state
 */
export function givenNow({ told, you }) {
  return told?.round === undefined ? undefined : you?.answers?.[told.round];
}

/**
 * The sentence below a question, with the student's own answer in it as long as the question stands.
 * @param {RoomState} state
 */
export function answerSentence(state) {
  const { question, told, you } = state;
  if (question === undefined || told?.phase === undefined) return "";
  if (told.phase === "revealed") return revealed(question, you);
  const given = givenNow(state);
  const isShort = question.kind !== "build";
  const answer = given ? asRead(question, given.text) : "";
  if (told.phase === "closed") {
    if (!given) return say("The vote is closed. You did not answer.");
    return isShort ? say("The vote is closed. Your answer counts: {answer}.", { answer }) : say("The vote is closed. Your answer counts.");
  }
  if (!given) return told.round === 1 ? "" : say("Vote again: talk it over, and answer once more.");
  if (given.locked) return isShort ? say("Your answer {answer} is locked.", { answer }) : say("Your answer is locked.");
  return isShort ? say("Your answer is {answer}. You can change it until you lock it.", { answer })
    : say("Your graph is handed over. You can change your answer until you lock it.");
}

/**
 * The last answer beside the right one, and what it comes of.
 * @param {RoomQuestion} question
 * @param {YouTold | undefined} you
 */
function revealed(question, you) {
  const { right = "", sentence = "", isRight } = you?.revealed ?? {};
  return [verdict(question, you, isRight), sentence, right && say("Right: {answer}.", { answer: right })].filter(Boolean).join(" ");
}

/**
 * @param {RoomQuestion} question
 * @param {YouTold | undefined} you
 * @param {boolean | null | undefined} isRight
 */
function verdict(question, you, isRight) {
  if (isRight === true) return say("Your answer is right.");
  if (question.kind === "build") return isRight === false ? say("Your answer was another one.") : "";
  // It is the last vote that is judged, also of somebody who was away in the present one.
  const last = Object.entries(you?.answers ?? {}).sort(([one], [other]) => Number(other) - Number(one))[0];
  return last ? say("You answered {answer}.", { answer: asRead(question, last[1].text) }) : "";
}

/**
 * An answer as people read it: of a choice the words, which are handed over as a place.
 * @param {RoomQuestion} question
 * @param {string} text
 */
function asRead({ kind, choices }, text) {
  return kind === "choice" ? (choices?.[Number(text)] ?? "") : text;
}
