// @ts-check
/* What is filled in on the submit page as an entry of the list: values, what is wrong with them, and YAML. */

import { isUrl, recognize } from "./identifiers.js";
import { familyOf, makeKey } from "./keys.js";

/**
 * The fields as they were filled in: `names` has identifiers and addresses, `authors` a name a line, `links` addresses by
 * kind, `facets` values by facet.
 * @typedef {{names: string, title: string, authors: string, venue: string, year: string, sections: string[],
 *   links: Record<string, string>, facets: Record<string, string[]>}} Filled
 */
/** @typedef {string | Author[] | string[] | Record<string, string | string[]>} Value */
/** @typedef {string | {literal: string}} Author */
/** @typedef {{values: Record<string, Value>, problems: Record<string, string>}} Entry `problems` by field */

/** What ends a pasted byline: `Ada Example et al.`, `A. Example and others`. */
const ET_AL = /^(?:et\.?\s+al\.?|and\s+others|others|…|\.\.\.)$/i;
/* As in catalog/characters.py: what commands a reader's screen, and what hides. */
const COMMANDS = /[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;
const INVISIBLE =
  /[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}\ud800-\udfff]/gu;
/** Joiners join letters of Arabic and Indic scripts; after Latin ones, below U+0250, they only hide. */
const STRAY_JOINERS = /(^|[\0-\u024f])[\u200c\u200d]+/g;

/**
 * Return a text as one line that hides nothing, in Unicode's composed form.
 * @param {string} text
 */
export function clean(text) {
  return text
    .replace(COMMANDS, " ")
    .replace(INVISIBLE, "")
    .replace(STRAY_JOINERS, "$1")
    .replace(/\s+/gu, " ")
    .trim()
    .normalize("NFC");
}

/**
 * @param {Filled} filled
 * @param {Set<string>} taken keys of the list, lower-case
 * @param {string} added the day, `2024-05-31`; "" leaves it out
 * @returns {Entry}
 */
export function makeEntry(filled, taken, added = "") {
  /** @type {Record<string, string>} */
  const problems = {};
  const { identifiers, unknown } = readNames(filled.names);
  if (unknown.length) problems.names = `“${unknown[0]}” is neither an identifier nor an address that starts with https://`;
  const { authors, hasMore, unclear } = readAuthors(filled.authors);
  if (unclear) problems.authors = `“${unclear}” has too many commas: one author a line`;
  const year = clean(filled.year);
  if (year && !/^\d{4}$/.test(year)) problems.year = "Four digits, such as 2024";
  const { page, ...ids } = identifiers;
  const links = readLinks({ page: page ?? "", ...filled.links }, problems);
  const title = clean(filled.title);
  // A key begins with the first author; nobody is shown one that will change.
  const key = authors.length ? makeKey(familyOfFirst(authors), problems.year ? "" : year, title, taken) : "";
  const all = {
    key,
    title,
    authors,
    more_authors: hasMore ? "true" : "",
    venue: clean(filled.venue),
    year: problems.year ? "" : year,
    sections: filled.sections,
    facets: keepFilled(filled.facets),
    ...ids,
    links,
    added: title || authors.length || Object.keys(identifiers).length ? added : "",
  };
  return { values: keepFilled(all), problems };
}

/**
 * @template {Value} T
 * @param {Record<string, T>} values
 * @returns {Record<string, T>}
 */
function keepFilled(values) {
  const isFilled = (/** @type {Value} */ value) => (typeof value === "object" ? Object.keys(value).length > 0 : value !== "");
  return Object.fromEntries(Object.entries(values).filter(([, value]) => isFilled(value)));
}

/**
 * Read identifiers and addresses; of two of one kind the first counts.
 * @param {string} text
 */
export function readNames(text) {
  /** @type {Partial<Record<import("./identifiers.js").Identifier["field"], string>>} */
  const identifiers = {};
  const unknown = [];
  for (const word of clean(text).replace(/\b(doi|arxiv):\s+/gi, "$1:").split(/[\s,;]+/).filter(Boolean)) {
    const found = recognize(word);
    if (!found) unknown.push(word);
    else identifiers[found.field] ??= found.value;
  }
  // In the order of the format.
  const { doi, arxiv, openreview, acl, page } = identifiers;
  const known = Object.entries({ doi, arxiv, openreview, acl, page }).filter(([, value]) => value !== undefined);
  return { identifiers: /** @type {Record<string, string>} */ (Object.fromEntries(known)), unknown };
}

/**
 * Split names that share a line, as the importer does: `Ann Author, Bob Bee and Cid Cee`.
 * @param {string} line
 */
function splitNames(line) {
  if (line.startsWith("{")) return [line];
  return line.split(/\s+(?:and|&)\s+/iu).flatMap((piece) => {
    const parts = piece.split(",").map((part) => part.trim()).filter(Boolean);
    const areNames = parts.length > 1 && parts.every((part) => /\S\s+\S/u.test(part));
    // `de la Fuente, Jean Pierre` and `Lake Hill, Ona B.` are one person each.
    const isOne = parts.length === 2 && (/^\p{Ll}/u.test(parts[0]) || /\s\p{Lu}\.?$/u.test(parts[1]));
    return areNames && !isOne ? parts : [piece];
  });
}

/** @param {string} text a name a line, or several; a group is in braces */
function readAuthors(text) {
  /** @type {Author[]} */
  const authors = [];
  let hasMore = false;
  let unclear = "";
  for (const line of text.split(/\r\n|[\n\r;]/).map(clean).filter(Boolean).flatMap(splitNames)) {
    const group = /^\{(.+)\}$/.exec(line)?.[1].trim();
    if (group) authors.push({ literal: group });
    else if (ET_AL.test(line.replace(/^[\s.,]+|[\s,]+$/g, ""))) hasMore = true;
    else if (familyOf(line) === null) unclear ||= line;
    else authors.push(line);
  }
  return { authors, hasMore, unclear };
}

/** @param {Author[]} authors */
function familyOfFirst([first]) {
  return typeof first === "string" ? (familyOf(first) ?? first) : first.literal;
}

/**
 * @param {Record<string, string>} links
 * @param {Record<string, string>} problems takes what is wrong
 */
function readLinks(links, problems) {
  const kept = Object.entries(links).map(([kind, url]) => [kind, clean(url)]);
  for (const [kind, url] of kept) if (url && !isUrl(url)) problems[`link-${kind}`] = "An address that starts with https://";
  return Object.fromEntries(kept.filter(([, url]) => url && isUrl(url)));
}

/**
 * Write an entry as YAML, a file of its own.
 * @param {Record<string, Value>} values
 */
export function writeYaml(values) {
  return Object.entries(values)
    .map(([name, value]) => `${name}:${writeValue(name, value)}\n`)
    .join("");
}

/**
 * @param {string} name
 * @param {Value} value
 * @returns {string} with the space or line feed before it
 */
function writeValue(name, value) {
  if (typeof value === "string") return ` ${name === "more_authors" || name === "year" ? value : writeScalar(value)}`;
  if (!Array.isArray(value)) return Object.entries(value).map(([key, part]) => `\n  ${key}:${writeValue(key, part)}`).join("");
  const items = value.map((item) => (typeof item === "string" ? writeScalar(item) : `{literal: ${writeScalar(item.literal)}}`));
  const line = ` [${items.join(", ")}]`;
  return line.length <= LONGEST_LINE ? line : items.map((item) => `\n  - ${item}`).join("");
}

/** A longer list of values is written with one per line: a form field shows no more. */
const LONGEST_LINE = 100;
/** What every reader of YAML takes for this text: words that start with a letter, without signs. */
const PLAIN = /^[\p{L}][\p{L}\p{M}\p{N} .,'’()\/_+&–—:?!-]*$/u;
/** YAML 1.1 takes `no` for false; `a: b` and a comma mean something in a mapping or list in one line. */
const RISKY = /^(?:y|n|yes|no|true|false|on|off|null)$|[:,?](?:\s|$)|[,?]| $/i;
/** Control and direction marks, which go into a quoted text as escapes. */
const UNSAFE = /[\0-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;

/** @param {string} text */
function writeScalar(text) {
  if (PLAIN.test(text) && !RISKY.test(text)) return text;
  // What JSON writes as a string, YAML reads as the same; a few characters more need an escape.
  return JSON.stringify(text).replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
