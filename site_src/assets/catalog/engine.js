// @ts-check
/* The search itself: papers in, answers out. It knows no page, so a worker can hold it. */

import { findAlike } from "./alike.js";
import { Chunk } from "./data.js";
import { applyFilters, makeFilters } from "./filters.js";
import { findTerm, makeNames, matchPapers } from "./match.js";
import { renderItem, renderOption } from "./markup.js";
import { findMisuses } from "./misuse.js";
import { makeQuery, parseAddress, parseQuery } from "./query.js";
import { makeOrder, sortByRank, sortLike } from "./sort.js";
import { Vocabulary } from "./typos.js";

/** @typedef {import("./filters.js").Candidates} Candidates */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./query.js").Term} Term */
/** @typedef {import("./state.js").State} State */
/** @typedef {{typed: string, meant: string[]}} Spelling a word that no paper has, and the nearest ones that are there */
/**
 * What a search found: `items` are the first papers as HTML, `counts` and `years` what each filter would leave,
 * `misuses` what was asked for that does not exist, `advice` what to drop when nothing was found.
 * @typedef {{found: number, items: string[], counts: Map<string, number[]>, years: Map<number, number>,
 *   spellings: Spelling[], misuses: string[], advice: string, loaded: number}} Answer
 */

/** Fields in which a word can be misspelt. */
const SPELT = new Map([["", "all"], ["title", "title"], ["author", "author"], ["venue", "venue"]]);

/** More would hide the form. */
const MOST_ALIKE = 5;

export class Engine {
  /**
   * @param {import("./data.js").Index} index
   * @param {string} root the way to the site's root, for the links in `items`
   */
  constructor(index, root) {
    this.index = index;
    this.root = root;
    this.filters = makeFilters(index);
    this.names = makeNames(index);
    /** @type {Chunk[]} */
    this.chunks = [];
    this.size = 0;
    this.query = parseQuery("");
    /** @type {Uint32Array} the papers that the last search found, as their places in the list */
    this.found = new Uint32Array();
    this.vocabulary = new Vocabulary(this.names.get("venue") ?? []);
    /** @type {Map<string, Uint32Array>} orders of all papers by the name of the sort, made when first wanted */
    this.orders = new Map();
    /** @type {Map<string, number> | null} numbers by citation key, old keys too, made when first wanted */
    this.numbers = null;
  }

  /** @param {import("./data.js").Columns} columns the next chunk */
  add(columns) {
    const chunk = new Chunk(columns, this.index, this.size);
    this.chunks.push(chunk);
    this.size += chunk.size;
    this.orders.clear();
    this.numbers = null;
  }

  /** Read the words of what has come, so that the first misspelt one need not wait for it. */
  learn() {
    this.vocabulary.gather("all", this.chunks);
  }

  /**
   * @param {State} state
   * @param {number} count how many of the found papers to show
   * @returns {Answer}
   */
  search(state, count) {
    const { query, spellings } = this.understand(state.text);
    const filtered = this.filter(query, state);
    this.query = query;
    this.found = this.sort(filtered.passed, query, state.sort);
    const misuses = this.findMisuses(state.text, query);
    return {
      found: this.found.length,
      items: this.show(0, count),
      counts: filtered.counts,
      years: filtered.years,
      spellings,
      misuses,
      advice: this.found.length || misuses.length ? "" : this.advise(query, state),
      loaded: this.size,
    };
  }

  /**
   * Return more of the papers that the last search found.
   * @param {number} from
   * @param {number} count
   */
  show(from, count) {
    const query = this.query.terms.length ? this.query : null;
    return this.papers(this.found.subarray(from, from + count)).map((paper) => renderItem(paper, this.index, this.root, query));
  }

  /**
   * Search for the few best papers, as options of a list box.
   * @param {string} text
   * @param {number} count
   */
  suggest(text, count) {
    const { query, spellings } = this.understand(text);
    const found = this.sort(this.match(query, null), query, "");
    const options = this.papers(found.subarray(0, count)).map((paper) => renderOption(paper, this.index, query));
    return { found: found.length, options, spellings, misuses: this.findMisuses(text, query) };
  }

  /** Count all papers by the values of each filter. */
  tally() {
    return applyFilters(this.match(parseQuery(""), null), this.filters, new Map(), null).counts;
  }

  /** Return key and title of every paper that the last search found, in the order shown. */
  list() {
    return Array.from(this.found, (number) => {
      const { chunk, row } = this.find(number);
      return { key: /** @type {string} */ (chunk.columns.key[row]), title: /** @type {string} */ (chunk.columns.title[row]) };
    });
  }

  /**
   * Tell where papers stand in the list's own order; keys that the list does not have are left out.
   * @param {string[]} keys
   * @returns {number[]} in that order
   */
  locate(keys) {
    const numbers = new Set(keys.flatMap((key) => this.numberOf(key) ?? []));
    const places = Array.from(numbers, (number) => {
      const { chunk, row } = this.find(number);
      return chunk.places[row];
    });
    return places.sort((a, b) => a - b);
  }

  /**
   * Find papers that may be one that a reader submits, and the keys that start as its key would, lower-case.
   * @param {string} title
   * @param {string[]} urls
   * @param {string} stem "" as long as there is no key
   */
  compare(title, urls, stem) {
    const query = parseQuery("");
    const alike = findAlike(this.chunks, title, urls).slice(0, MOST_ALIKE).map(({ number, why }) => {
      const { chunk, row } = this.find(number);
      return { ...renderOption(chunk.paper(row), this.index, query), why };
    });
    return { alike, taken: stem ? this.keys().filter((key) => key.startsWith(stem.toLowerCase())) : [] };
  }

  /** Return all citation keys, old ones too, lower-case. */
  keys() {
    return this.chunks.flatMap(({ columns }) => [...columns.key, ...(columns.aliases ?? []).flat()]).map((key) => key.toLowerCase());
  }

  /** @param {number} number the place of a paper in the list */
  find(number) {
    const chunk = /** @type {Chunk} */ (this.chunks.find(({ start, size }) => number < start + size));
    return { chunk, row: number - chunk.start };
  }

  /** @param {Uint32Array} numbers */
  papers(numbers) {
    return Array.from(numbers, (number) => {
      const { chunk, row } = this.find(number);
      return chunk.paper(row);
    });
  }

  /**
   * @param {string} key a citation key of today, or an old one
   * @returns {number | undefined}
   */
  numberOf(key) {
    this.numbers ??= new Map(
      this.chunks.flatMap(({ columns, start }) =>
        columns.key.flatMap((now, row) => [...(columns.aliases?.[row] ?? []), now].map((name) => [name, start + row])),
      ),
    );
    return this.numbers.get(key);
  }

  /**
   * Find the papers that fulfil a query.
   * @param {Query} query
   * @param {string[] | null} keys of the only papers that count
   * @returns {Candidates[]}
   */
  match(query, keys) {
    const wanted = keys && new Set(keys.map((key) => this.numberOf(key)));
    return this.chunks.map((chunk) => {
      const found = query.terms.length ? matchPapers(query, chunk, this.names) : null;
      const rows = new Uint32Array(chunk.size);
      let size = 0;
      for (let row = 0; row < chunk.size; row += 1) {
        if ((found && !found[row]) || (wanted && !wanted.has(chunk.start + row))) continue;
        rows[size] = row;
        size += 1;
      }
      return { chunk, rows: rows.subarray(0, size), ranks: found };
    });
  }

  /**
   * @param {Query} query
   * @param {State} state
   */
  filter(query, state) {
    return applyFilters(this.match(query, state.keys), this.filters, state.choices, state.years);
  }

  /**
   * @param {Candidates[]} candidates
   * @param {Query} query
   * @param {string} sort one of `SORTS`
   * @returns {Uint32Array} places in the list
   */
  sort(candidates, query, sort) {
    const numbers = joinArrays(Uint32Array, candidates.map(({ chunk, rows }) => rows.map((row) => chunk.start + row)));
    if (sort === "newest" || (!sort && !query.terms.length)) return numbers;
    if (!sort) {
      const ranks = candidates.map(({ rows, ranks }) => Uint8Array.from(rows, (row) => ranks?.[row] ?? 0));
      return sortByRank(numbers, joinArrays(Uint8Array, ranks));
    }
    const order = this.orders.get(sort) ?? makeOrder(sort, this.chunks, this.index);
    this.orders.set(sort, order);
    return sortLike(numbers, order);
  }

  /**
   * Read what was typed: an identifier or address of a paper of the list, or else words.
   * @param {string} text
   */
  understand(text) {
    const address = parseAddress(text);
    return address && this.has(address.terms[0]) ? { query: address, spellings: [] } : this.spell(parseQuery(text));
  }

  /**
   * @param {string} text
   * @param {Query} query
   */
  findMisuses(text, query) {
    return findMisuses(text, query, this.names, this.filters, () => count(this.match(query, null)) > 0);
  }

  /**
   * Replace the words that no paper has by the nearest ones.
   * @param {Query} query
   * @returns {{query: Query, spellings: Spelling[]}}
   */
  spell(query) {
    /** @type {Spelling[]} */
    const spellings = [];
    const terms = query.terms.map((term) => {
      const meant = this.correct(term);
      if (!meant.length) return term;
      spellings.push({ typed: term.text, meant });
      return { ...term, meant };
    });
    return { query: spellings.length ? makeQuery(terms) : query, spellings };
  }

  /** @param {Term} term */
  correct(term) {
    const field = /** @type {import("./typos.js").Field | undefined} */ (SPELT.get(term.field));
    if (!field || term.isPhrase || term.isExcluded || this.has(term)) return [];
    if (!term.text.includes(" ")) return this.vocabulary.correct(term.text, field, this.chunks);
    // `multi-modal` for `multimodal`.
    const meant = [term.text.replaceAll(" ", "")];
    return this.has({ ...term, meant }) ? meant : [];
  }

  /**
   * Tell whether any paper has a term.
   * @param {Term} term
   */
  has(term) {
    return this.chunks.some((chunk) => findTerm(term, chunk, this.names).some(Boolean));
  }

  /**
   * Say which part of a search that found nothing lets papers appear when it is dropped.
   * @param {Query} query
   * @param {State} state
   */
  advise(query, state) {
    const without = (/** @type {Partial<State>} */ part) => count(this.filter(query, { ...state, ...part }).passed);
    const tries = this.filters
      .filter((filter) => state.choices.has(filter.id))
      .map((filter) => {
        const choices = new Map(state.choices);
        choices.delete(filter.id);
        return { name: `the filter ${filter.title}`, count: without({ choices }) };
      });
    if (state.years) tries.push({ name: "the years", count: without({ years: null }) });
    if (state.keys) tries.push({ name: "the selection", count: without({ keys: null }) });
    let best = tries.reduce((a, b) => (b.count > a.count ? b : a), { name: "", count: 0 });
    const words = state.text.trim();
    // What the reader typed goes last.
    if (!best.count && words) best = { name: `the words “${words}”`, count: count(this.filter(parseQuery(""), state).passed) };
    if (best.count) return `Without ${best.name} there ${best.count === 1 ? "is 1" : `are ${best.count}`}.`;
    return "Try fewer words or filters.";
  }
}

/** @param {Candidates[]} candidates */
function count(candidates) {
  return candidates.reduce((sum, { rows }) => sum + rows.length, 0);
}

/**
 * @template {Uint8Array | Uint32Array} T
 * @param {new (length: number) => T} type
 * @param {T[]} parts
 * @returns {T}
 */
function joinArrays(type, parts) {
  const joined = new type(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    joined.set(part, end);
    end += part.length;
  }
  return joined;
}
