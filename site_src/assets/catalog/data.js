// @ts-check
/* The list as the browser holds it: chunks of columns. What the search reads of them is one string of folded text and
   arrays of numbers, so that a hundred thousand papers fit and a key takes a few milliseconds. */

import { fold } from "./fold.js";

/** @typedef {{id: string, title: string}} Named */
/** @typedef {Named & {number: string, parent: string | null}} Section */
/** @typedef {Named & {name: string | null, aliases: string[]}} Venue */
/** @typedef {Named & {values: Named[]}} OwnFacet */
/** @typedef {Named & {suffix: string, places: string}} ExportFormat `places` is the address of what `records.js` reads */
/**
 * What the page says about the list: the names behind the numbers in the columns.
 * @typedef {{chunks: string[], total: number, years: [number, number] | null, sections: Section[], venues: Venue[],
 *   types: Named[], links: Named[], tags: Named[], facets: OwnFacet[], formats: ExportFormat[],
 *   isDated: boolean, version: string}} Index
 */
/** @typedef {Record<string, any[]>} Columns */
/**
 * One paper as it is shown.
 * @typedef {{key: string, title: string, names: string[], authors: string[], more: boolean, venue: number | null, year: number | null,
 *   links: {kind: number, url: string}[], awards: string[], note: string}} Paper
 */
/**
 * The values of a filter that papers have: those of row `i` are `numbers` from `starts[i]` to `starts[i + 1]`.
 * @typedef {{starts: Uint32Array, numbers: Uint32Array}} Values
 */

/** No year. */
export const UNKNOWN = 0;

export class Chunk {
  /**
   * @param {Columns} columns
   * @param {Index} index
   * @param {number} start the number of papers in the chunks before
   */
  constructor(columns, index, start) {
    this.start = start;
    this.size = columns.key.length;
    this.years = Uint16Array.from(columns.year, (year) => year ?? UNKNOWN);
    this.values = toValues(columns, index);
    // Kept as they came; what became numbers is let go.
    const { key, title, names, authors, more, venue, year, links, awards, note, tldr, added, aliases } = columns;
    this.columns = { key, title, names, authors, more, venue, year, links, awards, note, tldr, added, aliases };
    /** Where the papers stand in the list's own order, which downloads have. */
    this.places = Uint32Array.from(columns.place);
    /** Where each paper's title, authors and key start in `text`; `titles` has the end of the last one too. */
    this.titles = new Uint32Array(this.size + 1);
    this.authors = new Uint32Array(this.size);
    this.keys = new Uint32Array(this.size);
    this.text = this.writeText();
    /** @type {Map<string, Uint8Array>} what was found lately, for `match.js` */
    this.found = new Map();
  }

  /** Write title, authors and key of every paper, folded, each on a line of its own and between spaces. */
  writeText() {
    const { key, title, authors } = this.columns;
    const lines = [];
    let end = 0;
    for (let row = 0; row < this.size; row += 1) {
      const parts = [` ${fold(title[row])} \n`, ` ${fold(authors[row])} \n`, ` ${fold(key[row])} \n`];
      this.titles[row] = end;
      this.authors[row] = this.titles[row] + parts[0].length;
      this.keys[row] = this.authors[row] + parts[1].length;
      end = this.keys[row] + parts[2].length;
      lines.push(...parts);
    }
    this.titles[this.size] = end;
    return lines.join("");
  }

  /**
   * Return the folded title of a paper.
   * @param {number} row
   */
  titleOf(row) {
    return this.text.slice(this.titles[row], this.authors[row] - 1);
  }

  /**
   * Return the folded names of a paper's authors.
   * @param {number} row
   */
  authorsOf(row) {
    return this.text.slice(this.authors[row], this.keys[row] - 1);
  }

  /**
   * @param {number} row
   * @returns {Paper}
   */
  paper(row) {
    const { key, title, names, authors, more, venue, year, links, awards, note } = this.columns;
    return {
      key: key[row],
      title: title[row],
      names: names?.[row] ?? [],
      authors: authors[row] ? authors[row].split("\n") : [],
      more: Boolean(more?.[row]),
      venue: venue[row],
      year: year[row],
      links: toLinks(links[row]),
      awards: awards?.[row] ?? [],
      note: note?.[row] ?? "",
    };
  }
}

/**
 * Return the values of each filter, by its id. A paper is in the sections around its own too.
 * @param {Columns} columns
 * @param {Index} index
 * @returns {Map<string, Values>}
 */
function toValues(columns, index) {
  const around = findAround(index.sections);
  const sections = columns.sections.map((numbers) => [...new Set(numbers.flatMap((/** @type {number} */ number) => around[number]))]);
  const none = columns.key.map(() => []);
  return new Map([
    ["section", pack(sections)],
    ["venue", pack(columns.venue.map((number) => (number === null ? [] : [number])))],
    ["type", pack(columns.type.map((number) => [number]))],
    ["has", pack(columns.links.map((flat) => flat.filter((/** @type {any} */ _, /** @type {number} */ i) => i % 2 === 0)))],
    ["tag", pack(columns.tags ?? none)],
    ...index.facets.map(({ id }) => /** @type {[string, Values]} */ ([`facet.${id}`, pack(columns[`facet.${id}`] ?? none)])),
  ]);
}

/**
 * @param {number[][]} lists
 * @returns {Values}
 */
function pack(lists) {
  const starts = new Uint32Array(lists.length + 1);
  for (const [row, list] of lists.entries()) starts[row + 1] = starts[row] + list.length;
  return { starts, numbers: Uint32Array.from(lists.flat()) };
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
