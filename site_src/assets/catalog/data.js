// @ts-check
/* The list as the browser holds it: chunks of columns turned into records with their folded text. */

import { fold } from "./fold.js";

/** @typedef {{id: string, title: string}} Named */
/** @typedef {Named & {number: string, parent: string | null}} Section */
/** @typedef {Named & {name: string | null}} Venue */
/** @typedef {Named & {values: Named[]}} OwnFacet */
/** @typedef {Named & {suffix: string, stem: string}} ExportFormat `stem` and a chunk's number make its address */
/**
 * What the page says about the list: the names behind the numbers in the columns.
 * @typedef {{chunks: string[], total: number, years: [number, number] | null, sections: Section[], venues: Venue[],
 *   types: Named[], links: Named[], tags: Named[], facets: OwnFacet[], formats: ExportFormat[],
 *   isDated: boolean, version: string}} Index
 */
/** @typedef {Record<string, any[]>} Columns */
/**
 * One paper. `order` is its place among all, newest first; `sections` holds the sections around its own too;
 * `kinds` are its links' kinds; `venues` and `types` hold what it has, for the filters; `searched` is its folded text by
 * field, each with a space at both ends.
 * @typedef {{order: number, key: string, title: string, authors: string[], more: boolean, venue: number | null,
 *   year: number | null, type: number, sections: number[], links: {kind: number, url: string}[], kinds: number[],
 *   venues: number[], types: number[], tags: number[],
 *   facets: number[][], awards: string[], note: string, added: string,
 *   searched: {all: string, title: string, author: string, venue: string, key: string, tags: string}}} Paper
 */

/**
 * @param {Columns} columns
 * @param {Index} index
 * @param {number} start the number of papers in the chunks before
 * @returns {Paper[]}
 */
export function toPapers(columns, index, start) {
  const around = findAround(index.sections);
  return columns.key.map((key, i) => {
    const authors = columns.authors[i] ? columns.authors[i].split("\n") : [];
    const tags = columns.tags?.[i] ?? [];
    const links = toLinks(columns.links[i]);
    const paper = {
      order: start + i,
      key,
      title: columns.title[i],
      authors,
      more: Boolean(columns.more?.[i]),
      venue: columns.venue[i],
      year: columns.year[i],
      type: columns.type[i],
      sections: [...new Set(columns.sections[i].flatMap((/** @type {number} */ number) => around[number]))],
      links,
      kinds: links.map((link) => link.kind),
      venues: columns.venue[i] === null ? [] : [columns.venue[i]],
      types: [columns.type[i]],
      tags,
      facets: index.facets.map((facet) => columns[`facet.${facet.id}`]?.[i] ?? []),
      awards: columns.awards?.[i] ?? [],
      note: columns.note?.[i] ?? "",
      added: columns.added?.[i] ?? "",
    };
    return { ...paper, searched: toSearched(paper, index) };
  });
}

/**
 * @param {Omit<Paper, "searched">} paper
 * @param {Index} index
 */
function toSearched(paper, index) {
  const venue = paper.venue === null ? null : index.venues[paper.venue];
  const parts = {
    title: ` ${fold(paper.title)} `,
    author: ` ${paper.authors.map(fold).join(" ")} `,
    venue: venue ? ` ${fold(venue.title)} ${fold(venue.name ?? "")} ` : " ",
    key: ` ${fold(paper.key)} `,
    tags: ` ${paper.tags.map((tag) => fold(index.tags[tag].title)).join(" ")} `,
  };
  return { ...parts, all: `${parts.title}${parts.author}${parts.venue}${parts.key}${paper.year ?? ""}${parts.tags}` };
}

/**
 * Return, for each section, its number and those of the sections around it.
 * @param {Section[]} sections
 * @returns {number[][]}
 */
function findAround(sections) {
  const numbers = new Map(sections.map((section, number) => [section.id, number]));
  return sections.map((section) => {
    const found = [];
    for (let id = /** @type {string | null} */ (section.id); id !== null; ) {
      const number = /** @type {number} */ (numbers.get(id));
      found.push(number);
      id = sections[number].parent;
    }
    return found;
  });
}

/**
 * @param {(number | string)[]} flat kind and address by turns
 */
function toLinks(flat) {
  const links = [];
  for (let i = 0; i < flat.length; i += 2) links.push({ kind: Number(flat[i]), url: String(flat[i + 1]) });
  return links;
}
