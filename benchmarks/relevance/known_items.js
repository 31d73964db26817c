// @ts-check
/* Queries made from the papers of a list, always the same: what a reader types who knows the paper. */

/** @typedef {{key: string, title: string, authors: string[], venue: string, year: number | null}} Paper */
/** @typedef {{query: string, kind: string, expect: string[]}} Known */

/** Queries of a kind. */
const MOST = 100;
const SHORTEST = 4;
const SHORTEST_MISSPELT = 6;
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
/** Words that are in few titles of any list. */
const OTHERS = ["umbrella", "benchmarking", "quantitative", "pancake", "revisited", "overview", "practical", "tomato", "toolkit", "lighthouse"];
const STOP_WORDS = new Set("with from that this what when where which into over their them they does your have been more than".split(" "));

/** A generator of numbers from 0 to 1 that gives the same ones each time (mulberry32). */
class Dice {
  /** @param {number} seed */
  constructor(seed) {
    this.seed = seed;
  }

  next() {
    this.seed = (this.seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.seed ^ (this.seed >>> 15), 1 | this.seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /**
   * @template T
   * @param {T[]} items
   */
  pick(items) {
    return items[Math.floor(this.next() * items.length)];
  }

  /**
   * @template T
   * @param {T[]} items
   * @param {number} count
   */
  sample(items, count) {
    const left = [...items];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(Math.floor(this.next() * left.length), 1)[0]);
  }
}

/** @param {string} text */
function toLetters(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** @param {string} title */
function wordsOf(title) {
  const words = toLetters(title).match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words)].filter((word) => word.length >= SHORTEST && !STOP_WORDS.has(word));
}

/**
 * Make one slip in the inside of a word.
 * @param {string} word
 * @param {Dice} dice
 */
function misspell(word, dice) {
  const place = 1 + Math.floor(dice.next() * (word.length - 2));
  const [before, letter, after] = [word.slice(0, place), word[place], word.slice(place + 1)];
  const other = dice.pick([...LETTERS].filter((one) => one !== letter));
  return dice.pick([before + after, before + letter + letter + after, before + other + after, before + after[0] + letter + after.slice(1)]);
}

/**
 * Return whether one slip at most is between a text and a word, or a beginning of it.
 * @param {string} text
 * @param {string} word
 */
function isNear(text, word) {
  if (word.startsWith(text)) return true;
  const [short, long] = text.length < word.length ? [text, word] : [word, text];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  if (long.slice(start + 1) === short.slice(start + (long.length === short.length ? 1 : 0))) return true;
  const isSwapped = long.length === short.length && long[start] === short[start + 1] && long[start + 1] === short[start];
  return isSwapped && long.slice(start + 2) === short.slice(start + 2);
}

/** @param {string} name */
function familyOf(name) {
  return name.split(" ").at(-1) ?? name;
}

/**
 * @param {Paper[]} papers
 * @param {number} seed
 * @returns {Known[]}
 */
export function makeKnownItems(papers, seed = 1) {
  const dice = new Dice(seed);
  const titles = papers.map(({ title }) => new Set(wordsOf(title)));
  const vocabulary = [...new Set(papers.flatMap(({ title, authors }) => [...(toLetters(title).match(/[\p{L}\p{N}]+/gu) ?? []), ...authors.flatMap((name) => toLetters(name).split(" "))]))];
  /** A slip that makes it another word of the list, or nearly, says nothing about a search. */
  const misspellOnly = (/** @type {string} */ word) => {
    const slip = misspell(word, dice);
    return vocabulary.some((other) => other !== word && isNear(slip, other)) ? "" : slip;
  };
  /** Every paper that has the words is right. */
  const having = (/** @type {string[]} */ words) => papers.filter((_, i) => words.every((word) => titles[i].has(word))).map(({ key }) => key);
  const by = (/** @type {string} */ family) =>
    papers.filter(({ authors }) => authors.some((name) => toLetters(familyOf(name)) === family)).map(({ key }) => key);
  /** @type {Record<string, (paper: Paper, words: string[]) => Omit<Known, "kind"> | null>} */
  const kinds = {
    "three title words": (_, words) => {
      const three = dice.sample(words, 3);
      return three.length === 3 ? { query: three.join(" "), expect: having(three) } : null;
    },
    typo: (_, words) => {
      const long = dice.sample(words.filter((word) => word.length >= SHORTEST_MISSPELT && /^[a-z]+$/.test(word)), 1);
      const two = dice.sample(words.filter((word) => !long.includes(word)), 2);
      const slip = long.length && two.length === 2 ? misspellOnly(long[0]) : "";
      return slip ? { query: [...two, slip].join(" "), expect: having([...two, ...long]) } : null;
    },
    "misspelt author": ({ authors }) => {
      const families = authors.map((name) => toLetters(familyOf(name))).filter((family) => family.length >= SHORTEST_MISSPELT && /^[a-z]+$/.test(family));
      const family = families.length ? dice.pick(families) : "";
      const slip = family && misspellOnly(family);
      return slip ? { query: slip, expect: [...by(family), ...having([family])] } : null;
    },
    "author and year": ({ authors, year }) => {
      if (!authors.length || !year) return null;
      const family = toLetters(familyOf(authors[0]));
      const right = new Set([...by(family), ...having([family])]);
      return { query: `${family} ${year}`, expect: papers.filter((paper) => paper.year === year && right.has(paper.key)).map(({ key }) => key) };
    },
    "plural and singular": (_, words) => {
      const three = dice.sample(words, 3);
      const place = three.findIndex((word) => /^[a-z]{4,}[^s\W\d]s?$/.test(word) && !/(?:ss|us|is|y|ies|es|x|ch|sh)$/.test(word));
      if (three.length < 3 || place < 0) return null;
      const changed = three.map((word, i) => (i !== place ? word : word.endsWith("s") ? word.slice(0, -1) : `${word}s`));
      return { query: changed.join(" "), expect: having(three) };
    },
    "hyphen dropped": ({ title }, words) => {
      const [compound] = /[a-z]{2,}-[a-z]{2,}/i.exec(title) ?? [];
      const other = dice.sample(words.filter((word) => !compound?.toLowerCase().includes(word)), 1);
      return compound && other.length ? { query: `${toLetters(compound.replace("-", ""))} ${other[0]}`, expect: having([...other, ...wordsOf(compound)]) } : null;
    },
    "one word too many": (_, words) => {
      const three = dice.sample(words, 3);
      return three.length === 3 ? { query: [...three, dice.pick(OTHERS)].join(" "), expect: having(three) } : null;
    },
    "pasted reference": ({ key, title, authors, venue, year }) => {
      const names = authors.slice(0, 3).map((name) => `${name[0]}. ${familyOf(name)}`).join(", ");
      return { query: `${names}. ${title}. In ${venue}, pages 17–29, ${year ?? "n.d."}.`, expect: [key] };
    },
  };
  return Object.entries(kinds).flatMap(([kind, make]) => {
    const found = dice.sample(papers, papers.length).flatMap((paper) => {
      const known = make(paper, wordsOf(paper.title));
      return known?.expect.length ? [{ kind, ...known }] : [];
    });
    return found.slice(0, MOST);
  });
}
