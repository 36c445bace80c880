/**
 * What somebody has typed as an answer and not locked yet.
 *
 * @typedef {Record<string, string>} TypedAnswers by the key of the number that is asked for
 */

const LONGEST = 2000;
const MOST = 500;

/**
 * Read what is stored; undefined where it holds no answer. What is malformed in it is left out.
 * @param {unknown} data
 * @returns {TypedAnswers | undefined}
 */
export function readTypedAnswers(data) {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return undefined;
  const typed = Object.entries(data).filter(([, text]) => typeof text === "string" && text !== "" && text.length <= LONGEST);
  return typed.length > 0 ? Object.fromEntries(typed.slice(0, MOST)) : undefined;
}

/**
 * The answers with another one in the place of what was typed before; undefined where none is left.
 * @param {TypedAnswers | undefined} typed
 * @param {string} key
 * @param {string} text
 * @returns {TypedAnswers | undefined}
 */
export function withTyped(typed, key, text) {
  return readTypedAnswers({ ...typed, [key]: text });
}
