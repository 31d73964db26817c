// @ts-check
/* What a word of a query may be in the papers: the word itself, its other forms, the beginning of a longer one, a part of it
   joined with its neighbours or split in two, an abbreviation, a year, or the word that was meant by a misspelt one. */

import { findForms } from "./forms.js";
import { FILLERS, plainTerms } from "./query.js";
import { isCjk } from "./words.js";

/** @typedef {import("./query.js").Term} Term */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./vocabulary.js").Vocabulary} Vocabulary */
/**
 * One reading of a word. `how` is where it is looked for: a whole `word`, the beginning of one (`prefix`), anywhere in one
 * (`infix`), words side by side (`phrase`), the first letters of a title's words (`initials`), or a `year`. `isOfTexts` is a
 * reading that no name of a person has: `Adams` is no plural of `Adam`.
 * @typedef {{how: "word" | "prefix" | "infix" | "phrase" | "initials" | "year", text: string, weight: number,
 *   isOfTexts?: boolean}} Reading
 */
/** @typedef {{term: Term, readings: Reading[]}} Condition */
/** @typedef {{conditions: Condition[], text: string}} Plan `text` is all plain words in their order */
/** @typedef {{typed: string, meant: string[]}} Spelling a word that no paper has, and the nearest ones that are there */

/* How much less a paper fits that has not the very word. All were tried on the queries of `benchmarks/relevance`; their
   order matters more than their size. */
/** `represent` for representation: the word may be another one, `general` for generalisation. */
const PREFIX = 0.6;
/** `dino v2` for DINOv2: hardly ever chance, but the word as written comes first. */
const JOINED = 0.95;
/** `crosslingual` for cross-lingual: less certain, since parts may be common words, `to day`. */
const SPLIT = 0.9;
/** `LLM` for a title with the words Large Language Models. */
const INITIALS = 0.6;
/** `large language models` for a title with the word LLMs. */
const ABBREVIATED = 0.7;
/** `represntation` for representation: a guess, above the mere beginning of a word. */
const MEANT = 0.7;
/** A number says less than a version. */
const VERSION_ALONE = 0.5;
/** A name with its version: `dino2`, `v2`. */
const VERSION = /^(\p{L}+)(\d{1,2})$/u;
/** A version without its name and its v: the `2` of `convnext 2`. */
const NUMBER = /^\d{1,2}$/;
/** `23` for 2023. */
const SHORT_YEAR = 0.5;

/** A part of a split word: `cross|lingual`; shorter parts only between a letter and a digit, `gpt|4`. */
const SHORTEST_PART = 2;
/** Shorter words fall apart by chance: `into` is not `in to`. */
const SHORTEST_SPLIT = 5;
/** The place between the letters and digits of `gpt4` or `2d`. */
const LETTER_DIGIT = /(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/gu;
/** Two letters fit the initials of too many titles; more than five are hardly typed. */
const ABBREVIATION = /^[a-z]{3,5}$/;
/** Abbreviations without a vowel are no words of a language, `llm`; others, `the`, need to be written in capitals. */
const VOWEL = /[aeiouy]/;
/** Words of which an abbreviation is made. */
const MOST_ABBREVIATED = 5;
/** A year, also with the letter of a citation: `2024a`. */
const YEAR = /^((?:19|20)\d\d)[a-z]?$/;
/** What may be a year without its century: the `24` of `icml 24`. */
const TWO_DIGITS = /^\d\d$/;
/** In longer queries, pasted ones most of the time, only the last word is still being typed. */
const MOST_TYPED = 6;

/** Fields in which a word can be misspelt. */
const SPELT = new Map([["", "all"], ["title", "title"], ["author", "author"], ["venue", "venue"]]);

export class Expander {
  /**
   * @param {Vocabulary} vocabulary
   * @param {(term: Term, readings: Reading[]) => boolean} isFound whether any paper has one of the readings
   */
  constructor(vocabulary, isFound) {
    this.vocabulary = vocabulary;
    this.isFound = isFound;
  }

  /**
   * Say for every word of a query what it may be.
   * @param {Query} query
   * @param {string} typed the query as written, for its capitals
   * @returns {{plans: Plan[], spellings: Spelling[], query: Query}} `query` with the words to mark
   */
  expand(query, typed) {
    /** @type {Spelling[]} */
    const spellings = [];
    const plans = query.alternatives.map(({ terms, text }) => {
      const words = plainTerms(terms).filter((term) => !term.isPhrase);
      const neighbours = this.readNeighbours(words.map((term) => term.text));
      const conditions = terms.flatMap((term) => {
        const place = words.indexOf(term);
        const isTyped = words.length <= MOST_TYPED || place === words.length - 1;
        const near = place < 0 ? [] : neighbours[place];
        return this.toConditions(term, near, isTyped, typed, spellings);
      });
      return { conditions, text };
    });
    const alternatives = plans.map(({ conditions, text }) => ({ terms: conditions.map(({ term }) => term), text }));
    return { plans, spellings, query: { alternatives, terms: alternatives.flatMap(({ terms }) => terms) } };
  }

  /**
   * @param {Term} term
   * @param {Reading[]} near
   * @param {boolean} isTyped
   * @param {string} typed
   * @param {Spelling[]} spellings
   * @returns {Condition[]}
   */
  toConditions(term, near, isTyped, typed, spellings) {
    if (term.years) return [{ term, readings: [] }];
    if (term.isPhrase) return [{ term, readings: readPhrase(term) }];
    if (isCjk(term.text)) return this.readCjk(term);
    const readings = [...this.readWord(term, isTyped, typed), ...near];
    if (this.isFound(term, readings)) return [{ term: { ...term, meant: toMeant(term, readings) }, readings }];
    const initials = term.field ? [] : toInitials(term.text);
    if (initials.length && this.isFound(term, initials)) return [{ term, readings: initials }];
    // `ICML24` is two words where no paper has them as one.
    const parts = term.text.replace(LETTER_DIGIT, " ").split(" ");
    if (parts.length === 2 && !term.field && !term.isExcluded) {
      return parts.flatMap((text) => this.toConditions({ ...term, text, meant: [text] }, [], isTyped, typed, spellings));
    }
    const meant = this.correct(term);
    if (!meant.length) return [{ term, readings }];
    if (!term.isOptional) spellings.push({ typed: term.text, meant });
    const corrected = meant.map((text) => ({ how: /** @type {const} */ ("word"), text, weight: MEANT }));
    return [{ term: { ...term, meant }, readings: corrected }];
  }

  /**
   * @param {Term} term
   * @param {boolean} isTyped
   * @param {string} typed
   * @returns {Reading[]}
   */
  readWord({ text, field, isExcluded }, isTyped, typed) {
    if (text.includes(" ")) return [{ how: "phrase", text, weight: 1 }, ...this.readJoined(text)];
    /** @type {Reading[]} */
    const readings = [{ how: "word", text, weight: 1 }];
    for (const { word, weight } of findForms(text)) if (this.vocabulary.has(word)) readings.push({ how: "word", text: word, weight, isOfTexts: true });
    if (isTyped) readings.push({ how: "prefix", text, weight: PREFIX });
    if (isExcluded || FILLERS.has(text)) return readings;
    readings.push(...this.split(text));
    readings.push(...this.readVersion(text));
    if (!field) readings.push(...readYear(text), ...readInitials(text, typed));
    return readings;
  }

  /**
   * Read two words as one: `multi-modal` in a field.
   * @param {string} text
   * @returns {Reading[]}
   */
  readJoined(text) {
    const joined = text.replaceAll(" ", "");
    return this.vocabulary.has(joined) ? [{ how: "word", text: joined, weight: JOINED }] : [];
  }

  /**
   * Read a version with or without its v: `dino2` for `DINOv2`, `convnext2` and `convnext 2` for `ConvNeXt V2`, `wav2vec v2`
   * for `wav2vec 2.0`.
   * @param {string} text
   * @returns {Reading[]}
   */
  readVersion(text) {
    if (NUMBER.test(text)) return this.vocabulary.has(`v${text}`) ? [{ how: "word", text: `v${text}`, weight: VERSION_ALONE }] : [];
    const [, name, version] = VERSION.exec(text) ?? [];
    if (!version) return [];
    /** @type {Reading[]} */
    const readings = [];
    const joined = `${name}v${version}`;
    if (name === "v" && this.vocabulary.has(version)) readings.push({ how: "word", text: version, weight: VERSION_ALONE });
    else if (this.vocabulary.has(joined)) readings.push({ how: "word", text: joined, weight: SPLIT });
    if (this.vocabulary.has(name) && this.vocabulary.has(`v${version}`)) readings.push({ how: "phrase", text: `${name} v${version}`, weight: SPLIT });
    return readings;
  }

  /**
   * Read a word as two that are side by side.
   * @param {string} word
   * @returns {Reading[]}
   */
  split(word) {
    const { vocabulary } = this;
    /** @type {Set<string>} */
    const found = new Set();
    const boundary = word.replace(LETTER_DIGIT, " ");
    if (boundary !== word && boundary.split(" ").every((part) => vocabulary.has(part))) found.add(boundary);
    for (const { index } of word.matchAll(LETTER_DIGIT)) this.tryParts(word, index, found);
    if (word.length >= SHORTEST_SPLIT) {
      for (let end = SHORTEST_PART; end <= word.length - SHORTEST_PART; end += 1) this.tryParts(word, end, found);
    }
    return [...found].map((text) => ({ how: "phrase", text, weight: SPLIT }));
  }

  /**
   * @param {string} word
   * @param {number} end
   * @param {Set<string>} found
   */
  tryParts(word, end, found) {
    const parts = [word.slice(0, end), word.slice(end)];
    if (parts.every((part) => this.vocabulary.has(part))) found.add(parts.join(" "));
  }

  /**
   * Read each word with its neighbours: joined to one word, `dino v2`, or as what they abbreviate to, `large language models`.
   * @param {string[]} words
   * @returns {Reading[][]} by word
   */
  readNeighbours(words) {
    /** @type {Reading[][]} */
    const found = words.map(() => []);
    const note = (/** @type {number} */ start, /** @type {number} */ end, /** @type {Reading[]} */ readings) => {
      for (let place = start; place < end; place += 1) found[place].push(...readings);
    };
    for (let start = 0; start < words.length; start += 1) {
      for (let end = start + 2; end <= Math.min(words.length, start + MOST_ABBREVIATED); end += 1) {
        const several = words.slice(start, end);
        if (end - start <= 3) note(start, end, this.readAs(several.join(""), JOINED));
        // Parts of numbers and versions: `wav2vec2.0` for `wav2vec 2.0`.
        if (end - start === 2 && /\p{N}/u.test(several.join(""))) {
          note(start, end, [...this.split(several.join("")), ...this.readVersion(several.join(""))]);
        }
        if (end - start >= 3) note(start, end, this.readAs(several.map(([letter]) => letter).join(""), ABBREVIATED));
      }
    }
    return found;
  }

  /**
   * @param {string} word
   * @param {number} weight
   * @returns {Reading[]}
   */
  readAs(word, weight) {
    // `foundation opportunities risks` is no `for`.
    if (word.length < 3 || FILLERS.has(word)) return [];
    const isOfTexts = weight === ABBREVIATED;
    return [word, `${word}s`].filter((text) => this.vocabulary.has(text)).map((text) => ({ how: "word", text, weight, isOfTexts }));
  }

  /**
   * Read a run of letters of a script without spaces: as it is, or where no paper has it as the pairs of its letters.
   * @param {Term} term
   * @returns {Condition[]}
   */
  readCjk(term) {
    const whole = [{ term, readings: [toInfix(term.text)] }];
    const letters = [...term.text];
    if (letters.length < 3 || term.field || term.isExcluded || this.isFound(term, whole[0].readings)) return whole;
    const pairs = letters.slice(1).map((letter, i) => letters[i] + letter);
    return pairs.map((pair) => ({ term: { ...term, text: pair, meant: [pair] }, readings: [toInfix(pair)] }));
  }

  /** @param {Term} term */
  correct(term) {
    const field = /** @type {import("./vocabulary.js").Field | undefined} */ (SPELT.get(term.field));
    if (!field || term.isExcluded || term.text.includes(" ")) return [];
    return this.vocabulary.correct(term.text, field);
  }
}

/**
 * @param {string} text
 * @returns {Reading}
 */
function toInfix(text) {
  return { how: "infix", text, weight: 1 };
}

/**
 * @param {string} text
 * @returns {Reading[]}
 */
function readYear(text) {
  const year = YEAR.exec(text)?.[1];
  if (year) return [{ how: "year", text: year, weight: 1 }];
  if (TWO_DIGITS.test(text)) return [{ how: "year", text: (Number(text) > 50 ? "19" : "20") + text, weight: SHORT_YEAR }];
  // A year still being typed.
  return /^(?:19|20)\d$/.test(text) ? [{ how: "year", text, weight: SHORT_YEAR }] : [];
}

/**
 * @param {string} text
 * @param {string} typed
 * @returns {Reading[]}
 */
function readInitials(text, typed) {
  const isCertain = !VOWEL.test(text) || typed.includes(text.toUpperCase()) || typed.includes(`${text.slice(0, -1).toUpperCase()}s`);
  return isCertain ? toInitials(text) : [];
}

/**
 * @param {string} text
 * @returns {Reading[]}
 */
function toInitials(text) {
  // `LLMs` has an s of its own.
  const letters = text.length > 3 && text.endsWith("s") ? text.slice(0, -1) : text;
  return ABBREVIATION.test(letters) ? [{ how: "initials", text: letters, weight: INITIALS }] : [];
}

/**
 * Read a phrase as it is; a name in quotes also with the family name last, `author:"Example, Ada"`.
 * @param {Term} term
 * @returns {Reading[]}
 */
function readPhrase({ field, text }) {
  const words = text.split(" ");
  // Which words are the family name is not known: `van der Berg, Carla`.
  const turned = field === "author" ? words.slice(1).map((_, i) => [...words.slice(i + 1), ...words.slice(0, i + 1)].join(" ")) : [];
  return [text, ...turned].map((order) => ({ how: "phrase", text: order, weight: 1 }));
}

/**
 * Return the texts to mark where a term is found.
 * @param {Term} term
 * @param {Reading[]} readings
 */
function toMeant(term, readings) {
  const texts = readings.filter(({ how }) => how === "word" || how === "phrase" || how === "infix").map(({ text }) => text);
  return [...new Set([...term.meant, ...texts])];
}
