// @ts-check
/* Which papers of a chunk a query finds, and how well. */

import { fold } from "./fold.js";
import { plainTerms } from "./query.js";

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

/** Terms of which a chunk remembers what they found: most of a query stays while its end is typed. */
const MOST_REMEMBERED = 16;

/** The last rank; the best is 1. */
export const LAST_RANK = 6;

/**
 * @param {Index} index
 * @returns {Names}
 */
export function makeNames({ sections, venues, types, links, tags }) {
  const write = (/** @type {Named[]} */ values) => values.map(({ id, title }) => ` ${fold(id)} ${fold(title)} `);
  return new Map([
    ["section", write(sections)],
    ["venue", venues.map(({ title, name }) => ` ${fold(title)} ${fold(name ?? "")} `)],
    ["type", write(types)],
    ["has", write(links)],
    ["tag", write(tags)],
  ]);
}

/**
 * Find the papers that fulfil every term: for each its rank, 0 for those that do not. The ranks are: exact title, beginning
 * of the title, words of the title side by side, all words in the title, all in the authors' names, the rest.
 * @param {Query} query
 * @param {Chunk} chunk
 * @param {Names} names
 * @returns {Uint8Array}
 */
export function matchPapers(query, chunk, names) {
  const found = new Uint8Array(chunk.size).fill(0xff);
  for (const term of query.terms) {
    const places = findTerm(term, chunk, names);
    const isPlain = !term.field && !term.isExcluded;
    for (let row = 0; row < found.length; row += 1) {
      if (isPlain) found[row] &= places[row];
      else if (Boolean(places[row]) === term.isExcluded) found[row] = 0;
    }
  }
  const [first, ...rest] = plainTerms(query.terms);
  if (!first) return found.map((places) => Number(places > 0));
  const isWord = !rest.length && first.meant.length === 1 && !first.isPhrase;
  const whole = isWord ? found : findTerm({ ...first, field: "title", isPhrase: false, meant: [query.text] }, chunk, names);
  for (let row = 0; row < found.length; row += 1) if (found[row]) found[row] = rank(found[row], whole[row]);
  return found;
}

/**
 * @param {number} places where all plain words stand
 * @param {number} whole where they stand side by side
 */
function rank(places, whole) {
  if (whole & BEGINS) return whole & IS ? 1 : 2;
  if (whole & TITLE) return 3;
  if (places & TITLE) return 4;
  return places & AUTHOR ? 5 : LAST_RANK;
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
  if (years) markYears(found, chunk, (year) => years[0] <= year && year <= years[1]);
  else if (names.has(field)) lookUp(field);
  else {
    markText(found, chunk, needles);
    if (field) keepField(found, field === "title" ? TITLE : field === "author" ? AUTHOR : KEY);
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
  const next = needles.length === 1 ? makeFinder(needles[0]) : makeFinderOfAny(needles);
  let row = 0;
  for (let place = next(text, 0); place >= 0; ) {
    while (titles[row + 1] <= place) row += 1;
    // One hit in each of title, authors and key is enough.
    if (place < authors[row]) {
      found[row] |= FOUND | TITLE | (place === titles[row] ? howTitleStarts(chunk, row, needles) : 0);
      place = next(text, authors[row]);
    } else if (place < keys[row]) {
      found[row] |= FOUND | AUTHOR;
      place = next(text, keys[row]);
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
 * @param {number} place
 */
function keepField(found, place) {
  for (let row = 0; row < found.length; row += 1) if (!(found[row] & place)) found[row] = 0;
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
