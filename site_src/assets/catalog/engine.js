// @ts-check
/* The search itself: papers in, answers out. It knows no page, so a worker can hold it. */

import { findAlike } from "./alike.js";
import { Chunk } from "./data.js";
import { applyFilters, makeFilters } from "./filters.js";
import { Expander } from "./expand.js";
import { listIdentifiers, markIdentifiers } from "./identify.js";
import { findHits, makeNames } from "./match.js";
import { renderItem, renderOption } from "./markup.js";
import { findMisuses } from "./misuse.js";
import { listParts, makeQuery, parseQuery, readTokens } from "./query.js";
import { scorePapers } from "./rank.js";
import { makeOrder, sortByRank, sortLike, toRank } from "./sort.js";
import { describeClosest } from "./spelling.js";
import { Vocabulary } from "./vocabulary.js";
import { toWords } from "./words.js";

/** @typedef {import("./filters.js").Candidates} Candidates */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./query.js").Term} Term */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./expand.js").Plan} Plan */
/** @typedef {import("./expand.js").Spelling} Spelling */
/** @typedef {import("./rank.js").Scored} Scored */
/**
 * A query as it is searched: `scored` are the papers of each chunk, null when nothing is asked for; `phrases` are those in
 * quotes that no paper has.
 * @typedef {{query: Query, spellings: Spelling[], scored: Scored[] | null, phrases: string[]}} Understood
 */
/**
 * What to do about an empty result: a sentence, and searches that find papers, each with a label for its button.
 * @typedef {{text: string, ways: {label: string, state: State}[]}} Advice
 */
/**
 * What a search found: `items` are the first papers as HTML, `counts` and `years` what each filter would leave,
 * `closest` says what the papers lack where none has everything, `misuses` what was asked for that does not exist, `advice`
 * what to drop when nothing was found.
 * @typedef {{found: number, items: string[], counts: Map<string, number[]>, years: Map<number, number>,
 *   spellings: Spelling[], closest: string, misuses: string[], advice: Advice | null, loaded: number}} Answer
 */

/** Of the papers that lack a word only those are shown that have this share of what the best one has. */
const NEAR = 0.4;

/** Filters whose values are searched as words, besides the venues. */
const SEARCHED = /^(?:section|tag|type|facet\..+)$/;

/** What may be a citation key of the list. */
const KEY = /[A-Za-z][\w:.+-]*\d[\w:.+-]*/g;

/** More would hide the form. */
const MOST_ALIKE = 5;

/** Ways out of an empty result; more would have to be read before one is chosen. */
const MOST_WAYS = 3;

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
    /** @type {string[]} the list's own fields */
    this.fields = index.facets.map(({ id }) => id);
    const others = [...this.names].flatMap(([id, texts]) => (SEARCHED.test(id) ? texts : []));
    this.vocabulary = new Vocabulary(this.names.get("venue") ?? [], others);
    this.expander = new Expander(this.vocabulary, (term, readings) => this.has({ term, readings }));
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
    this.vocabulary.add(chunk);
    this.orders.clear();
    this.numbers = null;
  }

  /**
   * Take the abstracts of a chunk.
   * @param {number} number
   * @param {string[]} abstracts
   */
  addAbstracts(number, abstracts) {
    this.chunks[number].addAbstracts(abstracts);
  }

  /**
   * @param {State} state
   * @param {number} count how many of the found papers to show
   * @returns {Answer}
   */
  search(state, count) {
    const understood = this.understand(state.text);
    const { query, spellings } = understood;
    const { filtered, isClosest, isFiltered } = this.filter(understood, state);
    this.query = query;
    this.found = this.sort(filtered.passed, query, state.sort);
    const missing = (state.keys ?? []).filter((key) => this.numberOf(key) === undefined && this.size === this.index.total);
    const misuses = [...this.findMisuses(state.text, query), ...missing.map((key) => `The list has no paper “${key}”.`)];
    return {
      found: this.found.length,
      items: this.show(0, count),
      counts: filtered.counts,
      years: filtered.years,
      spellings,
      closest: isClosest ? explainClosest(understood, state.text, isFiltered) : "",
      misuses,
      advice: this.found.length || misuses.length > missing.length ? null : this.advise(state),
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
    const understood = this.understand(text);
    const { query, spellings } = understood;
    const { candidates: matched, isClosest } = this.match(understood, null);
    const candidates = isClosest ? keepNear(matched, matched) : matched;
    const found = this.sort(candidates, query, "");
    const options = this.papers(found.subarray(0, count)).map((paper) => renderOption(paper, this.index, query));
    const closest = isClosest ? explainClosest(understood, text, false) : "";
    return { found: found.length, options, spellings, closest, misuses: this.findMisuses(text, query) };
  }

  /** Count all papers by the values of each filter. */
  tally() {
    return applyFilters(this.match(this.understand(""), null).candidates, this.filters, new Map(), null).counts;
  }

  /** Return key and title of every paper that the last search found, in the order shown. */
  list() {
    return Array.from(this.found, (number) => {
      const { chunk, row } = this.find(number);
      return { key: /** @type {string} */ (chunk.columns.key[row]), title: /** @type {string} */ (chunk.columns.title[row]) };
    });
  }

  /**
   * Return where papers stand in the list's own order; keys that the list does not have are left out.
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
   * Return the papers that have every word; where there is none, those that come closest.
   * @param {Understood} understood
   * @param {string[] | null} keys of the only papers that count
   * @returns {{candidates: Candidates[], isClosest: boolean}}
   */
  match(understood, keys) {
    const candidates = this.choose(understood.scored, keys, false);
    if (!understood.scored || count(candidates)) return { candidates, isClosest: false };
    const closest = this.choose(understood.scored, keys, true);
    return { candidates: closest, isClosest: count(closest) > 0 };
  }

  /**
   * @param {Scored[] | null} scored
   * @param {string[] | null} keys
   * @param {boolean} isClosest whether papers that lack a word count as well
   * @returns {Candidates[]}
   */
  choose(scored, keys, isClosest) {
    const wanted = keys && new Set(keys.map((key) => this.numberOf(key)));
    return this.chunks.map((chunk, number) => {
      const one = scored?.[number];
      const rows = new Uint32Array(chunk.size);
      let size = 0;
      for (let row = 0; row < chunk.size; row += 1) {
        if ((one && !(one.scores[row] > 0 && (isClosest || one.isFull[row]))) || (wanted && !wanted.has(chunk.start + row))) continue;
        rows[size] = row;
        size += 1;
      }
      return { chunk, rows: rows.subarray(0, size), scores: one?.scores ?? null };
    });
  }

  /**
   * Return the papers that pass the filters, whether they are the closest, and whether the filters left out better ones.
   * @param {Understood} understood
   * @param {State} state
   */
  filter(understood, state) {
    const apply = (/** @type {Candidates[]} */ candidates) => applyFilters(candidates, this.filters, state.choices, state.years);
    const { candidates, isClosest } = this.match(understood, state.keys);
    if (isClosest) {
      const hasFilters = state.choices.size > 0 || state.years;
      const isFiltered = state.keys !== null && count(this.choose(understood.scored, null, false)) > 0;
      return { filtered: apply(keepNear(candidates, hasFilters ? apply(candidates).passed : candidates)), isClosest, isFiltered };
    }
    const filtered = apply(candidates);
    // All papers with every word are left out by the filters: of those that pass, the closest.
    if (!understood.scored || count(filtered.passed) || !count(candidates)) return { filtered, isClosest, isFiltered: false };
    const others = this.choose(understood.scored, state.keys, true);
    const passed = apply(others).passed;
    const isFiltered = count(passed) > 0;
    return { filtered: isFiltered ? apply(keepNear(others, passed)) : filtered, isClosest: isFiltered, isFiltered };
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
      return sortByRank(numbers, joinArrays(Uint16Array, candidates.map(rankRows)));
    }
    const order = this.orders.get(sort) ?? makeOrder(sort, this.chunks, this.index);
    this.orders.set(sort, order);
    return sortLike(numbers, order);
  }

  /**
   * Read what was typed: identifiers or addresses of papers of the list, or else words.
   * @param {string} text
   * @returns {Understood}
   */
  understand(text) {
    const query = parseQuery(text, this.fields);
    if (!query.terms.length) return { query, spellings: [], scored: null, phrases: [] };
    const named = this.identify(text);
    if (named) return { query: makeQuery([]), spellings: [], scored: named, phrases: [] };
    const expanded = this.expander.expand(query, text);
    const scored = this.score(expanded.plans);
    const relaxed = scored.some(({ isFull }) => isFull.some(Boolean)) ? null : dropQuotes(query);
    if (!relaxed) return { query: expanded.query, spellings: expanded.spellings, scored, phrases: [] };
    const loose = this.expander.expand(relaxed, text);
    // No paper has the phrase: those with its words are the closest.
    for (const { isFull } of scored) isFull.fill(0);
    const closest = this.score(loose.plans).map(({ scores, isFull }) => ({ scores, isFull: isFull.fill(0) }));
    const missing = expanded.plans.flatMap(({ conditions }) => conditions.filter((condition) => isPlainPhrase(condition.term) && !this.has(condition)));
    return { query: loose.query, spellings: loose.spellings, scored: closest, phrases: missing.map(({ term }) => term.text) };
  }

  /**
   * Find the papers whose identifiers, addresses or citation keys are in a text; null when no paper's are.
   * @param {string} text
   * @returns {Scored[] | null}
   */
  identify(text) {
    const identifiers = listIdentifiers(text);
    // Keys have a digit, as other words hardly do: `\cite{sample2024things}`.
    const numbers = (text.match(KEY) ?? []).flatMap((key) => this.numberOf(key) ?? []);
    if (!identifiers.length && !numbers.length) return null;
    const found = this.chunks.map((chunk) => markIdentifiers(chunk, identifiers));
    for (const number of numbers) {
      const place = this.chunks.findIndex(({ start, size }) => number < start + size);
      found[place][number - this.chunks[place].start] = 1;
    }
    return found.some((isFull) => isFull.some(Boolean)) ? found.map((isFull) => ({ scores: Float32Array.from(isFull), isFull })) : null;
  }

  /**
   * Score all papers by the alternatives of a query: a paper is as good as in the one that it fits best.
   * @param {Plan[]} plans
   * @returns {Scored[]}
   */
  score(plans) {
    const [first, ...others] = plans.map((plan) => {
      const hits = plan.conditions.map((condition) => this.chunks.map((chunk) => findHits(condition, chunk, this.names)));
      return scorePapers(plan, this.chunks, hits, this.names);
    });
    for (const scored of others) {
      for (const [number, { scores, isFull }] of scored.entries()) {
        const best = first[number];
        for (let row = 0; row < scores.length; row += 1) {
          if (scores[row] > best.scores[row]) best.scores[row] = scores[row];
          best.isFull[row] |= isFull[row];
        }
      }
    }
    return first;
  }

  /**
   * @param {string} text
   * @param {Query} query
   */
  findMisuses(text, query) {
    return findMisuses(text, query, this.names, this.filters, this.fields, () => {
      const { candidates, isClosest } = this.match(this.understand(text), null);
      return !isClosest && count(candidates) > 0;
    });
  }

  /**
   * Return whether any paper has what a condition names.
   * @param {import("./expand.js").Condition} condition
   */
  has(condition) {
    return this.chunks.some((chunk) => findHits(condition, chunk, this.names).count > 0);
  }

  /**
   * Say which parts of a search that found nothing let papers appear when they are dropped, the most papers first.
   * @param {State} state
   * @returns {Advice}
   */
  advise(state) {
    const drop = (/** @type {string} */ name, /** @type {Partial<State>} */ part) => {
      const changed = { ...state, ...part };
      return { name, state: changed, count: count(this.filter(this.understand(changed.text), changed).filtered.passed) };
    };
    const tries = listDrops(state, this.filters).map(({ name, part }) => drop(name, part));
    // Where no single one helps, several may stand in each other's way.
    if (!tries.some((one) => one.count)) tries.push(drop("filters", { choices: new Map(), years: null, keys: null }));
    const found = tries.filter((one) => one.count).sort((a, b) => b.count - a.count);
    const ways = found.slice(0, MOST_WAYS).map((one) => ({
      label: `Show ${one.count} ${one.count === 1 ? "paper" : "papers"} without ${one.name}`,
      state: one.state,
    }));
    const words = state.text.trim();
    if (ways.length || !words) return { text: "", ways };
    const text = `No paper has “${words}” in its title, authors, venue, section, tags or notes. Check the spelling, or choose a section or venue from the filters.`;
    return { text, ways };
  }
}

/**
 * Return every part of a search that can be dropped alone, with its name.
 * @param {State} state
 * @param {import("./filters.js").Filter[]} filters
 * @returns {{name: string, part: Partial<State>}[]}
 */
function listDrops({ text, choices, years, keys }, filters) {
  const ofFilters = filters
    .filter(({ id }) => choices.has(id))
    .map(({ id, title }) => ({ name: `the filter ${title}`, part: { choices: new Map([...choices].filter(([other]) => other !== id)) } }));
  const parts = listParts(text);
  const ofText = parts.length > 1 ? parts.map((part) => ({ name: `“${part}”`, part: { text: parts.filter((other) => other !== part).join(" ") } })) : [];
  return [
    ...ofFilters,
    ...(years ? [{ name: "the years", part: { years: null } }] : []),
    ...(keys ? [{ name: "the selection", part: { keys: null } }] : []),
    ...ofText,
  ];
}

/**
 * Say what the papers lack that are shown as the closest.
 * @param {Understood} understood
 * @param {string} text as typed
 * @param {boolean} isFiltered
 */
function explainClosest({ phrases }, text, isFiltered) {
  const typed = [...readTokens(text)].filter(({ name, isPhrase, isExcluded }) => isPhrase && !name && !isExcluded);
  // As the reader wrote them: `phrases` are folded.
  const written = phrases.map((phrase) => typed.find(({ value }) => toWords(value) === phrase)?.value.trim() ?? phrase);
  return describeClosest({ phrases: written, hasPhrase: typed.length > 0, isFiltered });
}

/** @param {Term} term */
function isPlainPhrase(term) {
  return term.isPhrase && !term.field && !term.isExcluded;
}

/**
 * Return a query with its phrases as single words; null when it has none.
 * @param {Query} query
 */
function dropQuotes(query) {
  if (!query.terms.some(isPlainPhrase)) return null;
  return makeQuery(
    query.alternatives.map(({ terms }) =>
      terms.flatMap((term) => {
        if (!isPlainPhrase(term)) return [term];
        return term.text.split(" ").map((text) => ({ ...term, text, isPhrase: false, meant: [text] }));
      }),
    ),
  );
}

/**
 * Leave out the papers that have much less of what was asked for than the best of those that pass.
 * @param {Candidates[]} candidates
 * @param {Candidates[]} passed
 * @returns {Candidates[]}
 */
function keepNear(candidates, passed) {
  let best = 0;
  for (const { rows, scores } of passed) for (const row of rows) best = Math.max(best, scores?.[row] ?? 0);
  return candidates.map(({ chunk, rows, scores }) => ({ chunk, rows: rows.filter((row) => (scores?.[row] ?? 0) >= NEAR * best), scores }));
}

/**
 * Return the ranks of the rows of a chunk. A loop: `Uint16Array.from` takes ten times as long on a list of 100,000.
 * @param {Candidates} candidates
 */
function rankRows({ rows, scores }) {
  const ranks = new Uint16Array(rows.length);
  for (let i = 0; i < rows.length; i += 1) ranks[i] = toRank(scores?.[rows[i]] ?? 0);
  return ranks;
}

/** @param {Candidates[]} candidates */
function count(candidates) {
  return candidates.reduce((sum, { rows }) => sum + rows.length, 0);
}

/**
 * @template {Uint16Array | Uint32Array} T
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
