// @ts-check
/* One paper as HTML: the same as `paper_item` in templates/site/items.html.j2, with matched words marked. */

import { findMatches, fold } from "./fold.js";
import { wordsToMark } from "./query.js";

/** @typedef {import("./data.js").Paper} Paper */
/** @typedef {import("./data.js").Index} Index */
/** @typedef {import("./query.js").Query} Query */

/** As in catalog/site/views.py. */
const MOST_NAMES = 4;
/** As `FIRST_AUTHORS` in catalog/site/authors.py. */
const FIRST_AUTHORS = 50;
/** As in catalog/site/addresses.py. */
const LONGEST_SLUG = 80;

/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };

/** @param {string | number} text */
export function escapeHtml(text) {
  return String(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/**
 * Escape a text and mark the words in it.
 * @param {string} text
 * @param {string[]} words folded
 */
export function markWords(text, words) {
  if (words.length === 0) return escapeHtml(text);
  let html = "";
  let done = 0;
  for (const [start, end] of findMatches(text, words)) {
    html += `${escapeHtml(text.slice(done, start))}<mark class="cat-match">${escapeHtml(text.slice(start, end))}</mark>`;
    done = end;
  }
  return html + escapeHtml(text.slice(done));
}

/**
 * Return the names that a list line shows: the first ones, and those further on that were searched for.
 * @param {Paper} paper
 * @param {string[]} words folded
 */
export function toByline(paper, words) {
  const { shown, found, etAl } = chooseNames(paper, words);
  return [...shown, ...found.map((name) => `… ${name}`)].join(", ") + etAl;
}

/**
 * @param {Paper} paper
 * @param {string[]} words folded
 */
function chooseNames({ authors, more }, words) {
  if (authors.length <= MOST_NAMES) return { shown: authors, found: [], etAl: authors.length && more ? " et al." : "" };
  const found = authors.slice(MOST_NAMES - 1).filter((name) => hasWord(name, words));
  return { shown: authors.slice(0, MOST_NAMES - 1), found, etAl: " et al." };
}

/**
 * Return the names of a list line as links.
 * @param {Paper} paper
 * @param {Index} index
 * @param {string} root the way to the site's root
 * @param {string[]} words folded
 */
function linkByline(paper, index, root, words) {
  const { shown, found, etAl } = chooseNames(paper, words);
  /** @param {string} name */
  const link = (name) => {
    const hasPage = index.hasAuthorPages && paper.authors.indexOf(name) < FIRST_AUTHORS;
    const address = hasPage ? `authors/${toSlug(name)}/` : `papers/?q=${encodeURIComponent(`author:"${name}"`)}`;
    return `<a href="${root}${escapeHtml(address)}">${markWords(name, words)}</a>`;
  };
  return [...shown.map(link), ...found.map((name) => `… ${link(name)}`)].join(", ") + etAl;
}

/**
 * Return the last part of the address of an author's page, as `to_slug` in catalog/site/addresses.py.
 * @param {string} name
 */
export function toSlug(name) {
  const parts = fold(name).match(/[a-z0-9]+|\p{L}|\p{N}/gu) ?? [...name];
  const words = parts.map((part) => (/^[a-z0-9]+$/.test(part) ? part : `u${part.codePointAt(0)?.toString(16)}`));
  return words.join("-").slice(0, LONGEST_SLUG).replace(/-+$/, "");
}

/**
 * Return the names of a work that its title does not contain: those shown next to it.
 * @param {Paper} paper
 */
export function toShownNames({ title, names }) {
  const folded = ` ${fold(title)} `;
  return names.filter((name) => !folded.includes(` ${fold(name)} `));
}

/**
 * @param {string} name
 * @param {string[]} words
 */
function hasWord(name, words) {
  const folded = ` ${fold(name)}`;
  return words.some((word) => folded.includes(` ${word}`));
}

/**
 * @param {Paper} paper
 * @param {Index} index
 * @param {string} root the way to the site's root
 * @param {Query | null} query
 * @returns {string}
 */
export function renderItem(paper, index, root, query) {
  /** @param {string} field */
  const words = (field) => (query ? wordsToMark(query, field) : []);
  const byline = linkByline(paper, index, root, words("author"));
  const published = toPublished(paper, index);
  const address = `${root}papers/${paper.key}/`;
  const parts = [
    `<li class="cat-item" data-key="${paper.key}">`,
    `<a class="cat-item__title" dir="auto" href="${address}">${markWords(paper.title, words("title"))}</a>`,
    ...toShownNames(paper).map((name) => ` <span class="cat-name">${markWords(name, words("title"))}</span>`),
    ...paper.awards.map((award) => ` <span class="cat-award">${escapeHtml(award)}</span>`),
  ];
  parts.push('<div class="cat-item__line">');
  if (byline || published) {
    parts.push('<p class="cat-item__by">');
    if (byline) parts.push(`<span class="cat-item__authors">${byline}</span>`);
    if (published) parts.push(`<span class="cat-item__venue">${markWords(published, words("venue"))}</span>`);
    parts.push("</p>");
  }
  parts.push('<div class="cat-item__links">', renderChips(paper, index, address), "</div></div>");
  // The note is HTML already, made at build from the safe subset of Markdown.
  if (paper.note) parts.push(`<p class="cat-item__note" dir="auto">${paper.note}</p>`);
  return parts.join("") + "</li>";
}

/**
 * Render the links of a paper, and what unfolds in its row.
 * @param {Paper} paper
 * @param {Index} index
 * @param {string} address of the paper's page
 */
function renderChips(paper, index, address) {
  const chips = paper.links.map(({ kind, url }) => {
    const { id, title } = index.links[kind];
    return `<a class="cat-chip" data-kind="${id}" href="${escapeHtml(url)}">${escapeHtml(title)}</a>`;
  });
  const fold = (/** @type {string} */ anchor, /** @type {string} */ kind, /** @type {string} */ label) =>
    chips.push(`<a class="cat-chip cat-chip--fold" href="${address}#${anchor}" data-cat-unfold="${kind}">${label}</a>`);
  fold("cite", "bibtex", "BibTeX");
  if (paper.hasAbstract) fold("abstract", "abstract", "Abstract");
  if (paper.tldr) fold("tldr", "tldr", "TL;DR");
  return chips.join("");
}

/**
 * Render a paper as what an option of a list box shows.
 * @param {Paper} paper
 * @param {Index} index
 * @param {Query} query
 * @returns {{key: string, html: string}}
 */
export function renderOption(paper, index, query) {
  const authors = wordsToMark(query, "author");
  const byline = toByline(paper, authors);
  const published = toPublished(paper, index);
  const by = [byline && markWords(byline, authors), published && markWords(published, wordsToMark(query, "venue"))];
  const title = markWords(paper.title, wordsToMark(query, "title"));
  const names = toShownNames(paper).map((name) => ` <span class="cat-name">${markWords(name, wordsToMark(query, "title"))}</span>`);
  const html = `<span class="cat-option__title">${title}${names.join("")}</span><span class="cat-option__by">${by.filter(Boolean).join(" · ")}</span>`;
  return { key: paper.key, html };
}

/**
 * @param {Paper} paper
 * @param {Index} index
 */
function toPublished(paper, index) {
  const venue = paper.venue === null ? "" : index.venues[paper.venue].title;
  return [venue, paper.year ?? ""].filter((part) => part !== "").join(" ");
}
