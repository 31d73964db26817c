// @ts-check
/* The order of the papers found. */

import { rank } from "./match.js";

/** @typedef {import("./data.js").Paper} Paper */

/**
 * @param {Paper[]} papers in the order of the list, newest first
 * @param {string} sort one of `SORTS`
 * @param {import("./query.js").Query} query
 * @param {import("./data.js").Index} index
 * @returns {Paper[]}
 */
export function sortPapers(papers, sort, query, index) {
  if (sort === "newest" || (sort === "" && !query.text)) return papers;
  if (sort === "oldest") return [...papers].reverse();
  const { compare } = new Intl.Collator("en");
  const keyed = papers.map((paper) => ({ paper, key: toKey(paper, sort, query, index) }));
  keyed.sort((a, b) => compareKeys(a.key, b.key, compare) || a.paper.order - b.paper.order);
  return keyed.map(({ paper }) => paper);
}

/**
 * @param {Paper} paper
 * @param {string} sort
 * @param {import("./query.js").Query} query
 * @param {import("./data.js").Index} index
 * @returns {string | number} smaller comes first; text that is not known comes last
 */
function toKey(paper, sort, query, index) {
  switch (sort) {
    case "title":
      return paper.searched.title;
    case "venue":
      return paper.venue === null ? "" : index.venues[paper.venue].title;
    case "added":
      return paper.added ? -Number(paper.added.replaceAll("-", "")) : 0;
    default:
      return rank(paper, query);
  }
}

/**
 * @param {string | number} a
 * @param {string | number} b
 * @param {(a: string, b: string) => number} compare
 */
function compareKeys(a, b, compare) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (!a || !b) return Number(!a) - Number(!b);
  return compare(String(a), String(b));
}
