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
/** Combining marks, the points of Hebrew and the vowels of Arabic; the marks of other scripts make letters. */
const DIACRITICS =
  /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]/gu;
/** Signs and spaces between words. */
const NOT_WORD = /[^\p{L}\p{N}]+/gu;
/** Most texts, which need no table of letters. */
const ASCII = /^[\x00-\x7f]*$/;

/**
 * Replace each letter by its plain base letter; scripts without diacritics are left as they are.
 * @param {string} text
 */
export function stripDiacritics(text) {
  if (ASCII.test(text)) return text;
  return text
    .normalize("NFKD")
    .replace(LETTER, (letter) => LETTERS.get(letter) ?? letter)
    .replace(DIACRITICS, "")
    .normalize("NFC");
}

/**
 * Return the words of a text: lower-case, without diacritics and punctuation, one space apart.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  return stripDiacritics(text).toLowerCase().replaceAll("ς", "σ").replace(NOT_WORD, " ").trim();
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
