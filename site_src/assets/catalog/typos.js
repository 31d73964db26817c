// @ts-check
/* What a misspelt word may have meant: the nearest words of the list itself. */

/** Shorter words are too easily something else. */
const SHORTEST = 4;
/** From here on two slips are forgiven: they leave most of the word. */
const LONG = 7;
/** Words meant by one; more would be guesses. */
const MOST_MEANT = 8;
/** A longer word is no word. */
const LONGEST = 40;

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
 * @param {Uint32Array} signatures of the words, by `signAll`
 */
export function findNearest(word, words, signatures = signAll(words)) {
  const letters = sign(word);
  let place = -1;
  let best = allowedSlips(word);
  if (best === 0) return [];
  /** @type {{text: string, slips: number, isWhole: boolean}[]} */
  let nearest = [];
  for (const text of words.keys()) {
    place += 1;
    if (text.length < word.length - best || countBits(letters & ~signatures[place]) > best) continue;
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
 * Return which letters a word has, as bits, for a quick look at whether another can be near. Letters may share a bit.
 * @param {string} word
 */
function sign(word) {
  let bits = 0;
  for (let i = 0; i < word.length; i += 1) bits |= 1 << word.charCodeAt(i) % 32;
  return bits;
}

/**
 * Return the letters of each word, as bits.
 * @param {Map<string, number>} words
 */
export function signAll(words) {
  return Uint32Array.from(words.keys(), sign);
}

/** @param {number} bits */
function countBits(bits) {
  let count = 0;
  for (let left = bits; left; left &= left - 1) count += 1;
  return count;
}
