// @ts-check
/* The filters beside the list: what each offers, which papers pass, and how many each value would leave. */

/** @typedef {import("./data.js").Paper} Paper */
/** @typedef {import("./data.js").Index} Index */
/** @typedef {import("./data.js").Named} Named */

/**
 * A filter: its values, and which of them a paper has, as numbers. Of several chosen values a paper needs one
 * (`any`) or all (`all`).
 * @typedef {{id: string, title: string, values: Named[], of: (paper: Paper) => number[], needs: "any" | "all",
 *   isTree: boolean}} Filter
 */
/** @typedef {{include: Set<number>, exclude: Set<number>}} Choice */
/** @typedef {{counts: Map<string, number[]>, years: Map<number, number>, papers: Paper[]}} Filtered */

/**
 * @param {Index} index
 * @returns {Filter[]}
 */
export function makeFilters(index) {
  /** @type {Filter[]} */
  const filters = [
    { id: "section", title: "Section", values: index.sections, of: (paper) => paper.sections, needs: "any", isTree: true },
    { id: "venue", title: "Venue", values: index.venues, of: (paper) => paper.venues, needs: "any", isTree: false },
    { id: "type", title: "Type", values: index.types, of: (paper) => paper.types, needs: "any", isTree: false },
    { id: "has", title: "Has", values: index.links, of: (paper) => paper.kinds, needs: "all", isTree: false },
    { id: "tag", title: "Tag", values: index.tags, of: (paper) => paper.tags, needs: "all", isTree: false },
    ...index.facets.map((facet, number) => ({
      id: `facet.${facet.id}`, title: facet.title, values: facet.values,
      of: (/** @type {Paper} */ paper) => paper.facets[number], needs: /** @type {"any"} */ ("any"), isTree: false,
    })),
  ];
  return filters.filter((filter) => filter.values.length > 0);
}

/**
 * Filter papers and count, for every value, the papers that it would leave: in a filter that needs any of its
 * values, its own choice does not count.
 * @param {Iterable<Paper>} papers
 * @param {Filter[]} filters
 * @param {Map<string, Choice>} choices
 * @param {[number, number] | null} years
 * @returns {Filtered}
 */
export function applyFilters(papers, filters, choices, years) {
  const counters = filters.map((filter) => ({ filter, choice: choices.get(filter.id), count: makeZeros(filter) }));
  const chosen = counters.filter(({ choice }) => choice);
  /** @type {Map<number, number>} */
  const byYear = new Map();
  const passed = [];
  for (const paper of papers) {
    const failed = chosen.filter(({ filter, choice }) => !passes(filter.of(paper), filter, choice));
    const isInYears = !years || (paper.year !== null && years[0] <= paper.year && paper.year <= years[1]);
    if (failed.length + Number(!isInYears) > 1) continue;
    if (failed.length === 0 && paper.year !== null) byYear.set(paper.year, (byYear.get(paper.year) ?? 0) + 1);
    if (!isInYears) continue;
    if (failed.length === 0) passed.push(paper);
    for (const { filter, count } of failed.length ? failed.filter(({ filter }) => isAny(filter)) : counters) {
      for (const value of filter.of(paper)) count[value] += 1;
    }
  }
  return { counts: new Map(counters.map(({ filter, count }) => [filter.id, count])), years: byYear, papers: passed };
}

/**
 * @param {Filter} filter
 * @returns {number[]}
 */
function makeZeros(filter) {
  return new Array(filter.values.length).fill(0);
}

/** @param {Filter} filter */
function isAny(filter) {
  return filter.needs === "any";
}

/**
 * @param {number[]} values
 * @param {Filter} filter
 * @param {Choice | undefined} choice
 */
function passes(values, filter, choice) {
  if (!choice) return true;
  if (values.some((value) => choice.exclude.has(value))) return false;
  if (choice.include.size === 0) return true;
  if (isAny(filter)) return values.some((value) => choice.include.has(value));
  return [...choice.include].every((value) => values.includes(value));
}
