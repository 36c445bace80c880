/** Messages, numbers and colours: parts that need no DOM. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test, { afterEach } from "node:test";

import { listed, mark, say, sayCount, setMessages } from "../../components/canvas/parts/messages.js";
import { powerOfTen, short } from "../../components/canvas/parts/numbers.js";
import { isDark } from "../../components/canvas/parts/theme.js";
import { SETTINGS } from "./pictures.js";

afterEach(() => setMessages(undefined));

test("without a catalogue a message is said in English, its places filled", () => {
  assert.equal(say("{x} → {y}", { x: "a", y: 2 }), "a → 2");
  assert.equal(say("{x} as it is"), "{x} as it is");
  assert.equal(mark("kept"), "kept");
  assert.throws(() => say("{x} → {y}", { x: "a" }), /\{y\}/);
});

test("a value that looks like a place is no place", () => {
  assert.equal(say("{x} and {y}", { x: "{y}", y: "$&" }), "{y} and $&");
});

test("with a catalogue it is said in that language, and in English where the catalogue lacks it", () => {
  setMessages({ "{x} is computed.": "{x} は計算されます。", "{count} node": ["{count} 個のノード"], Empty: "" });
  assert.equal(say("{x} is computed.", { x: "a" }), "a は計算されます。");
  assert.equal(say("Another"), "Another");
  assert.equal(say("Empty"), "Empty");
  assert.equal(sayCount("{count} node", "{count} nodes", 1), "1 個のノード");
  assert.equal(sayCount("{count} node", "{count} nodes", 5), "5 個のノード");
});

test("a count chooses the form", () => {
  const nodes = (/** @type {number} */ count) => sayCount("{name}: {count} node", "{name}: {count} nodes", count, { name: "g" });
  assert.deepEqual([0, 1, 2].map(nodes), ["g: 0 nodes", "g: 1 node", "g: 2 nodes"]);
  setMessages({ "{name}: {count} node": ["{name}, {count} Knoten (eins)", "{name}, {count} Knoten"] });
  assert.deepEqual([1, 2].map(nodes), ["g, 1 Knoten (eins)", "g, 2 Knoten"]);
});

test("a count takes the plural form of its language, as gettext has it", () => {
  /** @param {string} language @param {string[]} forms @param {number[]} counts */
  const said = (language, forms, counts) => {
    setMessages({ "{count} node": forms }, language);
    return counts.map((count) => sayCount("{count} node", "{count} nodes", count).replace(/\d+ /, ""));
  };
  assert.deepEqual(said("pl", ["węzeł", "węzły", "węzłów"], [1, 2, 5, 12, 22, 0]), ["węzeł", "węzły", "węzłów", "węzłów", "węzły", "węzłów"]);
  assert.deepEqual(said("cs", ["uzel", "uzly", "uzlů"], [1, 2, 5]), ["uzel", "uzly", "uzlů"]);
  assert.deepEqual(said("fr", ["nœud", "nœuds"], [0, 1, 2]), ["nœud", "nœud", "nœuds"]);
  assert.deepEqual(said("zh_Hans", ["个节点"], [1, 2]), ["个节点", "个节点"]);
  assert.equal(sayCount("{count} wire", "{count} wires", 2), "2 wires"); // which is not translated
});

test("a list is said in words", () => {
  assert.deepEqual([listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])],
    ["", "a", "a and b", "a, b and c"]);
});

test("numbers are written as Python writes them", () => {
  // Python's tests read the same file.
  const cases = JSON.parse(readFileSync(new URL("numbers.json", import.meta.url), "utf-8"));
  for (const [number, text] of cases) assert.equal(short(number, SETTINGS.numbers), text);
});

test("a power of ten is written with its exponent above", () => {
  assert.deepEqual([-12, 0, 3].map(powerOfTen), ["10⁻¹²", "10⁰", "10³"]);
});

test("dark colours are told from light ones", () => {
  assert.deepEqual(["#151A22", "rgb(20, 26, 36)", "#ffffff", "rgb(250, 252, 254)", "", "#fff"].map(isDark),
    [true, true, false, false, false, false]);
});
