// @ts-check
/* What a reader types into the search box, as conditions. */

import { toWords } from "./words.js";

/**
 * One condition. `text` is folded. A phrase must be there as it is; any other text is a word, or the beginning of one.
 * A paper may lack what is optional. `meant` are the words to mark: `text` itself, or others that it stands for.
 * @typedef {{field: string, text: string, isPhrase: boolean, isExcluded: boolean, isOptional: boolean,
 *   years: [number, number] | null, meant: string[]}} Term
 */

/** @typedef {{terms: Term[], text: string}} Alternative `text` is all plain words in their order, folded */
/** @typedef {{alternatives: Alternative[], terms: Term[]}} Query a paper fits one of the alternatives; `terms` are those of all */

/** Fields that every list has, `author:smith`; "" is anywhere. A list's own facets are fields, too. */
export const FIELDS = ["author", "title", "name", "venue", "year", "section", "tag", "has", "type", "key", "note", "abstract"];

/** Words that say how papers are put together, and what readers write around what they look for. */
export const FILLERS = new Set(
  (
    "a an the of on in for from to with by at as and or is are was were be do does did how what when where which who why it its " +
    "that this these those than into via using vs versus i me my we our you they their there " +
    "paper papers article articles publication publications preprint work works study studies about find show give looking search " +
    "searching since until wrote written author authors published publish recent latest original called named titled says say please some any " +
    "et al proc proceedings pp page pages vol no arxiv doi https http www org com pmlr eds ed"
  ).split(" "),
);

/** In longer queries a single letter is an initial, as in `K. He, X. Zhang, S. Ren`. */
const MOST_WITH_LETTERS = 3;

// Unicode letters, because a facet's id may be any slug: `-data-set:"thing corpus"`, `year:2020..2024`, `"a phrase"`, `word`.
const TOKEN = /(-)?(?:([\p{L}][\p{L}\p{N}_-]*):(?:"([^"]*)"?|([^\s"]*))|"([^"]*)"?|([^\s"]+))/giu;
/** Quotation marks that keyboards and word processors put in place of `"`. */
const QUOTES = /[“”„‟«»＂]/g;
/** An entry of BibTeX, `@article{key, title = {…}, author = "…"}`, of which title, authors and year count. */
const BIBTEX = /@\w+\s*\{[^{}=]*,/;
/** A field with its value in braces, up to two deep, in quotes, or a number. */
const BIBTEX_FIELD = /\b(title|author|year)\s*=\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|"([^"]*)"|(\d+))/gi;

/**
 * @param {string} text
 * @param {Iterable<string>} own fields of the list's own
 * @returns {Query}
 */
export function parseQuery(text, own = []) {
  const fields = new Set([...FIELDS, ...own]);
  /** @type {Term[][]} */
  const alternatives = [[]];
  let isNegated = false;
  for (const token of readTokens(readYears(readBibtex(text)))) {
    const isWord = !token.isPhrase && !token.name && !token.isExcluded;
    if (isWord && (token.value === "OR" || token.value === "|")) alternatives.push([]);
    else if (isWord && token.value === "NOT") isNegated = true;
    else if (!isWord || token.value !== "AND") {
      alternatives[alternatives.length - 1].push(...toTerms({ ...token, isExcluded: token.isExcluded || isNegated }, fields));
      isNegated = false;
    }
  }
  const filled = alternatives.filter((terms) => terms.length);
  return makeQuery(filled.map(markOptional));
}

/**
 * One piece of what was typed, `-name:"value"`; `name` is "" where none stands.
 * @typedef {{name: string, value: string, isPhrase: boolean, isExcluded: boolean}} Token
 */

/**
 * @param {string} text
 * @returns {Iterable<Token>}
 */
export function* readTokens(text) {
  for (const [, minus, name = "", fieldQuoted, fieldBare, plainQuoted, plainBare] of text.replace(QUOTES, '"').matchAll(TOKEN)) {
    const quoted = fieldQuoted ?? plainQuoted;
    const value = quoted ?? fieldBare ?? plainBare ?? "";
    yield { name: name.toLowerCase(), value, isPhrase: quoted !== undefined, isExcluded: minus !== undefined };
  }
}

/**
 * Return the pieces of what was typed as they are written.
 * @param {string} text
 * @returns {string[]}
 */
export function listParts(text) {
  return [...text.replace(QUOTES, '"').matchAll(TOKEN)].map(([part]) => part);
}

/**
 * Return title, authors and year of an entry of BibTeX; any other text as it is.
 * @param {string} text
 */
function readBibtex(text) {
  if (!BIBTEX.test(text)) return text;
  const values = [...text.matchAll(BIBTEX_FIELD)].map(([, , braced, quoted, number]) => braced ?? quoted ?? number);
  return values.length ? values.join(" ").replace(/[{}"]/g, "") : text;
}

/** Longer queries are pasted, with pages that look like years. */
const MOST_WITH_YEARS = 60;
/** `since 2024`, `papers before 2020`. */
const ONE_SIDED = /(?<=^|\s)(since|after|until|till|before) ((?:19|20)\d\d)(?=\s|$)/i;
/** `2020-2024`, `from 2020 to 2024`, `between 2020 and 2024`. */
const SPAN = /(^|\s)(?:(?:from|between) )?((?:19|20)\d\d)\s?(?:-|–|to|and|\.\.)\s?((?:19|20)\d\d)(?=\s|$)/i;

/**
 * Return a query with the years in it as a field: `since 2024`, `2020-2024`, `from 2020 to 2024`.
 * @param {string} text
 */
function readYears(text) {
  if (text.length > MOST_WITH_YEARS || text.includes('"')) return text;
  return text.replace(SPAN, "$1year:$2..$3").replace(ONE_SIDED, (_, word, year) => {
    const side = word.toLowerCase();
    if (side === "since") return `year:${year}..`;
    if (side === "after") return `year:${Number(year) + 1}..`;
    return `year:..${side === "before" ? Number(year) - 1 : year}`;
  });
}

/**
 * @param {Term[][]} alternatives
 * @returns {Query}
 */
export function makeQuery(alternatives) {
  return {
    alternatives: alternatives.map((terms) => ({ terms, text: plainTerms(terms).map((term) => term.text).join(" ") })),
    terms: alternatives.flat(),
  };
}

/**
 * Return the terms that ask for no field.
 * @param {Term[]} terms
 */
export function plainTerms(terms) {
  return terms.filter((term) => !term.field && !term.isExcluded);
}

/**
 * @param {Token} token
 * @param {Set<string>} fields
 * @returns {Term[]}
 */
function toTerms({ name, value, isPhrase, isExcluded }, fields) {
  const field = fields.has(name) ? name : "";
  const words = toWords(field || !name ? value : `${name} ${value}`);
  const years = field === "year" ? parseYears(value) : null;
  // What is still being typed (`author:`, a lone hyphen) excludes nothing.
  if (!words || (field === "year" && !years)) return [];
  const make = (/** @type {string} */ text, isWhole = isPhrase) => ({
    field, text, isPhrase: isWhole, isExcluded, isOptional: false, years, meant: [text],
  });
  if (field || isExcluded) return [make(words)];
  // One word in quotes is a word, and not the beginning of one.
  return isPhrase ? [make(words)] : words.split(" ").map((word) => make(word));
}

/**
 * Mark the words that a paper may lack; not all of them, or any paper would do.
 * @param {Term[]} terms
 */
function markOptional(terms) {
  const words = plainTerms(terms).filter((term) => !term.isPhrase);
  const isFiller = (/** @type {Term} */ { text }) => FILLERS.has(text) || (words.length > MOST_WITH_LETTERS && /^[a-z]$/.test(text));
  if (terms.length === words.length && words.every(isFiller)) return terms;
  return terms.map((term) => (words.includes(term) && isFiller(term) ? { ...term, isOptional: true } : term));
}

/**
 * Read `2024`, `2020..2024`, `2020..` or `..2024`; null when it is none of them.
 * @param {string} text
 * @returns {[number, number] | null}
 */
export function parseYears(text) {
  const found = /^(\d{1,4})?(\.\.)?(\d{1,4})?$/.exec(text.trim());
  if (!found || (!found[1] && !found[3])) return null;
  if (!found[2]) return found[3] ? null : [Number(found[1]), Number(found[1])];
  return [found[1] ? Number(found[1]) : 0, found[3] ? Number(found[3]) : 9999];
}

/**
 * Write a range of years as `parseYears` reads it.
 * @param {[number, number]} years
 */
export function formatYears([from, to]) {
  if (from === to) return String(from);
  return `${from > 0 ? from : ""}..${to < 9999 ? to : ""}`;
}

/**
 * Return the folded words to mark in a field of a result.
 * @param {Query} query
 * @param {string} field
 * @returns {string[]}
 */
export function wordsToMark(query, field) {
  return query.terms
    .filter((term) => !term.isExcluded && !term.isOptional && (!term.field || term.field === field))
    .flatMap((term) => term.meant.flatMap((words) => words.split(" ")));
}
