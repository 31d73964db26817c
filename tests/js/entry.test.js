import assert from "node:assert/strict";
import { test } from "node:test";

import { clean, makeEntry, readNames, writeYaml } from "./catalog/entry.js";
import { Engine } from "./catalog/engine.js";
import { COLUMNS, INDEX } from "./support.js";

const NOTHING = { names: "", title: "", authors: "", venue: "", year: "", sections: [], links: {}, facets: {} };

test("only what is filled in stands in the entry, in the order of the format", () => {
  const filled = {
    ...NOTHING, names: "10.1000/182 2401.10000", title: " Things  to\nAlign ", authors: "Ada Example", year: "2024",
    sections: ["metrics"], links: { pdf: "", code: "https://example.org/" }, facets: { colour: ["red"], size: [] },
  };
  assert.equal(
    writeYaml(makeEntry(filled, new Set()).values),
    `key: example2024things
title: Things to Align
authors: [Ada Example]
year: 2024
sections: [metrics]
facets:
  colour: [red]
doi: "10.1000/182"
arxiv: "2401.10000"
links:
  code: https://example.org/
`,
  );
});

test("many authors stand on lines of their own", () => {
  const authors = Array.from({ length: 12 }, (_, i) => `Author${i} Example, Jr.`).join("\n");
  const yaml = writeYaml(makeEntry({ ...NOTHING, authors }, new Set()).values);
  assert.ok(yaml.includes('authors:\n  - "Author0 Example, Jr."\n  - "Author1'));
});

test("texts that YAML would take for something else are quoted", () => {
  for (const title of ["no", "12:30", "1e3", "a: b", "a #b", "- a", "a:", "[a]", '"', "x, y", "?"]) {
    assert.equal(writeYaml({ title }), `title: ${JSON.stringify(title)}\n`);
  }
  assert.equal(writeYaml({ title: "Plain – text’s (best) A/B" }), "title: Plain – text’s (best) A/B\n");
  assert.equal(writeYaml({ title: "a\u0085b" }), 'title: "a\\u0085b"\n');
});

test("what hides or commands is taken out", () => {
  assert.equal(clean("a\u202eb\u200bc \0 d\u00ad"), "a bc d");
  assert.equal(clean("क्\u200dष a\u200db"), "क्\u200dष ab");
});

test("of two identifiers of a kind the first counts, and what is none is named", () => {
  const { identifiers, unknown } = readNames("doi: 10.1000/1, 10.1000/2; arXiv: 2401.10000 word");
  assert.deepEqual(identifiers, { doi: "10.1000/1", arxiv: "2401.10000" });
  assert.deepEqual(unknown, ["word"]);
});

test("papers with the address, the title or nearly the title are found, the surest first", () => {
  const engine = new Engine(INDEX, "../");
  engine.add(COLUMNS);
  const find = (/** @type {string} */ title, /** @type {string[]} */ ...urls) =>
    engine.compare(title, urls, "B2023").alike.map(({ key, why }) => `${key} ${why}`);
  assert.deepEqual(find("", "http://www.example.org/b/"), ["b2023more has this address"]);
  assert.deepEqual(find("THINGS!"), ["b2023more has this title"]);
  assert.deepEqual(find("Things and how to align these"), ["c2021things has a similar title"]);
  assert.deepEqual(find("more about them"), []);
  assert.deepEqual(engine.compare("", [], "B202").taken, ["b2023more", "b2022more", "b2021more"]);
});
