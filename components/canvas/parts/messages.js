/**
 * Say a message: look it up in the language that is spoken, and fill its named places.
 *
 * A message is a whole sentence or label, written in English where it is used; Python hands over the texts of another
 * language (`setMessages`). The same door as Python's `engine.messages`.
 *
 * @typedef {Readonly<Record<string, string | readonly string[]>>} Messages English message → text, or its plural forms
 */

/** As the Unicode Consortium names them, in the order in which gettext has a language's forms. */
const PLURALS = /** @type {const} */ (["zero", "one", "two", "few", "many", "other"]);

/** @type {Messages} */
let catalogue = {};
let plurals = new Intl.PluralRules("en");

/**
 * Speak another language: English without a catalogue, and where one lacks a message.
 * @param {Messages | undefined} messages
 * @param {string} [language] its code
 */
export function setMessages(messages, language = "en") {
  catalogue = messages ?? {};
  plurals = new Intl.PluralRules(language.replaceAll("_", "-"));
}

/**
 * Return a message in the language that is spoken, with its places filled: "{x} → {y}" by `{x, y}`.
 * A message without places may hold braces as they are. Throws for a place that is not filled.
 * @param {string} message a literal, or a constant that was marked
 * @param {Readonly<Record<string, string | number>>} [places]
 * @returns {string}
 */
export function say(message, places) {
  const found = catalogue[message];
  const text = typeof found === "string" && found !== "" ? found : message;
  return places === undefined ? text : filled(text, places);
}

/**
 * Return the message for a count, in the right plural form: the place `{count}` is filled by itself.
 * @param {string} one
 * @param {string} many
 * @param {number} count
 * @param {Readonly<Record<string, string | number>>} [places]
 * @returns {string}
 */
export function sayCount(one, many, count, places = {}) {
  const found = catalogue[one];
  const text = Array.isArray(found) && found.length > 0 ? found[formOf(count, found.length)] : count === 1 ? one : many;
  return filled(text, { count, ...places });
}

/**
 * Which of a language's plural forms a count takes. The browser may tell more apart than there are, such as fractions.
 * @param {number} count
 * @param {number} forms
 */
function formOf(count, forms) {
  const told = plurals.resolvedOptions().pluralCategories;
  const place = PLURALS.filter((each) => told.includes(each)).indexOf(plurals.select(count));
  return Math.min(place, forms - 1);
}

/**
 * Return a message as it is, to be said later; the catalogue then knows of it.
 * @param {string} message
 */
export function mark(message) {
  return message;
}

/**
 * Return a list in words: "a", "a and b", "a, b and c".
 * @param {readonly string[]} items
 * @returns {string}
 */
export function listed(items) {
  if (items.length < 2) return items[0] ?? "";
  return say("{most} and {last}", { most: items.slice(0, -1).join(say(", ")), last: items[items.length - 1] });
}

/**
 * @param {string} text
 * @param {Readonly<Record<string, string | number>>} places
 */
function filled(text, places) {
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    if (!(name in places)) throw new Error(`The place {${name}} of "${text}" is not filled.`);
    return String(places[name]);
  });
}
