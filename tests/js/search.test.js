import assert from "node:assert/strict";
import { test } from "node:test";

import { Engine } from "./catalog/engine.js";
import { findMatches, fold } from "./catalog/fold.js";
import { formatYears, parseQuery, parseYears } from "./catalog/query.js";
import { NOTHING_SET } from "./catalog/state.js";
import { COLUMNS, INDEX } from "./support.js";

const ENGINE = new Engine(INDEX, "../");
ENGINE.add(COLUMNS);

/** @param {string} text */
function ask(text) {
  return ENGINE.search({ ...NOTHING_SET, text }, 0);
}

/** @param {string} text */
function find(text, sort = "") {
  ENGINE.search({ ...NOTHING_SET, text, sort }, 0);
  return ENGINE.list().map(({ key }) => key);
}

test("the exact title comes first, then the beginning of a title, then words in it", () => {
  assert.deepEqual(find("things"), ["b2023more", "c2021things", "a2024things"]);
});

test("every word must be the beginning of a word somewhere, where some paper has them all", () => {
  assert.deepEqual(find("thin conf"), ["a2024things", "c2021things"]);
  assert.deepEqual(find("ngs"), []);
  assert.equal(ask("thin conf").closest, "");
});

test("where no paper has every word, those with the rarest ones come first, and the answer says so", () => {
  assert.deepEqual(find("align zebra things")[0], "c2021things");
  assert.equal(ask("align zebra things").closest, "No paper has all words; showing the closest.");
  assert.deepEqual(find("thing zebra"), ["b2023more", "a2024things", "c2021things"]);
  assert.equal(ask("zebra").found, 0);
});

test("diacritics and quotation marks do not matter on either side", () => {
  assert.deepEqual(find("uber"), ["d2019old"]);
  assert.deepEqual(find("Exämple"), ["a2024things"]);
  assert.deepEqual(find("old new"), ["d2019old"]);
});

test("a phrase is found as it stands and ends where a word ends", () => {
  assert.deepEqual(find('"align them"'), ["c2021things"]);
  assert.equal(ask('"align them"').closest, "");
  assert.equal(ask('"Align the"').closest, "No paper has the phrase “Align the”; showing the closest.");
  assert.equal(ask('"align them" zebra').closest, "No paper has all words and phrases; showing the closest.");
  assert.deepEqual(find('"align them'), ["c2021things"]);
});

test("a hyphen excludes and a lone one does nothing", () => {
  assert.deepEqual(find("things -more"), ["b2023more", "c2021things"]);
  assert.equal(find("-").length, 4);
});

test("fields are searched by name", () => {
  assert.deepEqual(find('author:"van der berg"'), ["b2023more"]);
  assert.deepEqual(find("author:things"), []);
  assert.deepEqual(find("venue:conference"), ["a2024things", "c2021things"]);
  assert.deepEqual(find("year:2021..2023"), ["b2023more", "c2021things"]);
  assert.deepEqual(find("section:outer"), ["a2024things", "c2021things"]);
  assert.deepEqual(find("has:code"), ["a2024things"]);
  assert.deepEqual(find('tag:"two words"'), ["a2024things"]);
  assert.deepEqual(find("type:preprint -key:d2019old"), ["b2023more"]);
});

test("an unknown field is text, and a field still being typed hides nothing", () => {
  assert.deepEqual(parseQuery("foo:bar").alternatives[0].text, "foo bar");
  assert.equal(find("author:").length, 4);
  assert.equal(find("year:x").length, 4);
});

test("a venue is found under its other names", () => {
  assert.deepEqual(find("venue:icit"), ["a2024things", "c2021things"]);
  assert.deepEqual(find("invented"), ["a2024things", "c2021things"]);
});

test("a whole word comes before the beginning of a longer one", () => {
  const engine = new Engine(INDEX, "../");
  const authors = ["Lucia One", "Ada Lu\nLuca Two", "Luo Three", ""];
  const title = ["The Lute", "Things", "Lullaby in Lu", "Of Lu"];
  engine.add({ ...COLUMNS, authors, title });
  const keys = (/** @type {string} */ text) => {
    engine.search({ ...NOTHING_SET, text }, 0);
    return engine.list().map(({ key }) => key);
  };
  assert.deepEqual(keys("author:lu"), ["b2023more", "a2024things", "c2021things"]);
  assert.deepEqual(keys("year:2023..2024 author:luc"), ["a2024things", "b2023more"]);
  assert.deepEqual(keys("lu"), ["d2019old", "c2021things", "b2023more", "a2024things"]);
  assert.deepEqual(keys("title:lu").slice(2), ["a2024things"]);
  assert.deepEqual(keys("luc"), ["a2024things", "b2023more"]);
});

test("words side by side come before whole words further apart, then titles with fewer other words", () => {
  const engine = new Engine(INDEX, "../");
  engine.add({ ...COLUMNS, title: ["Model of a Thing", "Our Thing Models", "Thing and Model", "Model Thing"] });
  engine.search({ ...NOTHING_SET, text: "thing model" }, 0);
  assert.deepEqual(engine.list().map(({ key }) => key), ["b2023more", "d2019old", "c2021things", "a2024things"]);
});

test("an identifier or address finds its paper, in every way it is written", () => {
  const engine = new Engine(INDEX, "../");
  const links = [
    [0, "https://arxiv.org/pdf/2401.10000v2"], [0, "https://doi.org/10.1000/A%3CB"], [1, "https://arxiv.org/abs/2401.10000"], [],
  ];
  engine.add({ ...COLUMNS, links });
  const keys = (/** @type {string} */ text) => {
    engine.search({ ...NOTHING_SET, text }, 0);
    return engine.list().map(({ key }) => key);
  };
  for (const text of ["2401.10000", " arXiv:2401.10000v3 ", "http://arxiv.org/abs/2401.10000", "10.48550/arXiv.2401.10000"]) {
    assert.deepEqual(keys(text), ["a2024things", "c2021things"], text);
  }
  for (const text of ["arxiv 2401.10000", "arXiv preprint arXiv:2401.10000, 2024", "https://www.alphaxiv.org/abs/2401.10000v1", "2401.10000v2"]) {
    assert.deepEqual(keys(text), ["a2024things", "c2021things"], text);
  }
  for (const text of ["10.1000/a<b", "doi:10.1000/A<B", "https://doi.org/10.1000/a%3Cb", "Things. doi: 10.1000/a<b."]) assert.deepEqual(keys(text), ["b2023more"], text);
  assert.deepEqual(keys("2401.10001"), []);
  assert.deepEqual(engine.suggest("2401.10000", 5).options.map(({ key }) => key), ["a2024things", "c2021things"]);
});

test("years are read and written as ranges", () => {
  for (const text of ["2024", "2020..2024", "2020..", "..2024"]) {
    const years = parseYears(text);
    assert.ok(years);
    assert.equal(formatYears(years), text);
  }
  for (const text of ["", "..", "20x", "2020-2024", "20202"]) assert.equal(parseYears(text), null);
});

test("results are sorted as asked, with what is not known last", () => {
  assert.deepEqual(find("", "title"), ["a2024things", "b2023more", "c2021things", "d2019old"]);
  assert.deepEqual(find("", "oldest"), ["d2019old", "c2021things", "b2023more", "a2024things"]);
  assert.deepEqual(find("", "added"), ["c2021things", "a2024things", "b2023more", "d2019old"]);
  assert.deepEqual(find("", "venue"), ["b2023more", "a2024things", "c2021things", "d2019old"]);
});

test("matches are found in the text as written", () => {
  const text = "Oriane Siméoni’s Straße";
  const marked = findMatches(text, ["simeo", "stras"]).map(([start, end]) => text.slice(start, end));
  assert.deepEqual(marked, ["Siméo", "Straß"]);
  assert.deepEqual(findMatches("e\u0301tude", ["e"]), [[0, 2]]);
  assert.deepEqual(findMatches("abc", []), []);
});

test("folding leaves plain words one space apart", () => {
  assert.equal(fold("  State-of-the-Art: “Größe” ΣΑΣ "), "state of the art grosse σασ");
});
