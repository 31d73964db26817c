// @ts-check
/* The list as the browser holds it: chunks of columns. What the search reads of them is one string of folded text, an index
   of its words and arrays of numbers, so that a hundred thousand papers fit and a key takes a few milliseconds. */

import { ABSTRACT, AUTHOR, FIRST_AUTHOR, KEY, NAME, NOTE, PostingsWriter, TITLE } from "./postings.js";
import { toWords } from "./words.js";

/** @typedef {{id: string, title: string}} Named */
/** @typedef {Named & {number: string, parent: string | null}} Section */
/** @typedef {Named & {name: string | null, aliases: string[]}} Venue */
/** @typedef {Named & {values: Named[]}} OwnFacet */
/** @typedef {Named & {suffix: string, places: string, disk: string | null}} ExportFormat `places` and `disk` are the addresses of what `records.js` reads */
/**
 * What the page says about the list: the names behind the numbers in the columns.
 * @typedef {{chunks: string[], abstracts: {files: string[], areSmall: boolean}, total: number, years: [number, number] | null, sections: Section[], venues: Venue[],
 *   types: Named[], links: Named[], tags: Named[], facets: OwnFacet[], formats: ExportFormat[],
 *   isDated: boolean, hasAuthorPages: boolean, version: string}} Index
 */
/** @typedef {Record<string, any[]>} Columns */
/**
 * One paper as it is shown.
 * @typedef {{key: string, title: string, names: string[], authors: string[], more: boolean, venue: number | null, year: number | null,
 *   links: {kind: number, url: string}[], awards: string[], note: string, tldr: string, hasAbstract: boolean}} Paper
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
    const { key, title, names, authors, more, venue, year, links, awards, note, tldr, hasAbstract, added, aliases } = columns;
    this.columns = { key, title, names, authors, more, venue, year, links, awards, note, tldr, hasAbstract, added, aliases };
    /** Where the papers stand in the list's own order, which downloads have. */
    this.places = Uint32Array.from(columns.place);
    /** Where each paper's title, authors and key start in `text`; `titles` has the end of the last one too. */
    this.titles = new Uint32Array(this.size + 1);
    this.authors = new Uint32Array(this.size);
    this.keys = new Uint32Array(this.size);
    this.text = this.writeText();
    /** Years of the first versions on arXiv: a paper of ICLR 2021 is cited as one of 2020, too. */
    this.arxivYears = findArxivYears(links, index);
    /** The papers that are called by a name, by its folded letters: `dinov2`, `visiontransformer`. */
    this.names = this.gatherNames();
    /** The first letters of the words of each title, `eaollm`: an abbreviation such as `LLM` is part of them. */
    this.initials = this.writeInitials();
    /** How many words each title has. */
    this.lengths = Uint8Array.from(this.initials, (initials) => Math.min(255, Math.max(1, initials.length)));
    this.postings = this.writePostings();
    /** @type {import("./postings.js").Postings | null} the words of abstracts, once they have come */
    this.abstractPostings = null;
    /** @type {string[]} */
    this.abstracts = [];
    /** @type {Map<string, import("./match.js").Hits>} what was found lately, for `match.js` */
    this.found = new Map();
  }

  /** Write title, authors and key of every paper, folded, each on a line of its own and between spaces. */
  writeText() {
    const { key, title, authors } = this.columns;
    const lines = [];
    let end = 0;
    for (let row = 0; row < this.size; row += 1) {
      const parts = [` ${toWords(title[row])} \n`, ` ${toWords(authors[row])} \n`, ` ${toWords(key[row])} \n`];
      this.titles[row] = end;
      this.authors[row] = this.titles[row] + parts[0].length;
      this.keys[row] = this.authors[row] + parts[1].length;
      end = this.keys[row] + parts[2].length;
      lines.push(...parts);
    }
    this.titles[this.size] = end;
    return lines.join("");
  }

  /** Gather the names of every paper, and what its title has before a colon: `BERT` of `BERT: Pre-training of …`. */
  gatherNames() {
    const { title, names } = this.columns;
    /** @type {Map<string, number[]>} */
    const rows = new Map();
    for (let row = 0; row < this.size; row += 1) {
      const [, head] = HEAD.exec(title[row]) ?? [];
      for (const name of head ? [...(names?.[row] ?? []), head] : (names?.[row] ?? [])) {
        const letters = toWords(name).replaceAll(" ", "");
        rows.set(letters, [...(rows.get(letters) ?? []), row]);
      }
    }
    return rows;
  }

  writeInitials() {
    const initials = new Array(this.size);
    for (let row = 0; row < this.size; row += 1) initials[row] = this.titleOf(row).replace(/ (.)\S*/g, "$1").trim();
    return initials;
  }

  /** Gather the words of titles, names, authors, keys, notes and summaries. */
  writePostings() {
    const { names, authors, note, tldr } = this.columns;
    const writer = new PostingsWriter();
    for (let row = 0; row < this.size; row += 1) {
      writer.add(row, this.titleOf(row).trim(), TITLE, true);
      for (const name of names?.[row] ?? []) {
        const words = toWords(name);
        writer.add(row, words, NAME, !words.includes(" "));
      }
      const people = this.authorsOf(row).trim();
      const first = toWords(authors[row].split("\n", 1)[0]);
      writer.add(row, first, FIRST_AUTHOR);
      writer.add(row, people.slice(first.length + 1), AUTHOR);
      writer.add(row, this.keyOf(row), KEY);
      if (note?.[row]) writer.add(row, toWords(stripTags(note[row])), NOTE);
      if (tldr?.[row]) writer.add(row, toWords(tldr[row]), NOTE);
    }
    return writer.finish();
  }

  /**
   * Take the abstracts of the chunk's papers.
   * @param {string[]} abstracts as plain text
   */
  addAbstracts(abstracts) {
    const writer = new PostingsWriter();
    for (const [row, text] of abstracts.entries()) writer.add(row, toWords(text), ABSTRACT);
    this.abstracts = abstracts;
    this.abstractPostings = writer.finish();
    this.found.clear();
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
   * Return the folded citation key of a paper.
   * @param {number} row
   */
  keyOf(row) {
    return this.text.slice(this.keys[row], this.titles[row + 1] - 1).trim();
  }

  /**
   * Return the folded texts of a paper, between spaces.
   * @param {number} row
   * @param {number} fields the bits of those that are wanted
   * @returns {string[]}
   */
  textsOf(row, fields) {
    const { names, note, tldr } = this.columns;
    const folded = [fields & TITLE ? this.titleOf(row) : "", fields & (FIRST_AUTHOR | AUTHOR) ? this.authorsOf(row) : ""];
    const written = [
      ...(fields & NAME ? (names?.[row] ?? []) : []),
      ...(fields & NOTE ? [stripTags(note?.[row] ?? ""), tldr?.[row] ?? ""] : []),
      fields & ABSTRACT ? (this.abstracts[row] ?? "") : "",
    ];
    return [...folded, ...written.map((text) => text && ` ${toWords(text)} `)].filter(Boolean);
  }

  /**
   * @param {number} row
   * @returns {Paper}
   */
  paper(row) {
    const { key, title, names, authors, more, venue, year, links, awards, note, tldr, hasAbstract } = this.columns;
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
      tldr: tldr?.[row] ?? "",
      hasAbstract: Boolean(hasAbstract?.[row]),
    };
  }
}

/** A title's part before a colon is what its work is called when it is this short. */
const HEAD = /^([^:]{1,30}):/;

/**
 * Return the text of HTML that the build made from a line of Markdown.
 * @param {string} html
 */
function stripTags(html) {
  return html.replace(/<[^>]*>/g, " ").replace(/&(?:amp|lt|gt|#34|#39|quot);/g, " ");
}

/**
 * @param {(number | string)[][]} links kind and address by turns
 * @param {Index} index
 */
function findArxivYears(links, index) {
  const arxiv = index.links.findIndex(({ id }) => id === "arxiv");
  return Uint16Array.from(links, (flat) => {
    for (let i = 0; i < flat.length; i += 2) {
      // The first two digits of an id are the year, since 1991: `2401.10000`, `math/0309136`.
      const [, year] = (flat[i] === arxiv && /(?:^|\/)(\d\d)\d{2}(?:\.\d{4,5}|\d{3})$/.exec(String(flat[i + 1]))) || [];
      if (year) return Number(year) + (Number(year) > 90 ? 1900 : 2000);
    }
    return UNKNOWN;
  });
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
