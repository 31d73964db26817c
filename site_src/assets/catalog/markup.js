// @ts-check
/* One paper as HTML: the same as `paper_item` in templates/site/items.html.j2, with matched words marked. */

import { findMatches, fold } from "./fold.js";
import { wordsToMark } from "./query.js";

/** @typedef {import("./data.js").Paper} Paper */
/** @typedef {import("./data.js").Index} Index */
/** @typedef {import("./query.js").Query} Query */

/** As in catalog/site/views.py. */
const MOST_NAMES = 6;

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
  const { authors, more } = paper;
  if (authors.length <= MOST_NAMES) return authors.join(", ") + (authors.length && more ? " et al." : "");
  const shown = authors.slice(0, MOST_NAMES - 1);
  const found = authors.slice(MOST_NAMES - 1).filter((name) => hasWord(name, words));
  return [...shown, ...found.map((name) => `… ${name}`)].join(", ") + " et al.";
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
  const byline = toByline(paper, words("author"));
  const published = toPublished(paper, index);
  const parts = [
    `<li class="cat-item" data-key="${paper.key}">`,
    `<a class="cat-item__title" href="${root}papers/${paper.key}/">${markWords(paper.title, words("title"))}</a>`,
    ...toShownNames(paper).map((name) => `<span class="cat-name">${markWords(name, words("title"))}</span>`),
    ...paper.awards.map((award) => `<span class="cat-award">${escapeHtml(award)}</span>`),
  ];
  if (byline || published) {
    parts.push('<p class="cat-item__by">');
    if (byline) parts.push(`<span class="cat-item__authors">${markWords(byline, words("author"))}</span>`);
    if (published) parts.push(`<span class="cat-item__venue">${markWords(published, words("venue"))}</span>`);
    parts.push("</p>");
  }
  // The note is HTML already, made at build from the safe subset of Markdown.
  if (paper.note) parts.push(`<p class="cat-item__note">${paper.note}</p>`);
  if (paper.links.length) {
    const chips = paper.links.map(
      ({ kind, url }) => `<a class="cat-chip" href="${escapeHtml(url)}">${escapeHtml(index.links[kind].title)}</a>`,
    );
    parts.push(`<p class="cat-item__links">${chips.join("")}</p>`);
  }
  return parts.join("") + "</li>";
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
