// @ts-check
/* Which papers a query finds, and how well. */

import { fold } from "./fold.js";
import { plainTerms } from "./query.js";

/** @typedef {import("./data.js").Paper} Paper */
/** @typedef {import("./data.js").Index} Index */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./query.js").Term} Term */
/** @typedef {(paper: Paper) => boolean} Test */

/**
 * Make a test that tells whether a paper fulfils every term.
 * @param {Query} query
 * @param {Index} index
 * @returns {Test}
 */
export function makeTest(query, index) {
  const tests = query.terms.map((term) => ({ test: makeTermTest(term, index), isExcluded: term.isExcluded }));
  return (paper) => tests.every(({ test, isExcluded }) => test(paper) !== isExcluded);
}

/**
 * Make a test for what a term names, whether the term excludes it or not.
 * @param {Term} term
 * @param {Index} index
 * @returns {Test}
 */
export function makeTermTest(term, index) {
  const needles = term.meant.map((text) => (term.isPhrase ? ` ${text} ` : ` ${text}`));
  const { years } = term;
  if (years) return (paper) => paper.year !== null && years[0] <= paper.year && paper.year <= years[1];
  switch (term.field) {
    case "title":
    case "author":
    case "venue":
    case "key":
      return makeTextTest(term.field, needles);
    case "section":
      return makeNamedTest(index.sections, needles, (paper) => paper.sections);
    case "tag":
      return makeNamedTest(index.tags, needles, (paper) => paper.tags);
    case "has":
      return makeNamedTest(index.links, needles, (paper) => paper.kinds);
    case "type":
      return makeNamedTest(index.types, needles, (paper) => paper.types);
    default:
      return makeTextTest("all", needles);
  }
}

/**
 * @param {"all" | "title" | "author" | "venue" | "key"} field
 * @param {string[]} needles
 * @returns {Test}
 */
function makeTextTest(field, needles) {
  if (needles.length === 1) {
    const [needle] = needles;
    return (paper) => paper.searched[field].includes(needle);
  }
  return (paper) => needles.some((needle) => paper.searched[field].includes(needle));
}

/**
 * @param {import("./data.js").Named[]} named
 * @param {string[]} needles
 * @param {(paper: Paper) => number[]} valuesOf
 * @returns {Test}
 */
function makeNamedTest(named, needles, valuesOf) {
  const fits = named.map(({ id, title }) => {
    const text = ` ${fold(id)} ${fold(title)} `;
    return needles.some((needle) => text.includes(needle));
  });
  return (paper) => valuesOf(paper).some((value) => fits[value]);
}

/** The ranks, best first: 0 is the exact title. */
export const RANKS = 6;

/**
 * Make a function that says how well a found paper fits, best 0: exact title, beginning of the title, words of the
 * title side by side, all words in the title, all in the authors' names, the rest.
 * @param {Query} query
 * @returns {(paper: Paper) => number}
 */
export function makeRank(query) {
  const text = ` ${query.text}`;
  const words = plainTerms(query.terms).flatMap((term) =>
    term.meant.length > 1 ? [term.meant.map((word) => ` ${word}`)] : term.meant[0].split(" ").map((word) => [` ${word}`]),
  );
  return ({ searched: { title, author } }) => {
    if (title.startsWith(text)) return title.length === text.length + 1 ? 0 : 1;
    if (title.includes(text)) return 2;
    if (words.every((needles) => needles.some((needle) => title.includes(needle)))) return 3;
    if (words.every((needles) => needles.some((needle) => author.includes(needle)))) return 4;
    return 5;
  };
}
