import assert from "node:assert/strict";
import { test } from "node:test";

import { fetchFile, findSpans, writeFile } from "./catalog/records.js";
import { Selection } from "./catalog/selection.js";

/** @returns {Storage} */
function makeStorage(kept = new Map()) {
  return /** @type {any} */ ({
    getItem: (/** @type {string} */ name) => kept.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ value) => kept.set(name, value),
    removeItem: (/** @type {string} */ name) => kept.delete(name),
  });
}

const PICKED = [{ key: "a", title: "A “title”" }, { key: "b", title: "B" }];

test("a selection is kept under its own name", () => {
  const storage = makeStorage();
  new Selection(storage, "one").add(PICKED);
  assert.deepEqual(new Selection(storage, "one").keys, ["a", "b"]);
  assert.deepEqual(new Selection(storage, "other").keys, []);
  const again = new Selection(storage, "one");
  again.remove(["a", "b"]);
  assert.equal(storage.getItem("one"), null);
});

test("without storage, or with one that refuses, a selection lasts as long as the page", () => {
  const refusing = /** @type {any} */ (new Proxy({}, { get: () => () => { throw new Error("refused"); } }));
  for (const storage of [null, refusing]) {
    const selection = new Selection(storage, "one");
    selection.add(PICKED);
    assert.deepEqual(selection.keys, ["a", "b"]);
  }
});

test("what is kept but no selection counts as none", () => {
  for (const text of ["", "{", "3", "null", '{"a": 1}', '[["a"], "b", ["c", 1]]']) {
    assert.deepEqual(new Selection(makeStorage(new Map([["one", text]])), "one").keys, [], text);
  }
});

test("a file has only the definitions that its entries need", () => {
  const records = { head: "% head\n\n", separator: "\n", tail: "% tail\n", version: "1", files: [], fallbacks: { th: ["th"], "ễ": ["~^e", "th"] } };
  assert.equal(
    writeFile(records, ["one ễ\n", "three \\th\n"]),
    "% head\n\nth\n~^e\n\none ễ\n\nthree \\th\n% tail\n",
  );
  assert.equal(writeFile(records, ["zero\n"]), "% head\n\nzero\n% tail\n");
  assert.equal(writeFile(records, []), "");
});

test("entries are found in the files of the whole list", () => {
  const files = [{ size: 100, start: 10, lengths: [5, 7, 3] }, { size: 50, start: 4, lengths: [8, 2] }];
  assert.deepEqual(findSpans({ files, separator: ",\n" }, [0, 2, 4]), [[[10, 15], [26, 29]], [[14, 16]]]);
});

test("a file of another build is asked for again, and then refused", async () => {
  const records = { head: "", separator: "", tail: "", fallbacks: {}, version: "1", files: [{ size: 6, start: 0, lengths: [3, 3] }] };
  const format = { id: "csv", title: "CSV", suffix: ".csv", places: "places.js", disk: null };
  /** @type {string[]} */
  let bodies = [];
  const fetched = globalThis.fetch;
  globalThis.fetch = async (address) => (String(address).endsWith("places.js") ? new Response(`catalogData(${JSON.stringify(records)})\n`) : new Response(bodies.shift()));
  try {
    bodies = ["older", "onetwo"];
    assert.equal(await fetchFile(format, [1], "/"), "two");
    bodies = ["older", "older"];
    await assert.rejects(fetchFile(format, [0], "/"), /not of this build/);
  } finally {
    globalThis.fetch = fetched;
  }
});
