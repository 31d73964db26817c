// @ts-check
/* The words of the list: which there are, and which of them a misspelt one may have meant. */

import { AUTHOR, FIRST_AUTHOR, NAME, TITLE, bitsOf } from "./postings.js";
import { findNearest, signAll } from "./typos.js";

/** @typedef {import("./data.js").Chunk} Chunk */
/** @typedef {"title" | "author" | "venue" | "all"} Field */

/** Longer words are none that a reader types. */
const LONGEST = 40;
/** A shorter word is meant by no other. */
const SHORTEST = 3;

/** The fields that a misspelt word is looked for in, as bits of the postings. */
const BITS = new Map([["title", TITLE | NAME], ["author", FIRST_AUTHOR | AUTHOR]]);

export class Vocabulary {
  /**
   * @param {string[]} venues their folded names
   * @param {string[]} others folded names of sections, tags and values of facets
   */
  constructor(venues, others) {
    this.venues = venues;
    this.others = others;
    /** @type {Map<string, number>} every word with the number of its papers */
    this.words = new Map();
    /** @type {Chunk[]} */
    this.chunks = [];
    /** @type {Map<Field, Map<string, number>>} words by field, gathered when first wanted */
    this.fields = new Map();
    /** @type {Map<Field, Uint32Array>} */
    this.signatures = new Map();
    /** @type {Map<string, string[]>} */
    this.found = new Map();
    for (const text of [...venues, ...others]) this.addText(this.words, text);
  }

  /** @param {Chunk} chunk */
  add(chunk) {
    this.chunks.push(chunk);
    const { words, starts } = chunk.postings;
    for (const [i, word] of words.entries()) this.words.set(word, (this.words.get(word) ?? 0) + starts[i + 1] - starts[i]);
    this.fields.clear();
    this.signatures.clear();
    this.found.clear();
  }

  /**
   * Return whether any paper has exactly this word in its title, names, authors or notes, or in the name of its venue or section.
   * @param {string} word
   */
  has(word) {
    return this.words.has(word);
  }

  /**
   * @param {Map<string, number>} words
   * @param {string} text
   */
  addText(words, text) {
    for (const word of text.split(" ")) if (word) words.set(word, (words.get(word) ?? 0) + 1);
  }

  /** @param {Field} field */
  gather(field) {
    const known = field === "all" ? this.words : this.fields.get(field);
    if (known) return known;
    /** @type {Map<string, number>} */
    const words = new Map();
    this.fields.set(field, words);
    if (field === "venue") for (const text of this.venues) this.addText(words, text);
    const bits = BITS.get(field) ?? 0;
    for (const { postings } of this.chunks) {
      for (const [i, word] of postings.words.entries()) {
        const uses = postings.numbers.subarray(postings.starts[i], postings.starts[i + 1]).filter((posting) => bitsOf(posting) & bits).length;
        if (uses) words.set(word, (words.get(word) ?? 0) + uses);
      }
    }
    return words;
  }

  /** @param {Field} field */
  signaturesOf(field) {
    const signatures = this.signatures.get(field) ?? signAll(this.gather(field));
    this.signatures.set(field, signatures);
    return signatures;
  }

  /**
   * @param {string} word folded, found nowhere
   * @param {Field} field
   * @returns {string[]} the nearest words, the most used first
   */
  correct(word, field) {
    if (word.length < SHORTEST || word.length > LONGEST) return [];
    const name = `${field} ${word}`;
    const found = this.found.get(name) ?? findNearest(word, this.gather(field), this.signaturesOf(field));
    this.found.set(name, found);
    return found;
  }
}
