import assert from "node:assert/strict";
import { test } from "node:test";

import { Engine } from "./catalog/engine.js";
import { wantsAbstracts } from "./catalog/loader.js";
import { describeSpellings } from "./catalog/spelling.js";
import { makeFilters } from "./catalog/filters.js";
import { parseState } from "./catalog/state.js";
import { COLUMNS, INDEX } from "./support.js";

const FILTERS = makeFilters(INDEX);

/** @param {number[]} rows */
function cut(...rows) {
  return Object.fromEntries(Object.entries(COLUMNS).map(([name, column]) => [name, rows.map((row) => column[row])]));
}

function makeEngine() {
  const engine = new Engine(INDEX, "../");
  engine.add(cut(0, 1));
  engine.add(cut(2, 3));
  return engine;
}

/** @param {string} search */
function find(search, engine = makeEngine()) {
  const answer = engine.search(parseState(search, FILTERS), 10);
  return { ...answer, keys: engine.list().map(({ key }) => key) };
}

test("a misspelt word finds what was meant, marks it, and says so", () => {
  const found = find("q=exmaple");
  assert.deepEqual(found.keys, ["a2024things"]);
  assert.ok(found.items[0].includes('<mark class="cat-match">Éxample</mark>'));
  assert.equal(describeSpellings(found.spellings), "No paper has “exmaple”; showing “example”.");
});

test("a word that some paper has is never taken for a slip", () => {
  assert.deepEqual(find("q=sample").keys, ["a2024things"]);
  assert.deepEqual(find("q=sample").spellings, []);
  assert.deepEqual(find("q=author:exmaple&sort=title").keys, ["a2024things"]);
  assert.equal(find("q=-exmaple").keys.length, 4);
});

test("a slip in a field stays in the field", () => {
  assert.deepEqual(find("q=author:exmaple").keys, ["a2024things"]);
  assert.deepEqual(find("q=title:exmaple").keys, []);
});

test("a word written as two is found as one", () => {
  assert.deepEqual(find("q=Confer-ence").keys, ["a2024things", "c2021things"]);
});

test("first results come from the first chunk, the others later", () => {
  const engine = new Engine(INDEX, "../");
  engine.add(cut(0, 1));
  assert.deepEqual(find("q=things", engine).keys, ["b2023more", "a2024things"]);
  assert.equal(find("q=exmple", engine).keys.length, 1);
  engine.add(cut(2, 3));
  assert.deepEqual(find("q=things", engine).keys, ["b2023more", "c2021things", "a2024things"]);
  assert.equal(find("q=sevem", engine).keys.length, 1);
});

test("a selection shows its papers and no others", () => {
  assert.deepEqual(find("select=d2019old,nobody,a2024things").keys, ["a2024things", "d2019old"]);
  assert.deepEqual(find("select=").keys, []);
  assert.deepEqual(labels("select=d2019old&q=sample"), ["Show 1 paper without the selection"]);
});

test("old keys stand for the papers of today, each once", () => {
  assert.deepEqual(find("select=b2021more,b2023more,d2019old").keys, ["b2023more", "d2019old"]);
  assert.deepEqual([...makeEngine().locate(["b2022more", "b2021more"])], [1]);
});

test("papers are located in the list's own order", () => {
  assert.deepEqual(makeEngine().locate(["d2019old", "a2024things", "c2021things", "nobody"]), [0, 2, 3]);
});

/** @param {string} search */
function labels(search) {
  return find(search).advice?.ways.map(({ label }) => label);
}

test("an empty answer offers what to drop, and each offer finds so many papers", () => {
  assert.deepEqual(labels("q=sample&venue=Archive"), ["Show 1 paper without the filter Venue"]);
  assert.deepEqual(labels("q=thing+-thing"), ["Show 3 papers without “-thing”", "Show 1 paper without “thing”"]);
  assert.deepEqual(labels("q=author:sample+venue:archive"), ["Show 1 paper without “author:sample”", "Show 1 paper without “venue:archive”"]);
  assert.deepEqual(labels("q=sample&venue=Archive&year=1990"), ["Show 1 paper without filters"]);
  const [way] = find("q=sample&venue=Archive").advice?.ways ?? [];
  assert.equal(makeEngine().search(way.state, 10).found, 1);
});

test("an empty answer without a way out says where was searched", () => {
  const none = "No paper has “xylophone” in its title, authors, venue, section, tags or notes.";
  assert.deepEqual(find("q=xylophone").advice, {
    text: `${none} Check the spelling, or choose a section or venue from the filters.`,
    ways: [],
  });
});

test("fields and values that do not exist are named, with those that do", () => {
  const misuses = (/** @type {string} */ text) => find(`q=${encodeURIComponent(text)}`).misuses.join("|");
  const fields = "author: title: name: venue: year: section: tag: has: type: key: note: abstract: colour:";
  assert.equal(misuses("foo:bar"), `There is no field “foo”. Fields: ${fields}`);
  assert.equal(misuses("has:foo things"), "Nothing under has: begins with “foo”. There are pdf, code.");
  assert.equal(misuses("-section:nope"), "Nothing under section: begins with “nope”. There are outer, inner, other.");
  assert.equal(misuses("year:2025..2020"), "“2025..2020” ends before it begins: write year:2020..2025.");
  assert.equal(misuses("year:2020-2024"), "“2020-2024” is not a year: write year:2024, year:2020..2024 or year:2020..");
  assert.equal(find("q=has:foo").advice, null);
  const engine = new Engine({ ...INDEX, tags: [] }, "../");
  engine.add({ ...COLUMNS, tags: [[], [], [], []] });
  assert.deepEqual(find("q=tag:x", engine).misuses, ["The list has nothing under tag:."]);
});

test("what is right, still being typed, or a colon of a title is no misuse", () => {
  const right = ["author:", "author:nobody", "year:20", "year:2020.", "year:..2024", "has:p", 'tag:"two words"', "venue:cnof", "more:about"];
  for (const text of [...right, "https://example.org/x", "https:", "arXiv:2401.10000"]) {
    assert.deepEqual(find(`q=${encodeURIComponent(text)}`).misuses, [], text);
  }
});

test("a suggestion is the best paper first, with the number of all", () => {
  const { found, options } = makeEngine().suggest("things", 2);
  assert.equal(found, 3);
  assert.deepEqual(options.map(({ key }) => key), ["b2023more", "c2021things"]);
  assert.ok(options[0].html.includes('<mark class="cat-match">Things</mark>'));
});

test("abstracts are searched once they have come, and count less than titles", () => {
  const engine = makeEngine();
  assert.equal(find("q=weather", engine).found, 0);
  engine.addAbstracts(0, ["A simulator of the weather.", ""]);
  engine.addAbstracts(1, ["", "We align the weather with old ways."]);
  assert.deepEqual(find("q=weather", engine).keys, ["a2024things", "d2019old"]);
  assert.deepEqual(find("q=abstract:simulator", engine).keys, ["a2024things"]);
  assert.deepEqual(find('q="the weather with"', engine).keys, ["d2019old"]);
  assert.deepEqual(find("q=align", engine).keys, ["c2021things", "d2019old"]);
});

test("abstracts come with the first search where they are small, and else when something is missing", () => {
  const index = (/** @type {boolean} */ areSmall, files = ["abstracts-0.js"]) => ({ ...INDEX, abstracts: { files, areSmall } });
  const found = { found: 3, closest: "", spellings: [] };
  assert.equal(wantsAbstracts(index(true, []), "things", found), false);
  assert.equal(wantsAbstracts(index(true), "", found), false);
  assert.equal(wantsAbstracts(index(true), "things", found), true);
  assert.equal(wantsAbstracts(index(false), "things", found), false);
  assert.equal(wantsAbstracts(index(false), "things", { ...found, closest: "No paper has all words." }), true);
  assert.equal(wantsAbstracts(index(false), "abstract:things", found), true);
});

test("the filters leave out the papers with every word, and the closest of the others are shown", () => {
  const { keys, closest } = find("q=things+align&venue=Archive");
  assert.deepEqual(keys, ["b2023more"]);
  assert.equal(closest, "No paper with these filters has all words; showing the closest.");
});
