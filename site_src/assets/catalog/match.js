// @ts-check
/* Which papers of a chunk have a word of a query, where, and how well. */

import { ABSTRACT, AUTHOR, BEGINS, FIRST_AUTHOR, KEY, NAME, NOTE, TITLE, bitsOf, rowOf } from "./postings.js";
import { toWords } from "./words.js";

/** @typedef {import("./data.js").Chunk} Chunk */
/** @typedef {import("./data.js").Index} Index */
/** @typedef {import("./data.js").Named} Named */
/** @typedef {import("./expand.js").Condition} Condition */
/** @typedef {import("./expand.js").Reading} Reading */
/** @typedef {Map<string, string[]>} Names the folded names of every value, by the filter's id */
/**
 * The papers of a chunk that have a word: for each its weight, 0 where it is not, and the fields that it is in.
 * @typedef {{weights: Float32Array, bits: Uint8Array, count: number}} Hits
 */

/**
 * How much a word counts by where it is. A name is what readers call the paper; the first author is whom they cite.
 * Words around the paper (venue, tags, sections) and in its texts say less about it than its title.
 * @type {[number, number][]}
 */
const BY_FIELD = [[NAME, 1.1], [TITLE, 1], [FIRST_AUTHOR, 0.9], [AUTHOR, 0.75], [KEY, 0.5], [NOTE, 0.35], [ABSTRACT, 0.25]];
/* Between the title and the notes: a tag or a value of a facet was chosen for the paper; a venue or section has many others. */
const VALUES = new Map([["venue", 0.45], ["tag", 0.5], ["section", 0.35], ["type", 0.2]]);
const OWN_FACET = 0.5;
/** Readers who type a year know it; above the venue, below a name. */
const YEAR = 0.6;
/** The year of the first version on arXiv, by which a paper is cited until it is published. */
const ARXIV_YEAR = 0.4;
/** The first word of a title, or all of a name, tells more than the others. */
const FIRST_WORD = 0.1;
/** The weight of every set of fields, so that a posting is weighed by one look-up. */
const WEIGHTS = Float32Array.from({ length: 256 }, (_, bits) => {
  const [, weight] = BY_FIELD.find(([field]) => bits & field) ?? [0, 0];
  return weight && bits & BEGINS ? weight + FIRST_WORD : weight;
});

/** The bits that a field's own search keeps. */
const KEPT = new Map([
  ["title", TITLE | NAME | BEGINS], ["name", NAME | BEGINS], ["author", FIRST_AUTHOR | AUTHOR], ["key", KEY], ["note", NOTE],
  ["abstract", ABSTRACT],
]);
/** All bits: a word without a field counts wherever it is. */
const ANYWHERE = 0xff;
const TEXTS = TITLE | NAME | NOTE | ABSTRACT | BEGINS;

/** Words of which a chunk remembers what they found: most of a query stays while its end is typed. */
const MOST_REMEMBERED = 24;

/**
 * @param {Index} index
 * @returns {Names}
 */
export function makeNames({ sections, venues, types, links, tags, facets }) {
  const write = (/** @type {Named[]} */ values) => values.map(({ id, title }) => ` ${toWords(id)} ${toWords(title)} `);
  return new Map([
    ["section", write(sections)],
    ["venue", venues.map(({ title, name, aliases }) => ` ${[title, name ?? "", ...aliases].map(toWords).join(" ")} `)],
    ["type", write(types)],
    ["has", write(links)],
    ["tag", write(tags)],
    ...facets.map(({ id, values }) => /** @type {[string, string[]]} */ ([`facet.${id}`, write(values)])),
  ]);
}

/**
 * Find the papers that have what a condition names, whether it excludes it or not.
 * @param {Condition} condition
 * @param {Chunk} chunk
 * @param {Names} names
 * @returns {Hits}
 */
export function findHits({ term, readings }, chunk, names) {
  const name = `${term.field}|${term.isPhrase}|${term.years ?? ""}|${readings.map(({ how, text }) => `${how}:${text}`).join("|")}`;
  const found = chunk.found.get(name) ?? lookFor({ term, readings }, chunk, names);
  // The one used last is forgotten last.
  chunk.found.delete(name);
  chunk.found.set(name, found);
  if (chunk.found.size > MOST_REMEMBERED) chunk.found.delete(/** @type {string} */ (chunk.found.keys().next().value));
  return found;
}

/**
 * @param {Condition} condition
 * @param {Chunk} chunk
 * @param {Names} names
 * @returns {Hits}
 */
function lookFor({ term, readings }, chunk, names) {
  const { field, years, isPhrase } = term;
  const marker = new Marker(chunk, KEPT.get(field) ?? ANYWHERE);
  if (years) marker.markYears(chunk.years, (year) => years[0] <= year && year <= years[1], 1);
  const filter = names.has(field) ? field : `facet.${field}`;
  for (const reading of readings) {
    if (names.has(filter)) marker.markValues(filter, names.get(filter) ?? [], reading, isPhrase, 1);
    else {
      marker.markTexts(reading, isPhrase);
      if (!field) marker.markAround(reading, names, isPhrase);
    }
  }
  return marker.finish();
}

/** @type {Map<number, Hits>} */
const NOTHING = new Map();

/**
 * Return the hits of a word that no paper of a chunk has.
 * @param {number} size
 * @returns {Hits}
 */
function nothingOf(size) {
  const known = NOTHING.get(size) ?? { weights: new Float32Array(size), bits: new Uint8Array(size), count: 0 };
  NOTHING.set(size, known);
  return known;
}

/** Notes in which papers of a chunk a word is. */
class Marker {
  /**
   * @param {Chunk} chunk
   * @param {number} kept the bits of the fields that count
   */
  constructor(chunk, kept) {
    this.chunk = chunk;
    this.kept = kept;
    // Most words are in few chunks: those without one share these.
    const { weights, bits } = nothingOf(chunk.size);
    this.weights = weights;
    this.bits = bits;
    this.isOwn = false;
  }

  own() {
    if (this.isOwn) return;
    this.isOwn = true;
    this.weights = new Float32Array(this.chunk.size);
    this.bits = new Uint8Array(this.chunk.size);
  }

  /**
   * @param {number} row
   * @param {number} weight
   */
  mark(row, weight) {
    this.own();
    if (weight > this.weights[row]) this.weights[row] = weight;
  }

  /**
   * @param {Uint32Array} postings
   * @param {number} weight
   * @param {number} kept
   */
  markPostings(postings, weight, kept) {
    if (postings.length) this.own();
    for (const posting of postings) {
      const bits = bitsOf(posting) & kept;
      const fits = WEIGHTS[bits] * weight;
      if (!fits) continue;
      const row = rowOf(posting);
      this.bits[row] |= bits;
      if (fits > this.weights[row]) this.weights[row] = fits;
    }
  }

  /**
   * @param {Reading} reading
   * @param {boolean} isPhrase
   */
  markTexts({ how, text, weight, isOfTexts }, isPhrase) {
    const { chunk } = this;
    const kept = isOfTexts ? this.kept & TEXTS : this.kept;
    for (const postings of [chunk.postings, chunk.abstractPostings]) {
      if (!postings) continue;
      if (how === "word") this.markPostings(postings.find(text), weight, kept);
      if (how === "prefix") this.markPostings(postings.findPrefix(text), weight, kept);
      if (how === "infix") for (const found of postings.findInfix(text)) this.markPostings(found, weight, kept);
      if (how === "phrase") this.markPhrase(postings, text, weight, isPhrase);
    }
    if (how === "initials" && kept & TITLE) {
      for (const [row, initials] of chunk.initials.entries()) if (initials.includes(text)) this.mark(row, weight);
    }
  }

  /**
   * @param {import("./postings.js").Postings} postings
   * @param {string} text
   * @param {number} weight
   * @param {boolean} isPhrase whether it must end where a word ends
   */
  markPhrase(postings, text, weight, isPhrase) {
    const { chunk, kept } = this;
    const [first, ...others] = text.split(" ");
    const whole = isPhrase ? ` ${text} ` : ` ${text}`;
    for (const posting of postings.find(first)) {
      const [row, bits] = [rowOf(posting), bitsOf(posting) & kept];
      if (!WEIGHTS[bits]) continue;
      if (others.length && !chunk.textsOf(row, bits).some((part) => part.includes(whole))) continue;
      this.mark(row, WEIGHTS[bits] * weight);
      this.bits[row] |= bits;
    }
  }

  /**
   * Mark papers by what is around them: venue, tags, sections, the list's own facets, and the year.
   * @param {Reading} reading
   * @param {Names} names
   * @param {boolean} isPhrase
   */
  markAround(reading, names, isPhrase) {
    const { how, text, weight } = reading;
    if (how === "year") {
      const fits = (/** @type {number} */ year) => String(year).startsWith(text);
      this.markYears(this.chunk.years, fits, YEAR * weight);
      this.markYears(this.chunk.arxivYears, fits, ARXIV_YEAR * weight);
      return;
    }
    for (const [id, values] of names) {
      const value = VALUES.get(id) ?? (id.startsWith("facet.") ? OWN_FACET : 0);
      if (value) this.markValues(id, values, reading, isPhrase, value);
    }
  }

  /**
   * @param {string} id of a filter
   * @param {string[]} names of its values
   * @param {Reading} reading
   * @param {boolean} isPhrase
   * @param {number} value
   */
  markValues(id, names, { how, text, weight }, isPhrase, value) {
    if (how === "initials" || how === "year") return;
    const isWhole = how === "word" || (how === "phrase" && isPhrase);
    const needle = how === "infix" ? text : isWhole ? ` ${text} ` : ` ${text}`;
    const fits = names.map((name) => name.includes(needle));
    const values = this.chunk.values.get(id);
    if (!values || !fits.some(Boolean)) return;
    const { starts, numbers } = values;
    for (let row = 0; row < this.weights.length; row += 1) {
      for (let i = starts[row]; i < starts[row + 1]; i += 1) if (fits[numbers[i]]) this.mark(row, value * weight);
    }
  }

  /**
   * @param {Uint16Array} years
   * @param {(year: number) => boolean} fits
   * @param {number} weight
   */
  markYears(years, fits, weight) {
    /** @type {Map<number, boolean>} */
    const known = new Map([[0, false]]);
    for (const [row, year] of years.entries()) {
      if (!known.has(year)) known.set(year, fits(year));
      if (known.get(year)) this.mark(row, weight);
    }
  }

  /** @returns {Hits} */
  finish() {
    let count = 0;
    if (!this.isOwn) return nothingOf(this.chunk.size);
    for (const weight of this.weights) if (weight) count += 1;
    return { weights: this.weights, bits: this.bits, count };
  }
}
