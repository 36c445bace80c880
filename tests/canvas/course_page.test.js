import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

const SCRIPT = readFileSync(new URL("../../components/exports/course_page.js", import.meta.url), "utf-8");
const ORIGIN = "https://school.example";

/** @typedef {Record<string, string>} Kept */

/** A course's system that answers as some do: with true in the place of "true". @param {Kept} kept */
function system(kept) {
  /** @type {string[]} */
  const calls = [];
  const note = (/** @type {string} */ name) => (/** @type {string[]} */ ...parts) => {
    calls.push([name, ...parts].join(" ").trim());
    return true;
  };
  return {
    calls,
    api: {
      LMSInitialize: note("LMSInitialize"), LMSCommit: note("LMSCommit"), LMSFinish: note("LMSFinish"),
      LMSGetValue: (/** @type {string} */ name) => kept[name] ?? "",
      LMSSetValue: (/** @type {string} */ name, /** @type {string} */ value) => {
        kept[name] = value;
        return true;
      },
    },
  };
}

/**
 * The page of a lesson with windows around it, the outermost last.
 * @param {object[]} around
 */
function page(around) {
  /** @type {Record<string, (event: object) => void>} */
  const heard = {};
  const frame = { dataset: { address: `${ORIGIN}/?graph=abc&embed=1` }, contentWindow: {}, style: { height: "" }, src: "" };
  const trouble = { dataset: { alone: "alone", refused: "refused" }, textContent: "", hidden: true };
  const own = {
    location: { origin: "https://course.example" }, opener: null,
    addEventListener: (/** @type {string} */ name, /** @type {(event: object) => void} */ hear) => void (heard[name] = hear),
  };
  const windows = [own, ...around];
  windows.forEach((each, place) => Object.defineProperty(each, "parent", { value: windows[place + 1] ?? each }));
  const document = { getElementById: (/** @type {string} */ id) => (id === "playground" ? frame : trouble) };
  vm.runInNewContext(SCRIPT, { window: own, document, URL, Date, Number, Math, String });
  const data = { source: "backprop-playground", version: 1 };
  const say = (/** @type {object} */ told, /** @type {object} */ event = {}) => heard.message({ source: frame.contentWindow, origin: ORIGIN, data: { ...data, ...told }, ...event });
  return { frame, trouble, say, leave: () => heard.pagehide({}) };
}

const foreign = () => Object.defineProperty({}, "API", { get: () => { throw new Error("another site"); } });
const SCORE = "cmi.core.score.raw";
const STATUS = "cmi.core.lesson_status";

test("the system is found in a window further out, and told what was found, the better score alone", () => {
  /** @type {Kept} */
  const kept = { [STATUS]: "not attempted" };
  const { api, calls } = system(kept);
  const { frame, trouble, say, leave } = page([foreign(), { API: api }]);
  assert.equal(frame.src, `${ORIGIN}/?graph=abc&embed=1&parent=https%3A%2F%2Fcourse.example`);
  assert.equal(kept[STATUS], "incomplete");
  const answered = { type: "answered", lesson: "a", asked: 4, right: 1, late: 1, wrong: 0, revealed: 0, done: false };
  say(answered);
  assert.deepEqual([kept[SCORE], kept[STATUS]], ["38", "incomplete"]);
  say({ ...answered, right: 0, late: 0 });
  assert.equal(kept[SCORE], "38");
  say({ ...answered, type: "revealed", right: 2, late: 0, revealed: 2, done: true });
  assert.deepEqual([kept[SCORE], kept[STATUS]], ["50", "completed"]);
  say({ type: "height", height: 812 });
  assert.equal(frame.style.height, "812px");
  leave();
  leave();
  assert.match(kept["cmi.core.session_time"], /^\d{4}:\d\d:\d\d$/);
  assert.deepEqual(calls.filter((call) => call !== "LMSCommit"), ["LMSInitialize", "LMSFinish"]);
  assert.equal(trouble.hidden, true);
});

test("what others post is left unread", () => {
  /** @type {Kept} */
  const kept = {};
  const { say, frame } = page([{ API: system(kept).api }]);
  const answered = { type: "answered", asked: 1, right: 1, late: 0, done: true };
  say(answered, { origin: "https://evil.example" });
  say(answered, { source: {} });
  say({ ...answered, version: 2 });
  say({ ...answered, source: "another" });
  say({ ...answered, right: "1" });
  say({ type: "height", height: "5em" });
  assert.deepEqual([kept[SCORE], kept[STATUS], frame.style.height], [undefined, "incomplete", ""]);
});

test("who has passed stays so, who looks back changes nothing, and without a course it is said", () => {
  /** @type {Kept} */
  const passed = { [STATUS]: "passed", [SCORE]: "90" };
  const answered = { type: "answered", asked: 1, right: 0, late: 1, done: true };
  page([{ API: system(passed).api }]).say(answered);
  assert.deepEqual([passed[STATUS], passed[SCORE]], ["passed", "90"]);
  /** @type {Kept} */
  const review = { [STATUS]: "incomplete", "cmi.core.lesson_mode": "review" };
  const { say, leave } = page([{ API: system(review).api }]);
  say(answered);
  leave();
  assert.deepEqual(review, { [STATUS]: "incomplete", "cmi.core.lesson_mode": "review" });
  const alone = page([]);
  alone.say(answered);
  alone.leave();
  assert.deepEqual([alone.trouble.textContent, alone.trouble.hidden], ["alone", false]);
  const finished = system({});
  const refusing = page([{ API: { ...finished.api, LMSInitialize: () => "false" } }]);
  refusing.leave();
  assert.deepEqual(finished.calls, []);
  assert.equal(refusing.trouble.textContent, "refused");
});
