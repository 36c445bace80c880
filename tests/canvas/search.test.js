import assert from "node:assert/strict";
import test from "node:test";

import { searchOps } from "../../components/canvas/model/graph/search.js";
import { CATALOGUE, picture } from "./pictures.js";

/** @param {string} text */
const found = (text) => searchOps(picture([]), text).map(({ op }) => op);

test("nothing typed finds all, in the palette's order", () => {
  assert.deepEqual(found(" "), ["Input", "Square", "Add", "Split"]);
});

test("name, alias and symbol are found, in any case and with blanks around", () => {
  assert.deepEqual(found(" ADD "), ["Add"]);
  assert.deepEqual(found("plus"), ["Add"]);
  assert.deepEqual(found("+"), ["Add"]);
  assert.deepEqual(found("nothing like it"), []);
});

test("the best come first: exactly, by the name's beginning, by another word's, by a part", () => {
  const entry = CATALOGUE[1].ops[0];
  const ops = [
    { ...entry, op: "Resum", symbol: "", aliases: [] }, { ...entry, op: "Total", symbol: "", aliases: ["summary"] },
    { ...entry, op: "SumTo", symbol: "", aliases: [] }, { ...entry, op: "Fold", symbol: "", aliases: ["sum"] },
  ];
  const shown = { ...picture([]), catalogue: [{ group: "", ops }] };
  assert.deepEqual(searchOps(shown, "sum").map(({ op }) => op), ["Fold", "SumTo", "Total", "Resum"]);
});

test("only what fits is found", () => {
  const fits = searchOps(picture([]), "s", ({ ports }) => ports.length === 2);
  assert.deepEqual(fits.map(({ op }) => op), ["Add"]);
});
