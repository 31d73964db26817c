// @ts-check
/* Other forms of an English word: plural and singular, British and American spelling, endings of verbs. */

/* Papers that have another form of a word fit a little less than those that have the word. */
/** The same word, `theories` for theory, `analyse` for analyze. */
export const SPELLING = 0.9;
/** A word of the same stem, `merge` for merging: it may be another thing, `learn` for learner. */
export const INFLECTION = 0.75;

/** Shorter words have too many neighbours: `is`, `as`, `us`. */
const SHORTEST = 3;

/** Plurals of Latin and Greek words, and irregular forms that no rule gives. */
const PAIRS = [
  ["axis", "axes"], ["analysis", "analyses"], ["hypothesis", "hypotheses"], ["basis", "bases"], ["synthesis", "syntheses"],
  ["matrix", "matrices"], ["vertex", "vertices"], ["index", "indices"], ["vortex", "vortices"], ["appendix", "appendices"],
  ["criterion", "criteria"], ["phenomenon", "phenomena"], ["datum", "data"], ["corpus", "corpora"], ["stimulus", "stimuli"],
  ["nucleus", "nuclei"], ["locus", "loci"], ["spectrum", "spectra"], ["optimum", "optima"], ["minimum", "minima"],
  ["maximum", "maxima"], ["quantum", "quanta"], ["schema", "schemata"], ["formula", "formulae"], ["learnt", "learned"],
  ["child", "children"], ["man", "men"], ["woman", "women"], ["mouse", "mice"], ["life", "lives"], ["half", "halves"],
  ["grey", "gray"], ["centre", "center"], ["metre", "meter"], ["fibre", "fiber"], ["catalogue", "catalog"],
  ["dialogue", "dialog"], ["analogue", "analog"], ["defence", "defense"], ["licence", "license"], ["programme", "program"],
  ["artefact", "artifact"], ["sceptic", "skeptic"], ["ageing", "aging"], ["labour", "labor"],
];

/** @type {Map<string, string[]>} */
const IRREGULAR = new Map();
for (const [one, other] of PAIRS) {
  IRREGULAR.set(one, [...(IRREGULAR.get(one) ?? []), other]);
  IRREGULAR.set(other, [...(IRREGULAR.get(other) ?? []), one]);
}

/**
 * Rules of spelling and number, each both ways where both sides are endings of words.
 * @type {[RegExp, string][]}
 */
const SPELLINGS = [
  // theories, theory; classes, class; networks, network; but no `s` after `s` or in `analysis`.
  [/([^aeiou])ies$/, "$1y"], [/([^aeiou])y$/, "$1ies"], [/(s|x|z|ch|sh)es$/, "$1"], [/(s|x|z|ch|sh)$/, "$1es"],
  [/([^siu])s$/, "$1"], [/([^sxzy]|[aeiou]y)$/, "$1s"],
  // analyse, analyze; generalisation, generalization; optimiser, optimizer.
  [/([iy])s(e|es|ed|er|ers|ing|ation|ations|able)$/, "$1z$2"], [/([iy])z(e|es|ed|er|ers|ing|ation|ations|able)$/, "$1s$2"],
  // colour, color; neighbourhood, neighborhood.
  [/([^aeiou])our(s|ed|ing|al|hood|hoods|ful|ite|able)?$/, "$1or$2"], [/([^aeiou])or(s|ed|ing|al|hood|hoods|ful|ite|able)?$/, "$1our$2"],
  // modelling, modeling; labelled, labeled.
  [/([aeiou])ll(ed|er|ers|ing)$/, "$1l$2"], [/([aeiou])l(ed|er|ers|ing)$/, "$1ll$2"],
  // encyclopaedia, encyclopedia; and foetal, fetal.
  [/ae/, "e"], [/oe/, "e"],
];

/**
 * Endings of verbs: merge, merges, merged, merging; train, training, trained. What is no word is in no paper.
 * @type {[RegExp, string[]][]}
 */
const INFLECTIONS = [
  [/^(.{3,})ing$/, ["$1", "$1e", "$1ed", "$1es", "$1s"]],
  [/^(.{3,})ed$/, ["$1", "$1e", "$1ing", "$1es", "$1s"]],
  [/^(.{3,})e$/, ["$1ing", "$1ed"]],
  [/^(.{3,}[^e])$/, ["$1ing", "$1ed"]],
];

/**
 * Return the other forms of a word, those that may not exist among them.
 * @param {string} word folded
 * @returns {{word: string, weight: number}[]}
 */
export function findForms(word) {
  if (word.length < SHORTEST || /\d/.test(word)) return [];
  const spellings = new Set([word]);
  // A spelling and a plural may come together: `neighbour`, `neighbors`.
  for (const known of [...spellings, ...respell(word)]) for (const other of [known, ...respell(known)]) spellings.add(other);
  /** @type {Map<string, number>} */
  const forms = new Map();
  for (const spelling of spellings) {
    for (const [ending, others] of INFLECTIONS) {
      if (ending.test(spelling)) for (const other of others) forms.set(spelling.replace(ending, other), INFLECTION);
    }
  }
  for (const spelling of spellings) forms.set(spelling, SPELLING);
  forms.delete(word);
  return [...forms].map(([form, weight]) => ({ word: form, weight }));
}

/** @param {string} word */
function respell(word) {
  const found = SPELLINGS.filter(([ending]) => ending.test(word)).map(([ending, other]) => word.replace(ending, other));
  return [...(IRREGULAR.get(word) ?? []), ...found].filter((other) => other.length >= SHORTEST - 1);
}
