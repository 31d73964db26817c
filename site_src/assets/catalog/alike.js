// @ts-check
/* Papers of the list that may be the one that a reader submits. */

import { normalizeUrl } from "./identifiers.js";
import { toWords } from "./words.js";

/** @typedef {import("./data.js").Chunk} Chunk */
/** @typedef {{number: number, why: string}} Alike `number` is the paper's place in the list */

/** Shorter titles are alike by chance. */
const FEWEST_WORDS = 3;
/** The share of words that two titles have in common: with one of five missing they may still be one work. */
const LIKENESS = 0.8;

/**
 * Find papers with one of the addresses, with the title, or with nearly the same words in it.
 * @param {Chunk[]} chunks
 * @param {string} title
 * @param {string[]} urls
 * @returns {Alike[]} the surest first
 */
export function findAlike(chunks, title, urls) {
  const wanted = new Set(urls.map(normalizeUrl));
  const folded = toWords(title);
  const words = new Set(folded.split(" "));
  /** @type {Alike[][]} */
  const found = [[], [], []];
  for (const chunk of chunks) {
    for (let row = 0; row < chunk.size; row += 1) {
      const number = chunk.start + row;
      if (wanted.size && hasLink(chunk.columns.links[row], wanted)) found[0].push({ number, why: "has this address" });
      else if (folded && chunk.titleOf(row) === ` ${folded} `) found[1].push({ number, why: "has this title" });
      else if (words.size >= FEWEST_WORDS && likeness(words, chunk.titleOf(row)) >= LIKENESS) found[2].push({ number, why: "has a similar title" });
    }
  }
  return found.flat();
}

/**
 * @param {(number | string)[]} links kind and address by turns
 * @param {Set<string>} wanted
 */
function hasLink(links, wanted) {
  return links.some((part) => typeof part === "string" && wanted.has(normalizeUrl(part)));
}

/**
 * Return the share of words that a title has in common with others (Dice's coefficient).
 * @param {Set<string>} words
 * @param {string} title
 */
function likeness(words, title) {
  const others = new Set(title.trim().split(" "));
  let common = 0;
  for (const word of others) if (words.has(word)) common += 1;
  return (2 * common) / (words.size + others.size);
}
