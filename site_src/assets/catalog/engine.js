// @ts-check
/* The search itself: papers in, answers out. It knows no page, so a worker can hold it. */

import { toPapers } from "./data.js";
import { applyFilters, makeFilters } from "./filters.js";
import { makeTermTest, makeTest } from "./match.js";
import { renderItem, renderOption } from "./markup.js";
import { makeQuery, parseQuery } from "./query.js";
import { sortPapers } from "./sort.js";
import { Vocabulary } from "./typos.js";

/** @typedef {import("./data.js").Paper} Paper */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./query.js").Term} Term */
/** @typedef {import("./state.js").State} State */
/** @typedef {{typed: string, meant: string[]}} Spelling a word that no paper has, and the nearest ones that are there */
/**
 * What a search found: `items` are the first papers as HTML, `counts` and `years` what each filter would leave,
 * `advice` what to drop when nothing was found.
 * @typedef {{found: number, items: string[], counts: Map<string, number[]>, years: Map<number, number>,
 *   spellings: Spelling[], advice: string, loaded: number}} Answer
 */

/** Fields in which a word can be misspelt. */
const SPELT = new Map([["", "all"], ["title", "title"], ["author", "author"], ["venue", "venue"]]);

export class Engine {
  /**
   * @param {import("./data.js").Index} index
   * @param {string} root the way to the site's root, for the links in `items`
   */
  constructor(index, root) {
    this.index = index;
    this.root = root;
    this.filters = makeFilters(index);
    /** @type {Paper[]} */
    this.papers = [];
    /** @type {Paper[]} */
    this.found = [];
    this.query = parseQuery("");
    this.vocabulary = new Vocabulary();
    /** @type {number[]} the number of papers in the chunks up to each */
    this.ends = [];
    /** @type {Map<string, Paper>} */
    this.byKey = new Map();
  }

  /** @param {import("./data.js").Columns} columns the next chunk */
  add(columns) {
    for (const paper of toPapers(columns, this.index, this.papers.length)) {
      this.papers.push(paper);
      this.byKey.set(paper.key, paper);
    }
    this.ends.push(this.papers.length);
  }

  /**
   * @param {State} state
   * @param {number} count how many of the found papers to show
   * @returns {Answer}
   */
  search(state, count) {
    const typed = parseQuery(state.text);
    const { query, spellings } = this.spell(typed);
    this.query = query;
    const filtered = this.filter(query, state);
    this.found = sortPapers(filtered.papers, state.sort, query, this.index);
    return {
      found: this.found.length,
      items: this.show(0, count),
      counts: filtered.counts,
      years: filtered.years,
      spellings,
      advice: this.found.length ? "" : this.advise(query, state),
      loaded: this.papers.length,
    };
  }

  /**
   * Return more of the papers that the last search found.
   * @param {number} from
   * @param {number} count
   */
  show(from, count) {
    const query = this.query.terms.length ? this.query : null;
    return this.found.slice(from, from + count).map((paper) => renderItem(paper, this.index, this.root, query));
  }

  /**
   * Search for the few best papers, as options of a list box.
   * @param {string} text
   * @param {number} count
   */
  suggest(text, count) {
    const { query, spellings } = this.spell(parseQuery(text));
    const papers = this.papers.filter(makeTest(query, this.index));
    const best = sortPapers(papers, "", query, this.index).slice(0, count);
    return { found: papers.length, options: best.map((paper) => renderOption(paper, this.index, query)), spellings };
  }

  /** Count all papers by the values of each filter. */
  tally() {
    return applyFilters(this.papers, this.filters, new Map(), null).counts;
  }

  /** Return key and title of every paper that the last search found, in the order shown. */
  list() {
    return this.found.map(({ key, title }) => ({ key, title }));
  }

  /**
   * Tell where papers stand in the chunks, by chunk; keys that the list does not have are left out.
   * @param {string[]} keys
   * @returns {Map<number, number[]>} rows by chunk
   */
  locate(keys) {
    /** @type {Map<number, number[]>} */
    const rows = new Map();
    for (const key of new Set(keys)) {
      const paper = this.byKey.get(key);
      if (!paper) continue;
      const chunk = this.ends.findIndex((end) => paper.order < end);
      const start = chunk ? this.ends[chunk - 1] : 0;
      rows.set(chunk, [...(rows.get(chunk) ?? []), paper.order - start]);
    }
    return rows;
  }

  /**
   * @param {Query} query
   * @param {State} state
   */
  filter(query, state) {
    const { keys } = state;
    const test = makeTest(query, this.index);
    const papers = keys ? keys.flatMap((key) => this.byKey.get(key) ?? []).sort((a, b) => a.order - b.order) : this.papers;
    const candidates = query.terms.length ? papers.filter(test) : papers;
    return applyFilters(candidates, this.filters, state.choices, state.years);
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
    if (!field || term.isPhrase || term.isExcluded) return [];
    if (this.papers.some(makeTermTest(term, this.index))) return [];
    if (!term.text.includes(" ")) return this.vocabulary.correct(term.text, field, this.papers);
    // `multi-modal` for `multimodal`.
    const joined = { ...term, meant: [term.text.replaceAll(" ", "")] };
    return this.papers.some(makeTermTest(joined, this.index)) ? joined.meant : [];
  }

  /**
   * Say which part of a search that found nothing lets papers appear when it is dropped.
   * @param {Query} query
   * @param {State} state
   */
  advise(query, state) {
    const without = (/** @type {Partial<State>} */ part) => this.filter(query, { ...state, ...part }).papers.length;
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
    if (!best.count && words) best = { name: `the words “${words}”`, count: this.filter(parseQuery(""), state).papers.length };
    if (best.count) return `Without ${best.name} there ${best.count === 1 ? "is 1" : `are ${best.count}`}.`;
    return "Try fewer words or filters.";
  }
}
