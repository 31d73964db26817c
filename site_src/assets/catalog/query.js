// @ts-check
/* What a reader types into the search box, understood. */

import { fold } from "./fold.js";
import { normalizeUrl, recognize, toUrl } from "./identifiers.js";

/**
 * One condition. `text` is folded; a phrase must end where a word ends, other text may be a word's beginning. `meant`
 * are the words to look for: `text` itself, or what was meant when it is misspelt.
 * @typedef {{field: string, text: string, isPhrase: boolean, isExcluded: boolean, years: [number, number] | null,
 *   meant: string[]}} Term
 */

/** @typedef {{terms: Term[], text: string}} Query `text` is all plain words, folded */

/** Fields that can be asked for, `author:smith`; "" is anywhere. */
export const FIELDS = new Set(["author", "title", "venue", "year", "section", "tag", "has", "type", "key"]);

/** The field of a term that is an address, by `parseAddress`; no reader writes it. */
export const ADDRESS = "address";

const TOKEN = /(-)?(?:([a-z]+):(?:"([^"]*)"?|([^\s"]*))|"([^"]*)"?|([^\s"]+))/giu;

/**
 * @param {string} text
 * @returns {Query}
 */
export function parseQuery(text) {
  return makeQuery([...readTokens(text)].flatMap(toTerm));
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
  for (const [, minus, name = "", fieldQuoted, fieldBare, plainQuoted, plainBare] of text.matchAll(TOKEN)) {
    const quoted = fieldQuoted ?? plainQuoted;
    const value = quoted ?? fieldBare ?? plainBare ?? "";
    yield { name: name.toLowerCase(), value, isPhrase: quoted !== undefined, isExcluded: minus !== undefined };
  }
}

/**
 * @param {Term[]} terms
 * @returns {Query}
 */
export function makeQuery(terms) {
  return { terms, text: plainTerms(terms).map((term) => term.meant[0]).join(" ") };
}

/**
 * Return the query for a text that names a paper by its identifier or address; null for any other text.
 * @param {string} text
 * @returns {Query | null}
 */
export function parseAddress(text) {
  const bare = text.trim();
  const identifier = recognize(bare);
  if (!identifier) return null;
  // A paper may be listed under the very address, too: that of a PDF at arXiv, say.
  const meant = [...new Set([toUrl(identifier), bare].map(normalizeUrl))];
  return makeQuery([{ field: ADDRESS, text: bare, isPhrase: true, isExcluded: false, years: null, meant }]);
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
 * @returns {Term[]}
 */
function toTerm({ name, value, isPhrase, isExcluded }) {
  const field = FIELDS.has(name) ? name : "";
  const words = fold(field || !name ? value : `${name} ${value}`);
  const years = field === "year" ? parseYears(value) : null;
  // What is still being typed (`author:`, a lone hyphen) excludes nothing.
  if (!words || (field === "year" && !years)) return [];
  return [{ field, text: words, isPhrase, isExcluded, years, meant: [words] }];
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
    .filter((term) => !term.isExcluded && (!term.field || term.field === field))
    .flatMap((term) => term.meant.flatMap((words) => words.split(" ")));
}
