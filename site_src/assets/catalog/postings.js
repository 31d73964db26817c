// @ts-check
/* Where each word of a chunk's papers is: an inverted index in sorted arrays, so that a word and the beginnings of
   words are found by halving, and all words that begin alike lie side by side. */

/* The fields that a word is in, as bits. */
export const TITLE = 1;
/** What readers call the paper, `CLIP`. */
export const NAME = 2;
/** The first author, whom readers name when they cite. */
export const FIRST_AUTHOR = 4;
export const AUTHOR = 8;
export const KEY = 16;
export const NOTE = 32;
export const ABSTRACT = 64;
/** The word begins the title, or is all of a name. */
export const BEGINS = 128;

/** A posting is a row and its bits in one number. */
const SHIFT = 8;
const BITS = (1 << SHIFT) - 1;

export class Postings {
  /** @param {Map<string, number[]>} words for each word its postings, by `toPosting`, in the order of rows */
  constructor(words) {
    /** @type {string[]} */
    this.words = [...words.keys()].sort();
    /** The postings of word `i` are those from `starts[i]` to `starts[i + 1]`. */
    this.starts = new Uint32Array(this.words.length + 1);
    for (const [i, word] of this.words.entries()) this.starts[i + 1] = this.starts[i] + (words.get(word)?.length ?? 0);
    this.numbers = new Uint32Array(this.starts[this.words.length]);
    for (const [i, word] of this.words.entries()) this.numbers.set(words.get(word) ?? [], this.starts[i]);
  }

  /**
   * Return where a word would be.
   * @param {string} word
   */
  findPlace(word) {
    let [low, high] = [0, this.words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.words[middle] < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Return the postings of a word.
   * @param {string} word
   * @returns {Uint32Array}
   */
  find(word) {
    const place = this.findPlace(word);
    return this.words[place] === word ? this.numbers.subarray(this.starts[place], this.starts[place + 1]) : NONE;
  }

  /**
   * Return the postings of all words that begin with a text, a row once for each of them.
   * @param {string} text
   * @returns {Uint32Array}
   */
  findPrefix(text) {
    // No folded word has a letter beyond this one.
    const [first, end] = [this.findPlace(text), this.findPlace(`${text}\uffff`)];
    return this.numbers.subarray(this.starts[first], this.starts[end]);
  }

  /**
   * Return the postings of each word that has a text anywhere.
   * @param {string} text
   */
  findInfix(text) {
    return this.words.flatMap((word, i) => (word.includes(text) ? [this.numbers.subarray(this.starts[i], this.starts[i + 1])] : []));
  }
}

const NONE = new Uint32Array();

/** Gathers the words of a chunk. */
export class PostingsWriter {
  constructor() {
    /** @type {Map<string, number[]>} */
    this.words = new Map();
  }

  /**
   * @param {number} row not less than that of the call before
   * @param {string} text folded
   * @param {number} field
   * @param {boolean} isMarked whether the first word is marked as the beginning
   */
  add(row, text, field, isMarked = false) {
    if (!text) return;
    let bits = isMarked ? field | BEGINS : field;
    for (const word of text.split(" ")) {
      const known = this.words.get(word);
      if (!known) this.words.set(word, [toPosting(row, bits)]);
      else if (rowOf(known[known.length - 1]) === row) known[known.length - 1] |= bits;
      else known.push(toPosting(row, bits));
      bits = field;
    }
  }

  finish() {
    return new Postings(this.words);
  }
}

/**
 * @param {number} row
 * @param {number} bits
 */
export function toPosting(row, bits) {
  return (row << SHIFT) | bits;
}

/** @param {number} posting */
export function rowOf(posting) {
  return posting >>> SHIFT;
}

/** @param {number} posting */
export function bitsOf(posting) {
  return posting & BITS;
}
