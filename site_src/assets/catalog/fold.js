// @ts-check
/* Text reduced to what a reader compares. The same rules as catalog/folding.py; a test holds both together. */

/** Letters that carry no combining mark, so that Unicode decomposition leaves them as they are. */
const LETTERS = new Map(
  Object.entries({
    ø: "o", Ø: "O", ł: "l", Ł: "L", đ: "d", Đ: "D", ð: "d", Ð: "D", þ: "th", Þ: "Th", æ: "ae", Æ: "Ae", œ: "oe",
    Œ: "Oe", ß: "ss", ẞ: "Ss", ı: "i", ħ: "h", Ħ: "H", ŧ: "t", Ŧ: "T", ŋ: "n", Ŋ: "N", ĸ: "k", ʻ: "", ʼ: "",
    "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u2010": "-", "\u2011": "-",
  }),
);
const LETTER = new RegExp(`[${[...LETTERS.keys()].join("")}]`, "gu");
const MARK = /\p{M}/gu;
const NOT_WORD = /[^\p{L}\p{N}]+/gu;
// eslint-disable-next-line no-control-regex
const ASCII = /^[\x00-\x7f]*$/;

/** @type {Map<string, boolean>} */
const combining = new Map();

/**
 * Tell whether a mark has a combining class, which Unicode's normal form shows by sorting it among others. Marks
 * without one, as in Thai, are parts of words that decomposition leaves alone.
 * @param {string} mark
 */
function isCombining(mark) {
  let known = combining.get(mark);
  if (known === undefined) {
    const last = "\u0345" + mark;
    const first = mark + "\u0334";
    known = mark === "\u0345" || mark === "\u0334" || last.normalize("NFD") !== last || first.normalize("NFD") !== first;
    combining.set(mark, known);
  }
  return known;
}

/**
 * Return the words of a text: lower-case, without diacritics and punctuation, one space apart.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  if (!ASCII.test(text)) {
    text = text
      .replace(LETTER, (letter) => LETTERS.get(letter) ?? letter)
      .normalize("NFKD")
      .replace(MARK, (mark) => (isCombining(mark) ? "" : mark))
      .normalize("NFC");
  }
  return text.toLowerCase().replaceAll("ς", "σ").replace(NOT_WORD, " ").trim();
}

/**
 * Find the parts of a text that folded words match, each a pair of start and end.
 * @param {string} text
 * @param {string[]} words folded beginnings of words
 * @returns {[number, number][]}
 */
export function findMatches(text, words) {
  /** @type {[number, number][]} */
  const found = [];
  for (const token of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const folded = fold(token[0]);
    const longest = Math.max(0, ...words.filter((word) => folded.startsWith(word)).map((word) => word.length));
    if (longest) found.push([token.index, token.index + reach(token[0], longest)]);
  }
  return found;
}

/**
 * Return how far into a word its first folded letters reach.
 * @param {string} word
 * @param {number} length
 */
function reach(word, length) {
  let end = 0;
  for (const character of word) {
    // Marks that follow a letter belong to it.
    if (fold(word.slice(0, end)).length >= length && !/\p{M}/u.test(character)) break;
    end += character.length;
  }
  return end;
}
