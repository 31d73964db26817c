// @ts-check
/* Which papers a query finds, and how well. */

/** @typedef {import("./data.js").Paper} Paper */
/** @typedef {import("./data.js").Index} Index */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./query.js").Term} Term */

/**
 * Tell whether a paper fulfils every term.
 * @param {Paper} paper
 * @param {Query} query
 * @param {Index} index
 */
export function matches(paper, query, index) {
  return query.terms.every((term) => fulfils(paper, term, index) !== term.isExcluded);
}

/**
 * @param {Paper} paper
 * @param {Term} term
 * @param {Index} index
 */
function fulfils(paper, term, index) {
  if (term.years) return paper.year !== null && term.years[0] <= paper.year && paper.year <= term.years[1];
  return textOf(paper, term.field, index).includes(term.isPhrase ? ` ${term.text} ` : ` ${term.text}`);
}

/**
 * @param {Paper} paper
 * @param {string} field
 * @param {Index} index
 * @returns {string} folded, with a space at both ends
 */
function textOf(paper, field, index) {
  switch (field) {
    case "title":
    case "author":
    case "venue":
    case "key":
      return paper.searched[field];
    case "section":
      return spell(paper.sections.map((number) => index.sections[number]));
    case "tag":
      return spell(paper.tags.map((number) => index.tags[number]));
    case "has":
      return spell(paper.links.map((link) => index.links[link.kind]));
    case "type":
      return spell([index.types[paper.type]]);
    default:
      return paper.searched.all;
  }
}

/** @param {import("./data.js").Named[]} named */
function spell(named) {
  return ` ${named.map(({ id, title }) => `${id} ${title}`.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")).join(" ")} `;
}

/**
 * Return how well a found paper fits, best 0: exact title, beginning of the title, words of the title side by side,
 * all words in the title, all in the authors' names, the rest.
 * @param {Paper} paper
 * @param {Query} query
 */
export function rank(paper, query) {
  const { title, author } = paper.searched;
  const text = ` ${query.text}`;
  if (title === `${text} `) return 0;
  if (title.startsWith(text)) return 1;
  if (title.includes(text)) return 2;
  const words = query.text.split(" ");
  if (words.every((word) => title.includes(` ${word}`))) return 3;
  if (words.every((word) => author.includes(` ${word}`))) return 4;
  return 5;
}
