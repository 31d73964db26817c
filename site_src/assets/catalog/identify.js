// @ts-check
/* Identifiers and addresses in what was typed, in whatever way they are written, and the papers that have them. */

import { normalizeUrl, recognize, toUrl } from "./identifiers.js";

/** @typedef {import("./data.js").Chunk} Chunk */
/**
 * A text that the address of a paper's link ends with, lower-case. What follows it there may only be a version, the ending
 * of a file, or a query. `isOpenReview` is an id of OpenReview: case matters, and other sites have other things of that name.
 * @typedef {{text: string, isOpenReview: boolean}} Identifier
 */

/** `2304.07193`, `arXiv:2304.07193v2`, `10.48550/arXiv.2304.07193`, `alphaxiv.org/abs/2304.07193`, and `math.GT/0309136`. */
const ARXIV = /(?<!\d\.?)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?(?![\d])/g;
/** A DOI in a sentence: its last letter is no punctuation, `(doi:10.1000/182).` */
const DOI = /10\.\d{4,9}(?:\.\d+)*\/[^\s"“”{}|\\^]*[^\s"“”{}|\\^.,;:!?)\]'’]/g;
/** `N19-1423` and `2020.acl-main.421`. */
const ACL = /(?<![\w.-])([A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)(?![\w-])/g;
/** Ids of OpenReview look like words: they need capitals or digits in their middle, `a68SUt6zFt`, `H196sainb`. */
const OPENREVIEW = /(?<![\w/.-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z\d])([\w-]{9,12})(?![\w/.-])/g;
/** An id in an address of OpenReview, `forum?id=a68SUt6zFt`. */
const OPENREVIEW_ADDRESS = /[?&]id=([\w-]{8,16})/g;
/** An address in a sentence: its last letter is no punctuation, as with a DOI. */
const URL = /https?:\/\/[^\s<>"“”{}|\\^]*[^\s<>"“”{}|\\^.,;:!?)\]'’]/g;

/** What may follow an id in an address: a version, the ending of a file, a query. */
const REST = /^(?:v\d+)?(?:\.pdf|\.bib|\.html)?\/?(?:[?#&].*)?$/;
/** What may be before an id in an address. */
const BEFORE = /[/=:.]/;

/**
 * @param {string} text
 * @returns {Identifier[]}
 */
export function listIdentifiers(text) {
  const whole = text.trim();
  const named = recognize(whole);
  /** @type {Identifier[]} */
  const found = named ? [toUrl(named), whole].map((url) => ({ text: normalizeUrl(url), isOpenReview: false })) : [];
  const add = (/** @type {Iterable<RegExpMatchArray>} */ matches, isOpenReview = false) => {
    for (const match of matches) found.push({ text: isOpenReview ? match[1] : (match[1] ?? match[0]).toLowerCase(), isOpenReview });
  };
  add(text.matchAll(ARXIV));
  add(text.matchAll(DOI));
  add(text.matchAll(ACL));
  add(text.matchAll(OPENREVIEW), true);
  add(text.matchAll(OPENREVIEW_ADDRESS), true);
  for (const [url] of text.matchAll(URL)) found.push({ text: normalizeUrl(url), isOpenReview: false });
  return found.filter(({ text }, i) => text && found.findIndex((other) => other.text === text) === i);
}

/**
 * Mark the papers of a chunk that have one of the identifiers in one of their links.
 * @param {Chunk} chunk
 * @param {Identifier[]} identifiers
 * @returns {Uint8Array}
 */
export function markIdentifiers({ size, columns }, identifiers) {
  const found = new Uint8Array(size);
  for (let row = 0; row < size; row += 1) {
    // Kind and address by turns.
    for (const part of columns.links[row]) if (typeof part === "string" && identifiers.some((one) => hasIdentifier(part, one))) found[row] = 1;
  }
  return found;
}

/**
 * @param {string} url
 * @param {Identifier} identifier
 */
function hasIdentifier(url, { text, isOpenReview }) {
  if (isOpenReview && !url.includes("openreview.net/")) return false;
  const plain = isOpenReview ? url : url.includes("%") ? normalizeUrl(url) : url.toLowerCase();
  const start = plain.lastIndexOf(text);
  return start > 0 ? BEFORE.test(plain[start - 1]) && REST.test(plain.slice(start + text.length)) : start === 0;
}
