// @ts-check
/* Which papers of a chunk a query finds, and how well. */

import { fold } from "./fold.js";
import { normalizeUrl } from "./identifiers.js";
import { ADDRESS, plainTerms } from "./query.js";

/** @typedef {import("./data.js").Chunk} Chunk */
/** @typedef {import("./data.js").Index} Index */
/** @typedef {import("./data.js").Named} Named */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./query.js").Term} Term */
/** @typedef {Map<string, string[]>} Names the folded names of every value, by the filter's id */

/* What is known of a paper that has a term: where it stands. */
const FOUND = 1;
const TITLE = 2;
const AUTHOR = 4;
const KEY = 8;
/** The title begins with it. */
const BEGINS = 16;
/** It is the title. */
const IS = 32;
/** It is a word there, and not the beginning of a longer one. */
const TITLE_WORD = 64;
const AUTHOR_WORD = 128;

/** What a field's own search keeps of all that. */
const KEPT = new Map([["title", TITLE | BEGINS | IS | TITLE_WORD], ["author", AUTHOR | AUTHOR_WORD], ["key", KEY]]);

/** Terms of which a chunk remembers what they found: most of a query stays while its end is typed. */
const MOST_REMEMBERED = 16;

/** How well plain words fit, from 1. */
const LEVELS = 9;

/** The last rank; the best is 1. */
export const LAST_RANK = 2 * LEVELS;

/**
 * @param {Index} index
 * @returns {Names}
 */
export function makeNames({ sections, venues, types, links, tags }) {
  const write = (/** @type {Named[]} */ values) => values.map(({ id, title }) => ` ${fold(id)} ${fold(title)} `);
  return new Map([
    ["section", write(sections)],
    ["venue", venues.map(({ title, name, aliases }) => ` ${[title, name ?? "", ...aliases].map(fold).join(" ")} `)],
    ["type", write(types)],
    ["has", write(links)],
    ["tag", write(tags)],
  ]);
}

/**
 * Find the papers that fulfil every term: for each its rank, 0 for those that do not. At each level of the plain words
 * come first the papers where what was asked of a field, `author:lu`, is no beginning of a longer word.
 * @param {Query} query
 * @param {Chunk} chunk
 * @param {Names} names
 * @returns {Uint8Array}
 */
export function matchPapers(query, chunk, names) {
  const found = new Uint8Array(chunk.size).fill(0xff);
  const begun = new Uint8Array(chunk.size);
  for (const term of query.terms) {
    const places = findTerm(term, chunk, names);
    const isPlain = !term.field && !term.isExcluded;
    for (let row = 0; row < found.length; row += 1) {
      if (isPlain) found[row] &= places[row];
      else if (Boolean(places[row]) === term.isExcluded) found[row] = 0;
      else if (places[row] & (TITLE | AUTHOR) && !(places[row] & (TITLE_WORD | AUTHOR_WORD))) begun[row] = 1;
    }
  }
  const plain = plainTerms(query.terms);
  const [first] = plain;
  const isWord = plain.length === 1 && first.meant.length === 1 && !first.isPhrase;
  const together = isWord || !first ? found : findTerm({ ...first, field: "title", isPhrase: false, meant: [query.text] }, chunk, names);
  for (let row = 0; row < found.length; row += 1) {
    if (found[row]) found[row] = 2 * (first ? level(found[row], together[row], plain.length > 1) : 1) - 1 + begun[row];
  }
  return found;
}

/**
 * Return how well plain words fit, 1 at best. Several words side by side tell more than that the last one is whole; one word
 * tells little unless it is.
 * @param {number} places where all plain words stand
 * @param {number} together where they stand side by side
 * @param {boolean} areSeveral
 */
function level(places, together, areSeveral) {
  if (together & IS) return 1;
  const isWord = places & TITLE_WORD;
  if (together & BEGINS && (isWord || areSeveral)) return 2;
  if (together & TITLE && (isWord || areSeveral)) return 3;
  if (isWord) return 4;
  if (places & AUTHOR_WORD) return 5;
  if (together & BEGINS) return 6;
  if (places & TITLE) return 7;
  return places & AUTHOR ? 8 : LEVELS;
}

/**
 * Find the papers that have what a term names, whether the term excludes it or not.
 * @param {Term} term
 * @param {Chunk} chunk
 * @param {Names} names
 * @returns {Uint8Array} for each paper 0, or where the term stands
 */
export function findTerm(term, chunk, names) {
  const name = `${term.field}:${term.isPhrase}:${term.years ?? term.meant.join("|")}`;
  const found = chunk.found.get(name) ?? lookFor(term, chunk, names);
  // The one used last is forgotten last.
  chunk.found.delete(name);
  chunk.found.set(name, found);
  if (chunk.found.size > MOST_REMEMBERED) chunk.found.delete(/** @type {string} */ (chunk.found.keys().next().value));
  return found;
}

/**
 * @param {Term} term
 * @param {Chunk} chunk
 * @param {Names} names
 */
function lookFor(term, chunk, names) {
  const { field, years } = term;
  const found = new Uint8Array(chunk.size);
  const needles = term.meant.map((text) => (term.isPhrase ? ` ${text} ` : ` ${text}`));
  const has = (/** @type {string} */ text) => needles.some((needle) => text.includes(needle));
  const lookUp = (/** @type {string} */ id) => markValues(found, chunk, id, (names.get(id) ?? []).map(has));
  if (field === ADDRESS) markLinks(found, chunk, new Set(term.meant));
  else if (years) markYears(found, chunk, (year) => years[0] <= year && year <= years[1]);
  else if (names.has(field)) lookUp(field);
  else {
    markText(found, chunk, needles);
    const kept = KEPT.get(field);
    if (kept) for (let row = 0; row < found.length; row += 1) found[row] &= kept;
    else {
      lookUp("venue");
      lookUp("tag");
      if (needles.some((needle) => /^ \d/.test(needle))) markYears(found, chunk, (year) => has(` ${year} `));
    }
  }
  return found;
}

/**
 * @param {Uint8Array} found
 * @param {Chunk} chunk
 * @param {string[]} needles
 */
function markText(found, chunk, needles) {
  const { text, titles, authors, keys } = chunk;
  const isOne = needles.length === 1;
  const next = isOne ? makeFinder(needles[0]) : makeFinderOfAny(needles);
  const length = isOne ? needles[0].trimEnd().length : 1;
  let row = 0;
  for (let place = next(text, 0); place >= 0; ) {
    while (titles[row + 1] <= place) row += 1;
    const isWord = text[place + length] === " ";
    // One hit in each of title, authors and key is enough, when it is a whole word.
    if (place < authors[row]) {
      found[row] |= FOUND | TITLE | (place === titles[row] ? howTitleStarts(chunk, row, needles) : 0) | (isWord ? TITLE_WORD : 0);
      place = next(text, isWord ? authors[row] : place + 1);
    } else if (place < keys[row]) {
      found[row] |= FOUND | AUTHOR | (isWord ? AUTHOR_WORD : 0);
      place = next(text, isWord ? keys[row] : place + 1);
    } else {
      found[row] |= FOUND | KEY;
      place = next(text, titles[row + 1]);
    }
  }
}

/**
 * @param {Chunk} chunk
 * @param {number} row
 * @param {string[]} needles
 */
function howTitleStarts({ titles, authors }, row, needles) {
  const end = titles[row] + needles[0].trimEnd().length;
  return end === authors[row] - 2 ? BEGINS | IS : BEGINS;
}

/**
 * @param {string} needle
 * @returns {(text: string, from: number) => number}
 */
function makeFinder(needle) {
  return (text, from) => text.indexOf(needle, from);
}

/**
 * Folded words hold nothing that means something in an expression.
 * @param {string[]} needles
 * @returns {(text: string, from: number) => number} gives the place of the last letter found
 */
function makeFinderOfAny(needles) {
  const any = new RegExp(needles.join("|"), "g");
  return (text, from) => {
    any.lastIndex = from;
    return any.test(text) ? any.lastIndex - 1 : -1;
  };
}

/**
 * @param {Uint8Array} found
 * @param {Chunk} chunk
 * @param {Set<string>} addresses as `normalizeUrl` gives them
 */
function markLinks(found, { columns }, addresses) {
  for (let row = 0; row < found.length; row += 1) {
    // Kind and address by turns.
    if (columns.links[row].some((/** @type {number | string} */ part) => typeof part === "string" && addresses.has(normalizeUrl(part)))) {
      found[row] = FOUND;
    }
  }
}

/**
 * @param {Uint8Array} found
 * @param {Chunk} chunk
 * @param {(year: number) => boolean} fits
 */
function markYears(found, { years }, fits) {
  /** @type {Map<number, boolean>} */
  const known = new Map([[0, false]]);
  for (let row = 0; row < found.length; row += 1) {
    const year = years[row];
    if (!known.has(year)) known.set(year, fits(year));
    if (known.get(year)) found[row] |= FOUND;
  }
}

/**
 * @param {Uint8Array} found
 * @param {Chunk} chunk
 * @param {string} id of a filter
 * @param {boolean[]} fits by value
 */
function markValues(found, chunk, id, fits) {
  const values = chunk.values.get(id);
  if (!values || !fits.some(Boolean)) return;
  const { starts, numbers } = values;
  for (let row = 0; row < found.length; row += 1) {
    for (let i = starts[row]; i < starts[row + 1]; i += 1) if (fits[numbers[i]]) found[row] |= FOUND;
  }
}
