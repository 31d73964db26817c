import assert from "node:assert/strict";
import { test } from "node:test";

import { writeFile } from "./catalog/records.js";
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

const RECORDS = { head: "% head\n\n", separator: "\n", tail: "% tail\n", version: "1" };

test("a file has the list's order and only the definitions that its entries need", () => {
  const first = { ...RECORDS, fallbacks: { th: "  th", dh: "  dh" }, places: [3, 0], entries: ["three \\th\n", "zero\n"] };
  const second = { ...RECORDS, fallbacks: { dh: "  dh" }, places: [1], entries: ["one {\\dh}\n"] };
  assert.equal(
    writeFile([{ records: first, rows: [0, 1] }, { records: second, rows: [0] }]),
    "% head\n\n@preamble{\n  dh #\n  th\n}\n\nzero\n\none {\\dh}\n\nthree \\th\n% tail\n",
  );
  assert.equal(writeFile([{ records: first, rows: [1] }]), "% head\n\nzero\n% tail\n");
  assert.equal(writeFile([]), "");
});
