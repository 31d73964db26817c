// @ts-check
/* What the page says when it shows something else than papers with all the words typed. */

/** Words named; more would be no help. */
const MOST_NAMED = 3;

/**
 * Say why papers are shown that lack a part of what was asked for.
 * @param {{phrases: string[], hasPhrase: boolean, isFiltered: boolean}} why `phrases` are those that no paper has;
 *   `hasPhrase` says that there are others; `isFiltered` that papers with every part are left out by the filters
 */
export function describeClosest({ phrases, hasPhrase, isFiltered }) {
  const named = phrases.map((phrase) => `“${phrase}”`).join(" or ");
  if (isFiltered) return `No paper with these filters has all ${hasPhrase ? "words and phrases" : "words"}; showing the closest.`;
  if (named) return `No paper has the phrase ${named}; showing the closest.`;
  return `No paper has all ${hasPhrase ? "words and phrases" : "words"}; showing the closest.`;
}

/** @param {import("./expand.js").Spelling[]} spellings */
export function describeSpellings(spellings) {
  return spellings
    .map(({ typed, meant }) => {
      const named = meant.slice(0, MOST_NAMED).map((word) => `“${word}”`);
      return `No paper has “${typed}”; showing ${named.join(", ")}${meant.length > MOST_NAMED ? " …" : ""}.`;
    })
    .join(" ");
}
