// @ts-check
/* The order of the papers found. */

import { RANKS, makeRank } from "./match.js";

/** @typedef {import("./data.js").Paper} Paper */

/**
 * @param {Paper[]} papers in the order of the list, newest first
 * @param {string} sort one of `SORTS`
 * @param {import("./query.js").Query} query
 * @param {import("./data.js").Index} index
 * @returns {Paper[]}
 */
export function sortPapers(papers, sort, query, index) {
  switch (sort) {
    case "newest":
      return papers;
    case "oldest":
      return [...papers].reverse();
    case "title":
      return sortByText(papers, (paper) => paper.searched.title);
    case "venue": {
      const names = index.venues.map((venue) => venue.title.toLowerCase());
      return sortByText(papers, (paper) => (paper.venue === null ? "" : names[paper.venue]));
    }
    case "added":
      return sortByText(papers, (paper) => paper.added, -1);
    default:
      return query.text ? sortByRank(papers, query) : papers;
  }
}

/**
 * @param {Paper[]} papers
 * @param {import("./query.js").Query} query
 */
function sortByRank(papers, query) {
  const rank = makeRank(query);
  /** @type {Paper[][]} */
  const ranked = Array.from({ length: RANKS }, () => []);
  for (const paper of papers) ranked[rank(paper)].push(paper);
  return ranked.flat();
}

/**
 * Sort by text, with what is not known last. The sort is stable, so that equals stay newest first.
 * @param {Paper[]} papers
 * @param {(paper: Paper) => string} textOf
 * @param {1 | -1} direction
 */
function sortByText(papers, textOf, direction = 1) {
  const known = papers.filter(textOf);
  known.sort((a, b) => {
    const [one, other] = [textOf(a), textOf(b)];
    return one < other ? -direction : Number(one > other) * direction;
  });
  return [...known, ...papers.filter((paper) => !textOf(paper))];
}
