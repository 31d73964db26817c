// @ts-check
/* What a misspelt word may have meant: the nearest words of the list itself. */

/** @typedef {import("./data.js").Chunk} Chunk */
/** @typedef {"title" | "author" | "venue" | "all"} Field */

/** Shorter words are too easily something else. */
const SHORTEST = 4;
const LONG = 8;
/** Words meant by one; more would be guesses. */
const MOST_MEANT = 8;
/** A longer word is no word. */
const LONGEST = 40;

/** The words of the papers by field. */
export class Vocabulary {
  /** @param {string[]} venues their folded names */
  constructor(venues) {
    this.venues = venues;
    /** @type {Map<Field, {words: Map<string, number>, chunks: number}>} */
    this.fields = new Map();
    /** @type {Map<string, string[]>} */
    this.found = new Map();
  }

  /**
   * Gather the words of chunks that came since the last call.
   * @param {Field} field
   * @param {Chunk[]} chunks all of them
   * @returns {Map<string, number>} words, each with the number of its uses
   */
  gather(field, chunks) {
    const known = this.fields.get(field) ?? { words: new Map(), chunks: 0 };
    this.fields.set(field, known);
    if (known.chunks === chunks.length) return known.words;
    for (const chunk of chunks.slice(known.chunks)) {
      for (const text of this.textsOf(field, chunk)) {
        for (const word of text.split(" ")) {
          if (word.length >= SHORTEST - 1 && word.length <= LONGEST) known.words.set(word, (known.words.get(word) ?? 0) + 1);
        }
      }
    }
    known.chunks = chunks.length;
    this.found.clear();
    return known.words;
  }

  /**
   * @param {Field} field
   * @param {Chunk} chunk
   */
  *textsOf(field, chunk) {
    for (let row = 0; row < chunk.size; row += 1) {
      if (field === "all" || field === "title") yield chunk.titleOf(row);
      if (field === "all" || field === "author") yield chunk.authorsOf(row);
      const venue = chunk.columns.venue[row];
      if (venue !== null && (field === "all" || field === "venue")) yield this.venues[venue];
    }
  }

  /**
   * @param {string} word folded, found nowhere
   * @param {Field} field
   * @param {Chunk[]} chunks
   * @returns {string[]} the nearest words, the most used first
   */
  correct(word, field, chunks) {
    const words = this.gather(field, chunks);
    const name = `${field} ${word}`;
    const found = this.found.get(name) ?? findNearest(word, words);
    this.found.set(name, found);
    return found;
  }
}

/**
 * Return how many slips a word may have: one letter too many, too few, wrong, or two swapped.
 * @param {string} word
 */
export function allowedSlips(word) {
  if (word.length < SHORTEST || word.length > LONGEST || /\d/.test(word)) return 0;
  return word.length < LONG ? 1 : 2;
}

/**
 * Return the words nearest to one. Whole words win over beginnings, which count for what is still being typed.
 * @param {string} word
 * @param {Map<string, number>} words
 */
export function findNearest(word, words) {
  const letters = lettersOf(word);
  let best = allowedSlips(word);
  if (best === 0) return [];
  /** @type {{text: string, slips: number, isWhole: boolean}[]} */
  let nearest = [];
  for (const text of words.keys()) {
    if (text.length < word.length - best || lacks(letters, text, best)) continue;
    const { whole, beginning } = countSlips(word, text, best);
    // The first letter is seldom wrong; two slips with another one make a different word.
    if (beginning > best || (beginning > 1 && text[0] !== word[0])) continue;
    if (beginning < best) nearest = [];
    best = Math.max(1, beginning);
    nearest.push({ text, slips: beginning, isWhole: whole === beginning });
  }
  const hasWhole = nearest.some(({ isWhole }) => isWhole);
  const kept = nearest.filter(({ slips, isWhole }) => slips === best && (isWhole || !hasWhole)).map(({ text }) => text);
  const uses = (/** @type {string} */ text) => words.get(text) ?? 0;
  kept.sort((a, b) => uses(b) - uses(a) || (a < b ? -1 : 1));
  return kept.slice(0, MOST_MEANT);
}

/**
 * Count the slips (optimal string alignment) that turn a word into a text, and into the nearest beginning of it.
 * Counting stops when both are over `most`.
 * @param {string} word
 * @param {string} text
 * @param {number} most
 * @returns {{whole: number, beginning: number}}
 */
export function countSlips(word, text, most) {
  const width = word.length;
  const end = Math.min(text.length, width + most);
  let before = new Array(width + 1).fill(0);
  let last = Array.from({ length: width + 1 }, (_, i) => i);
  let beginning = last[width];
  for (let j = 1; j <= end; j += 1) {
    const row = [j];
    let least = j;
    for (let i = 1; i <= width; i += 1) {
      const isSame = word[i - 1] === text[j - 1];
      let slips = Math.min(last[i] + 1, row[i - 1] + 1, last[i - 1] + Number(!isSame));
      if (i > 1 && j > 1 && word[i - 1] === text[j - 2] && word[i - 2] === text[j - 1]) slips = Math.min(slips, before[i - 2] + 1);
      row.push(slips);
      if (slips < least) least = slips;
    }
    beginning = Math.min(beginning, row[width]);
    if (least > most) return { whole: most + 1, beginning };
    [before, last] = [last, row];
  }
  return { whole: end === text.length ? last[width] : most + 1, beginning };
}

/**
 * Return the letters of a word, each once, for a quick look at whether another can be near.
 * @param {string} word
 */
function lettersOf(word) {
  return [...new Set(word)];
}

/**
 * Tell whether a text lacks more than `most` of the letters.
 * @param {string[]} letters
 * @param {string} text
 * @param {number} most
 */
function lacks(letters, text, most) {
  let count = 0;
  for (const letter of letters) {
    if (!text.includes(letter)) count += 1;
    if (count > most) return true;
  }
  return false;
}
