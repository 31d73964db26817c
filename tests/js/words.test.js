import assert from "node:assert/strict";
import { test } from "node:test";

import { Engine } from "./catalog/engine.js";
import { findForms } from "./catalog/forms.js";
import { NOTHING_SET, explainAddress, parseState } from "./catalog/state.js";
import { makeFilters } from "./catalog/filters.js";
import { toWords } from "./catalog/words.js";
import { COLUMNS, INDEX } from "./support.js";

/**
 * Search a list of four papers with these titles.
 * @param {string[]} title
 * @param {Partial<typeof COLUMNS> & Record<string, unknown[]>} columns
 */
function search(title, columns = {}) {
  const rows = title.map((_, row) => row);
  const cut = Object.fromEntries(Object.entries({ ...COLUMNS, ...columns }).map(([name, column]) => [name, rows.map((row) => column[row])]));
  const engine = new Engine(INDEX, "../");
  engine.add({ ...cut, key: rows.map((row) => `k${row}`), title });
  return (/** @type {string} */ text) => {
    const isClosest = engine.search({ ...NOTHING_SET, text }, 0).closest !== "";
    return { rows: engine.list().map(({ key }) => Number(key.slice(1))), isClosest };
  };
}

test("signs make other words, and are found as they are read out", () => {
  assert.equal(toWords("Safe C++ and C#, by A*-search **now**"), "safe cplusplus and csharp by astar search now");
  const find = search(["Iterators for C++", "References in C#", "Macros in C", "Bounded A*"]);
  assert.deepEqual(find("C++").rows, [0]);
  assert.deepEqual(find("c#").rows, [1]);
  assert.deepEqual(find("a star").rows, [3]);
});

test("Greek letters alone are their names, and words in Greek stay", () => {
  assert.equal(toWords("β-VAE and χ² in Ελλάδα, 16×16, $16 \\times 16$"), "beta vae and chi 2 in ελλαδα 16x16 16 x 16");
  const find = search(["β-VAE", "Beta Blockers", "The µ-calculus", "Other"]);
  assert.deepEqual(find("beta vae").rows, [0]);
  assert.deepEqual(find("μ calculus").rows, [2]);
});

test("words of scripts without spaces are found anywhere in a title", () => {
  const find = search(["深度学习的视觉表示", "BERT模型用于机器翻译", "ニューラルネットワークの枝刈り", "문장 임베딩의 평가"]);
  assert.deepEqual(find("视觉").rows, [0]);
  assert.deepEqual(find("bert 翻译").rows, [1]);
  assert.deepEqual(find("ﾈｯﾄﾜｰｸ").rows, [2]);
  assert.deepEqual(find("임베딩").rows, [3]);
  assert.deepEqual(find("视觉的学习"), { rows: [0], isClosest: true });
});

test("plurals, spellings and endings of verbs find each other", () => {
  const forms = (/** @type {string} */ word) => findForms(word).map((form) => form.word);
  for (const [one, other] of [
    ["theories", "theory"], ["analyzing", "analysing"], ["neighbour", "neighbors"], ["axis", "axes"], ["merge", "merging"],
    ["classes", "class"], ["optimiser", "optimizer"], ["labelled", "labeled"], ["matrices", "matrix"], ["trained", "training"],
  ]) {
    assert.ok(forms(one).includes(other), `${one} ${other}`);
    assert.ok(forms(other).includes(one), `${other} ${one}`);
  }
  const find = search(["A Spline Theory", "Merging Models", "Analysing the Generalisation", "Other"]);
  assert.deepEqual(find("spline theories").rows, [0]);
  assert.deepEqual(find("model merge").rows, [1]);
  assert.deepEqual(find("analyze generalizations").rows, [2]);
});

test("joined and split words find each other, and a letter and a digit may part", () => {
  const find = search(["DINOv2: Robust Features", "GPT-4 Report", "Cross-lingual wav2vec 2.0", "ZipIt! Re-Basin"]);
  for (const [text, row] of /** @type {[string, number][]} */ ([
    ["dino v2", 0], ["dinov 2", 0], ["gpt4", 1], ["gpt 4", 1], ["crosslingual", 2], ["wav2vec2", 2], ["wav2vec2.0", 2], ["wav 2 vec", 2],
    ["zip it", 3], ["rebasin", 3],
  ])) {
    assert.deepEqual(find(text), { rows: [row], isClosest: false }, text);
  }
});

test("abbreviations stand for the words whose letters they are, either way", () => {
  const find = search(["Lies in LLMs", "Emergent Abilities of Large Language Models", "The Vegetable", "Other"]);
  assert.deepEqual(find("emergent LLM").rows, [1]);
  assert.deepEqual(find("lies in large language models").rows[0], 0);
  assert.deepEqual(find("the").rows, [2]);
});

test("words around what is looked for may be missing", () => {
  const find = search(["Segment Anything", "The Platonic Hypothesis", "Other Things", "More"]);
  assert.deepEqual(find("paper about the platonic hypothesis"), { rows: [1], isClosest: false });
  assert.deepEqual(find("who wrote segment anything?"), { rows: [0], isClosest: false });
});

test("a venue with its year and a name with its family name first are read as they are meant", () => {
  const find = search(["One", "Two", "Three", "Four"], { year: [2024, 2023, 2021, 2020] });
  assert.deepEqual(find("ICIT24").rows, [0]);
  assert.deepEqual(find("conf2021").rows, [2]);
  assert.deepEqual(find('author:"van der Berg, Carla"').rows, [1]);
  assert.deepEqual(find("papers since 2023").rows, [0, 1]);
  assert.deepEqual(find("2020-2021").rows, [2, 3]);
  assert.deepEqual(find("from 2021 to 2023").rows, [1, 2]);
  assert.deepEqual(find("things before 2021").rows, []);
});

test("either side of OR is enough, and NOT excludes", () => {
  const find = search(["Apples", "Pears", "Apples and Pears", "Plums"]);
  assert.deepEqual(find("pears OR plums").rows.sort(), [1, 2, 3]);
  assert.deepEqual(find("apples NOT pears").rows, [0]);
  assert.deepEqual(find("OR apples").rows.length, 2);
});

test("a pasted reference finds its paper, as text and as BibTeX", () => {
  const find = search(["Deep Residual Learning", "Deep Learning", "Things", "Image Recognition"], {
    authors: ["Kai Example\nX Sample", "Ada One", "Ben Two", "Carla Three"], year: [2016, 2015, 2016, 2016],
  });
  assert.equal(find("K. Example, X. Sample, “Deep residual learning,” in Proc. IEEE, 2016, pp. 770–778.").rows[0], 0);
  assert.equal(find("@article{x,\n author={Example, Kai},\n title = {Deep {R}esidual Learning},\n year=2016}").rows[0], 0);
  assert.equal(find("Example et al., 2016a").rows[0], 0);
});

test("a quoted phrase that no paper has is searched as its words", () => {
  const find = search(["Steering with Vectors", "Other", "More", "Last"]);
  assert.deepEqual(find('"steering vectors"'), { rows: [0], isClosest: true });
});

test("nicknames, summaries, notes, sections and facets are searched", () => {
  const find = search(["Learning Transferable Models", "CLIP in Practice", "Things", "Other"], {
    names: [["CLIP"], [], [], []], tldr: ["", "", "A sentence about the weather.", ""], note: ["", "", "", "The <em>lantern</em> prize"],
  });
  assert.deepEqual(find("clip").rows, [0, 1]);
  assert.deepEqual(find("weather").rows, [2]);
  assert.deepEqual(find("lantern").rows, [3]);
  assert.deepEqual(find("colour:red").rows, [0]);
  assert.deepEqual(find("outer").rows, [0, 2]);
});

test("the address is explained where the list lacks what it asks for, and other names are understood", () => {
  const filters = makeFilters(INDEX);
  assert.deepEqual(explainAddress("section=nope&q=x&utm_source=y&venue=icit", filters), ["The list has no section “nope”. It has outer, inner, other."]);
  assert.deepEqual(explainAddress("colour=red", filters), ["The address asks for “colour”, which is not a filter of this list."]);
  assert.deepEqual(explainAddress("year=20x", filters), ["The address asks for the year “20x”. Write year=2024 or year=2020..2024."]);
  assert.deepEqual([...(parseState("venue=icit", filters).choices.get("venue")?.include ?? [])], [1]);
});

test("a version is found with its number apart and without its v", () => {
  const find = search(["ConvNeXt V2: Masked Autoencoders", "A ConvNet for the 2020s", "DINOv2", "Segments 2"], {
    names: [[], ["ConvNeXt"], [], []],
  });
  assert.equal(find("convnext 2").rows[0], 0);
  assert.deepEqual(find("dino 2").rows, [2]);
  assert.deepEqual(find("segments 2").rows, [3]);
});
