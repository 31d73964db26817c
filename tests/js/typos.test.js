import assert from "node:assert/strict";
import { test } from "node:test";

import { allowedSlips, countSlips, findNearest } from "./catalog/typos.js";

/** @param {string[]} words */
const uses = (...words) => new Map(words.map((word, place) => [word, words.length - place]));

test("a letter too few, too many, wrong, or swapped is one slip", () => {
  for (const word of ["framwork", "frameework", "framewark", "framewrok"]) {
    assert.equal(countSlips(word, "framework", 2).whole, 1, word);
    assert.deepEqual(findNearest(word, uses("zebra", "framework", "frame")), ["framework"], word);
  }
});

test("two slips are allowed in a long word, none in a short one or in a number", () => {
  assert.deepEqual(["cat", "word", "represen", "gpt4", "20244"].map(allowedSlips), [0, 1, 2, 0, 0]);
  assert.deepEqual(findNearest("represntaion", uses("representation")), ["representation"]);
  assert.deepEqual(findNearest("rpresntaion", uses("representation")), []);
  assert.deepEqual(findNearest("cet", uses("cat")), []);
});

test("fewer slips win, and a whole word wins over the beginning of one", () => {
  assert.deepEqual(findNearest("alginment", uses("assignment", "alignment")), ["alignment"]);
  assert.deepEqual(findNearest("visoin", uses("visions", "vision")), ["vision"]);
});

test("a word still being typed is near what it begins", () => {
  assert.deepEqual(findNearest("reprsent", uses("representation")), ["representation"]);
});

test("the words used most come first, and what is far is no guess", () => {
  assert.deepEqual(findNearest("modle", new Map([["mode", 1], ["model", 5]])), ["model", "mode"]);
  assert.deepEqual(findNearest("zebra", uses("vision", "language")), []);
});

test("another first letter is one slip, never one of two", () => {
  assert.deepEqual(findNearest("mramework", uses("framework")), ["framework"]);
  assert.deepEqual(findNearest("mramewrok", uses("framework")), []);
});
