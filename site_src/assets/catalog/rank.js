// @ts-check
/* How well papers fit a query, and in what order they come. */

import { BEGINS, TITLE, bitsOf, rowOf } from "./postings.js";

/** @typedef {import("./data.js").Chunk} Chunk */
/** @typedef {import("./expand.js").Plan} Plan */
/** @typedef {import("./match.js").Hits} Hits */
/**
 * What is known of the papers of a chunk: `scores` of those that fit at all, 0 for the others, and which have every word.
 * @typedef {{scores: Float32Array, isFull: Uint8Array}} Scored
 */

/* Steps that no sum of words reaches: the whole query is the title, is a name, begins the title, is part of it. */
const IS_TITLE = 4;
const IS_NAME = 3;
const BEGINS_TITLE = 2;
const IN_TITLE = 1;
export const STEPS = 5;

/** The best score without a step. */
const MOST = 0.999;
/** The best weight of a field, of a name that is one word. */
const BEST_FIELD = 1.2;

/** Words such as `the` and `paper` count little when they are there, enough to put an exact title first, and nothing when they are not. */
const OPTIONAL = 0.2;
/** A number that is no year is rare, and says little: `sam 2`. */
const NUMBER = /^\d{1,3}$/;
/** Less than half, so that `sam 2` finds Segment Anything before a title with a 2. */
const OF_NUMBER = 0.4;
/** Of two titles with the same words the one with fewer others fits better: at most so much of the rarest word's weight. */
const COVERAGE = 0.5;

/**
 * Score the papers of chunks by the words of a plan, each weighted by how rare it is.
 * @param {Plan} plan
 * @param {Chunk[]} chunks
 * @param {Hits[][]} hits by condition, then by chunk
 * @param {import("./match.js").Names} names
 * @returns {Scored[]} scores from 0 to 1, and the steps above them
 */
export function scorePapers(plan, chunks, hits, names) {
  const total = chunks.reduce((sum, { size }) => sum + size, 0);
  const rarities = hits.map((ofChunks) => Math.log(1 + total / Math.max(1, ofChunks.reduce((sum, { count }) => sum + count, 0))));
  const conditions = plan.conditions.map(({ term }, i) => ({
    term,
    hits: hits[i],
    weight: term.field || term.isExcluded ? 0 : rarities[i] * (term.isOptional ? OPTIONAL : NUMBER.test(term.text) ? OF_NUMBER : 1),
  }));
  const words = conditions.filter(({ weight }) => weight);
  // `papers since 2024` asks for no word.
  const areRequired = words.some(({ term }) => !term.isOptional);
  const rarest = Math.max(0, ...words.map(({ weight }) => weight));
  // No sum is greater.
  const most = BEST_FIELD * words.reduce((sum, { weight }) => sum + weight, 0) + COVERAGE * rarest || 1;
  return chunks.map((chunk, number) => {
    const scores = new Float32Array(chunk.size);
    const isFull = new Uint8Array(chunk.size).fill(1);
    const inTitle = new Uint8Array(chunk.size);
    for (const { term, hits, weight } of conditions) {
      const { weights, bits, count } = hits[number];
      if (!weight) continue;
      if (!count) {
        if (!term.isOptional) isFull.fill(0);
        continue;
      }
      for (let row = 0; row < chunk.size; row += 1) {
        scores[row] += weight * weights[row];
        if (bits[row] & TITLE) inTitle[row] += 1;
        if (!weights[row] && !term.isOptional) isFull[row] = 0;
      }
    }
    for (let row = 0; row < chunk.size; row += 1) {
      if (inTitle[row]) scores[row] += COVERAGE * rarest * Math.min(1, inTitle[row] / chunk.lengths[row]);
      scores[row] = Math.min(MOST, scores[row] / most);
    }
    if (!areRequired) scores.fill(MOST);
    for (const { term, hits, weight } of conditions) if (!weight) applyField(term.isExcluded, hits[number], scores, isFull, areRequired);
    if (plan.text) addSteps(plan, chunk, names, scores, isFull);
    return { scores, isFull };
  });
}

/**
 * Leave out the papers that do not have what a field asks for, or have what is excluded.
 * @param {boolean} isExcluded
 * @param {Hits} hits
 * @param {Float32Array} scores
 * @param {Uint8Array} isFull
 * @param {boolean} areWords whether words decide the order, and not fields
 */
function applyField(isExcluded, { weights }, scores, isFull, areWords) {
  for (let row = 0; row < scores.length; row += 1) {
    if (Boolean(weights[row]) === isExcluded) {
      scores[row] = 0;
      isFull[row] = 0;
    } else if (!areWords && !isExcluded) scores[row] *= weights[row] / BEST_FIELD;
  }
}

/**
 * Put the papers first whose title or name is the query, or has it as it stands, or whose section or venue is called so.
 * @param {Plan} plan
 * @param {Chunk} chunk
 * @param {import("./match.js").Names} ofValues
 * @param {Float32Array} scores
 * @param {Uint8Array} isFull
 */
function addSteps(plan, chunk, ofValues, scores, isFull) {
  const { text } = plan;
  if (text.includes(" ")) {
    const needle = ` ${text}`;
    for (let row = 0; row < scores.length; row += 1) {
      if (isFull[row]) raiseTitle(chunk.titleOf(row), needle, scores, row);
    }
    for (const id of ["section", "venue"]) {
      // Sections have the words of titles, and a title that has them all is nearer than a section.
      const fits = (/** @type {string} */ name) => (id === "venue" ? isNamed(name, needle, plan) : name.includes(needle));
      raiseValues(chunk.values.get(id), (ofValues.get(id) ?? []).map(fits), scores, isFull);
    }
  } else {
    for (const posting of chunk.postings.find(text)) {
      const [row, bits] = [rowOf(posting), bitsOf(posting)];
      if (bits & TITLE && bits & BEGINS && isFull[row]) raiseTitle(chunk.titleOf(row), ` ${text} `, scores, row);
    }
  }
  for (const row of chunk.names.get(text.replaceAll(" ", "")) ?? []) if (isFull[row]) raise(scores, row, IS_NAME);
}

/**
 * @param {string} title
 * @param {string} needle
 * @param {Float32Array} scores
 * @param {number} row
 */
function raiseTitle(title, needle, scores, row) {
  const place = title.indexOf(needle);
  if (place < 0) return;
  if (place === 0 && title.length - needle.length <= 1) raise(scores, row, IS_TITLE);
  else raise(scores, row, place === 0 ? BEGINS_TITLE : IN_TITLE);
}

/**
 * @param {Float32Array} scores
 * @param {number} row
 * @param {number} step
 */
function raise(scores, row, step) {
  if (scores[row] > 0) scores[row] = Math.max(scores[row], step + (scores[row] % 1));
}

/**
 * Return whether a venue is called so: its name has the query as it stands, or at least three words of it in any form.
 * @param {string} name
 * @param {string} needle
 * @param {Plan} plan
 */
function isNamed(name, needle, { conditions }) {
  if (name.includes(needle)) return true;
  const words = conditions.filter(({ term }) => !term.field && !term.isOptional);
  if (words.length < FEWEST_NAMING || words.some(({ term }) => term.isPhrase || term.isExcluded)) return false;
  return words.every(({ readings }) => readings.some(({ how, text }) => how === "word" && name.includes(` ${text} `)));
}

/** Two words that are somewhere in a long name are there by chance. */
const FEWEST_NAMING = 3;

/**
 * @param {import("./data.js").Values | undefined} held
 * @param {boolean[]} fits by value
 * @param {Float32Array} scores
 * @param {Uint8Array} isFull
 */
function raiseValues(held, fits, scores, isFull) {
  if (!held || !fits.some(Boolean)) return;
  for (let row = 0; row < scores.length; row += 1) {
    if (isFull[row] && held.numbers.subarray(held.starts[row], held.starts[row + 1]).some((number) => fits[number])) raise(scores, row, IN_TITLE);
  }
}
