// @ts-check
/* What the page says when it searched for other words than those typed. */

/** Words named; more would be no help. */
const MOST_NAMED = 3;

/** @param {import("./engine.js").Spelling[]} spellings */
export function describeSpellings(spellings) {
  return spellings
    .map(({ typed, meant }) => {
      const named = meant.slice(0, MOST_NAMED).map((word) => `“${word}”`);
      return `No paper has “${typed}”; showing ${named.join(", ")}${meant.length > MOST_NAMED ? " …" : ""}.`;
    })
    .join(" ");
}
