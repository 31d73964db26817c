// @ts-check
/* The filters beside the list: what each offers, which papers pass, and how many each value would leave. */

import { UNKNOWN } from "./data.js";

/** @typedef {import("./data.js").Chunk} Chunk */
/** @typedef {import("./data.js").Index} Index */
/** @typedef {import("./data.js").Named} Named */
/** @typedef {import("./data.js").Values} Values */

/**
 * A filter and its values. Of several chosen ones a paper needs one (`any`) or all (`all`).
 * @typedef {{id: string, title: string, values: (Named & {aliases?: string[]})[], needs: "any" | "all", isTree: boolean}} Filter
 */
/** @typedef {{include: Set<number>, exclude: Set<number>}} Choice */
/**
 * Papers of a chunk; `scores` says for every paper of the chunk how well it fits a query.
 * @typedef {{chunk: Chunk, rows: Uint32Array, scores: Float32Array | null}} Candidates
 */
/**
 * `passed` are the candidates that remain.
 * @typedef {{counts: Map<string, number[]>, years: Map<number, number>, passed: Candidates[]}} Filtered
 */

/* What becomes of a paper, besides the number of the one filter that leaves it out: it passes, several leave it out, or the
   years alone do. */
const PASSES = 0xff;
const FAILS = 0xfe;
const FAILS_YEARS = 0xfd;

/**
 * @param {Index} index
 * @returns {Filter[]}
 */
export function makeFilters(index) {
  /** @type {Filter[]} */
  const filters = [
    { id: "section", title: "Section", values: index.sections, needs: "any", isTree: true },
    { id: "venue", title: "Venue", values: index.venues, needs: "any", isTree: false },
    { id: "type", title: "Type", values: index.types, needs: "any", isTree: false },
    { id: "has", title: "Has", values: index.links, needs: "all", isTree: false },
    { id: "tag", title: "Tag", values: index.tags, needs: "all", isTree: false },
    ...index.facets.map(({ id, title, values }) => ({
      id: `facet.${id}`, title, values, needs: /** @type {"any"} */ ("any"), isTree: false,
    })),
  ];
  return filters.filter((filter) => filter.values.length > 0);
}

/**
 * Filter papers and count, for every value, the papers that it would leave: in a filter that needs any of its
 * values, its own choice does not count.
 * @param {Candidates[]} candidates
 * @param {Filter[]} filters
 * @param {Map<string, Choice>} choices
 * @param {[number, number] | null} years
 * @returns {Filtered}
 */
export function applyFilters(candidates, filters, choices, years) {
  const counters = filters.map((filter) => ({ filter, count: new Uint32Array(filter.values.length) }));
  const chosen = filters.filter(({ id }) => choices.has(id));
  /** @type {Map<number, number>} */
  const byYear = new Map();
  const passed = candidates.map(({ chunk, rows, scores }) => {
    // Most searches have no filter: every paper passes, and none is looked at here.
    const outcomes = chosen.length || years ? judge(chunk, rows, chosen, choices, years) : null;
    const kept = outcomes ? rows.filter((_, i) => outcomes[i] === PASSES) : rows;
    countYears(chunk, outcomes ? rows.filter((_, i) => outcomes[i] === PASSES || outcomes[i] === FAILS_YEARS) : rows, byYear);
    for (const { filter, count } of counters) {
      countValues(chunk, filter, kept, count);
      const place = filter.needs === "any" ? chosen.indexOf(filter) : -1;
      if (outcomes && place >= 0) countValues(chunk, filter, rows.filter((_, i) => outcomes[i] === place), count);
    }
    return { chunk, rows: kept, scores };
  });
  return { counts: new Map(counters.map(({ filter, count }) => [filter.id, [...count]])), years: byYear, passed };
}

/**
 * Say for each paper whether it passes, fails more than once, only in its year, or only in one of the chosen filters.
 * @param {Chunk} chunk
 * @param {Uint32Array} rows
 * @param {Filter[]} chosen
 * @param {Map<string, Choice>} choices
 * @param {[number, number] | null} years
 * @returns {Uint8Array} for a single filter its place among the chosen
 */
function judge(chunk, rows, chosen, choices, years) {
  const outcomes = new Uint8Array(rows.length).fill(PASSES);
  const fail = (/** @type {number} */ i, /** @type {number} */ outcome) => (outcomes[i] = outcomes[i] === PASSES ? outcome : FAILS);
  if (years) {
    rows.forEach((row, i) => {
      const year = chunk.years[row];
      if (year === UNKNOWN || year < years[0] || year > years[1]) fail(i, FAILS_YEARS);
    });
  }
  for (const [place, filter] of chosen.entries()) {
    const passes = makeTest(chunk, filter, /** @type {Choice} */ (choices.get(filter.id)));
    rows.forEach((row, i) => {
      if (!passes(row)) fail(i, place);
    });
  }
  return outcomes;
}

/**
 * @param {Chunk} chunk
 * @param {Filter} filter
 * @param {Choice} choice
 * @returns {(row: number) => boolean}
 */
function makeTest(chunk, filter, { include, exclude }) {
  const { starts, numbers } = valuesOf(chunk, filter);
  const needed = filter.needs === "any" ? Math.min(1, include.size) : include.size;
  return (row) => {
    let had = 0;
    for (let i = starts[row]; i < starts[row + 1]; i += 1) {
      if (exclude.has(numbers[i])) return false;
      if (include.has(numbers[i])) had += 1;
    }
    return had >= needed;
  };
}

/**
 * @param {Chunk} chunk
 * @param {Filter} filter
 * @param {Uint32Array} rows
 * @param {Uint32Array} count
 */
function countValues(chunk, filter, rows, count) {
  const { starts, numbers } = valuesOf(chunk, filter);
  for (const row of rows) for (let i = starts[row]; i < starts[row + 1]; i += 1) count[numbers[i]] += 1;
}

/**
 * @param {Chunk} chunk
 * @param {Uint32Array} rows
 * @param {Map<number, number>} byYear
 */
function countYears({ years }, rows, byYear) {
  // Papers of a year are side by side in the list: one step for each run of them.
  let start = 0;
  for (let i = 1; i <= rows.length; i += 1) {
    const year = years[rows[start]];
    if (i < rows.length && years[rows[i]] === year) continue;
    if (year !== UNKNOWN) byYear.set(year, (byYear.get(year) ?? 0) + i - start);
    start = i;
  }
}

/**
 * @param {Chunk} chunk
 * @param {Filter} filter
 */
function valuesOf(chunk, filter) {
  return /** @type {Values} */ (chunk.values.get(filter.id));
}
