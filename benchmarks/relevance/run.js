// @ts-check
/* Runs queries against the searches and writes, as JSON, how often each finds the paper that is meant.

   node run.js SCRIPTS LISTS [--peers]; LISTS is a JSON file: [{name, data, queries}], `queries` null for generated ones. */

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

import { makeOurs, makePeers, toDocuments } from "./engines.js";
import { makeKnownItems } from "./known_items.js";

/** @typedef {{queries: number, first: number, five: number, empty: number}} Score */

const FIVE = 5;
/** Queries of a kind that Fuse is asked: each takes it up to a second. */
const MOST_FOR_FUSE = 8;
const [, , scripts, lists, option] = process.argv;

/**
 * @param {import("./known_items.js").Known[]} queries
 * @param {number} most
 */
function cut(queries, most) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  return queries.filter(({ kind }) => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return (counts.get(kind) ?? 0) <= most;
  });
}

/**
 * @param {import("./engines.js").Find} find
 * @param {import("./known_items.js").Known[]} queries
 * @returns {{kinds: Record<string, Score>, missed: string[]}}
 */
function score(find, queries) {
  /** @type {Record<string, Score>} */
  const kinds = {};
  const missed = [];
  for (const { query, kind, expect } of queries) {
    const found = find(query);
    const rank = found.findIndex((key) => expect.includes(key));
    const of = (kinds[kind] ??= { queries: 0, first: 0, five: 0, empty: 0 });
    of.queries += 1;
    if (rank === 0) of.first += 1;
    if (rank >= 0 && rank < FIVE) of.five += 1;
    if (!found.length) of.empty += 1;
    if (rank < 0 || rank >= FIVE) missed.push(`${kind}: ${query}`);
  }
  return { kinds, missed };
}

const results = [];
for (const { name, data, queries } of JSON.parse(readFileSync(lists, "utf-8"))) {
  const documents = toDocuments(data);
  const asked = queries ?? makeKnownItems(documents.map(({ key, title, authors, venue, year }) => ({
    key, title, authors: authors ? authors.split(", ") : [], venue, year: Number(year) || null,
  })));
  const engines = new Map([["ours", await makeOurs(data, pathToFileURL(scripts).href)]]);
  if (option === "--peers") for (const [peer, find] of await makePeers(documents)) engines.set(peer, find);
  results.push({ name, engines: Object.fromEntries([...engines].map(([engine, find]) => [engine, score(find, engine === "Fuse" ? cut(asked, MOST_FOR_FUSE) : asked)])) });
}
process.stdout.write(JSON.stringify(results));
