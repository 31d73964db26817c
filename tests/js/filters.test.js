import assert from "node:assert/strict";
import { test } from "node:test";

import { applyFilters, makeFilters } from "./catalog/filters.js";
import { formatState, parseState, toggleValue } from "./catalog/state.js";
import { CHUNK, INDEX, PAPERS } from "./support.js";

const FILTERS = makeFilters(INDEX);

/** @param {string} search */
function apply(search) {
  const state = parseState(search, FILTERS);
  const all = { chunk: CHUNK, rows: Uint32Array.from(PAPERS.keys()), scores: null };
  const { counts, years, passed } = applyFilters([all], FILTERS, state.choices, state.years);
  return { counts, years, papers: Array.from(passed[0].rows, (row) => PAPERS[row]) };
}

/** @param {string} search */
function keys(search) {
  return apply(search).papers.map((paper) => paper.key);
}

test("an address is read and written back", () => {
  const search = "q=a+b&section=inner&venue=Conf&-venue=Archive&facet.colour=red&year=2020..2024&sort=title&density=compact&select=a2024things,c2021things";
  assert.equal(formatState(parseState(search, FILTERS), FILTERS), search);
});

test("what an address holds beside that is left out", () => {
  const state = parseState("venue=Nowhere&sort=worst&year=x&q=", FILTERS);
  assert.equal(formatState(state, FILTERS), "");
});

test("of a filter's values one is enough, of links and tags all are needed", () => {
  assert.equal(keys("venue=Conf&venue=Archive").length, 3);
  assert.deepEqual(keys("has=pdf"), ["a2024things", "b2023more"]);
  assert.deepEqual(keys("has=pdf&has=code"), ["a2024things"]);
});

test("a section holds what stands in those inside it", () => {
  assert.deepEqual(keys("section=outer"), ["a2024things", "c2021things"]);
});

test("excluding wins, and papers without a value are not excluded", () => {
  assert.deepEqual(keys("-venue=Conf"), ["b2023more", "d2019old"]);
  assert.deepEqual(keys("section=inner&-section=other"), ["a2024things"]);
});

test("counts say what each value would leave", () => {
  const { counts, years } = apply("venue=Archive");
  assert.deepEqual(counts.get("venue"), [1, 2]);
  assert.deepEqual(counts.get("section"), [0, 0, 1]);
  assert.deepEqual([...years], [[2023, 1]]);
});

test("the years count all years that the other filters leave", () => {
  const { papers, years } = apply("year=2024");
  assert.equal(papers.length, 1);
  assert.deepEqual([...years.keys()].sort(), [2021, 2023, 2024]);
});

test("a value is included, excluded, and neither", () => {
  let state = parseState("", FILTERS);
  state = toggleValue(state, "venue", 1, "include");
  assert.equal(formatState(state, FILTERS), "venue=Conf");
  state = toggleValue(state, "venue", 1, "exclude");
  assert.equal(formatState(state, FILTERS), "-venue=Conf");
  state = toggleValue(state, "venue", 1, "exclude");
  assert.equal(formatState(state, FILTERS), "");
});

test("a filter without values is not offered", () => {
  const ids = makeFilters({ ...INDEX, tags: [] }).map((filter) => filter.id);
  assert.ok(!ids.includes("tag"));
});
