// @ts-check
/* What the page says when it shows something else than papers with all the words typed. */

/** Words named; more would be no help. */
const MOST_NAMED = 3;

export const CLOSEST = "No paper has all words; showing the closest.";

/** @param {import("./expand.js").Spelling[]} spellings */
export function describeSpellings(spellings) {
  return spellings
    .map(({ typed, meant }) => {
      const named = meant.slice(0, MOST_NAMED).map((word) => `“${word}”`);
      return `No paper has “${typed}”; showing ${named.join(", ")}${meant.length > MOST_NAMED ? " …" : ""}.`;
    })
    .join(" ");
}
