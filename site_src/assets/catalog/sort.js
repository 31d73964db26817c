// @ts-check
/* The order of the papers found. Papers are numbers here: their places in the list, newest first. */

import { STEPS } from "./rank.js";

/** @typedef {import("./data.js").Chunk} Chunk */
/** @typedef {import("./data.js").Index} Index */

/** The rank of what fits least; 0 is the best. */
const LAST_RANK = 0xffff;

/**
 * Return the rank of a score.
 * @param {number} score
 */
export function toRank(score) {
  return LAST_RANK - Math.floor((score / STEPS) * LAST_RANK);
}

/**
 * Sort by how well papers fit; equals stay newest first.
 * @param {Uint32Array} numbers
 * @param {Uint16Array} ranks of the same papers
 * @returns {Uint32Array}
 */
export function sortByRank(numbers, ranks) {
  const starts = new Uint32Array(LAST_RANK + 2);
  for (const rank of ranks) starts[rank + 1] += 1;
  for (let rank = 1; rank <= LAST_RANK; rank += 1) starts[rank] += starts[rank - 1];
  const sorted = new Uint32Array(numbers.length);
  for (let i = 0; i < numbers.length; i += 1) {
    sorted[starts[ranks[i]]] = numbers[i];
    starts[ranks[i]] += 1;
  }
  return sorted;
}

/**
 * Bring papers into an order of all.
 * @param {Uint32Array} numbers
 * @param {Uint32Array} order
 */
export function sortLike(numbers, order) {
  const wanted = new Uint8Array(order.length);
  for (const number of numbers) wanted[number] = 1;
  return order.filter((number) => wanted[number]);
}

/**
 * Return the order of all papers by one of `SORTS` other than relevance; what is not known goes last.
 * @param {string} sort
 * @param {Chunk[]} chunks
 * @param {Index} index
 * @returns {Uint32Array}
 */
export function makeOrder(sort, chunks, index) {
  const total = chunks.reduce((sum, chunk) => sum + chunk.size, 0);
  const order = Uint32Array.from({ length: total }, (_, number) => number);
  if (sort === "oldest") return order.reverse();
  const texts = chunks.flatMap((chunk) => Array.from({ length: chunk.size }, (_, row) => textOf(sort, chunk, row, index)));
  const direction = sort === "added" ? -1 : 1;
  return order.sort((a, b) => {
    const [one, other] = [texts[a], texts[b]];
    if (one === other) return a - b;
    if (!one || !other) return one ? -1 : 1;
    return one < other ? -direction : direction;
  });
}

/**
 * @param {string} sort
 * @param {Chunk} chunk
 * @param {number} row
 * @param {Index} index
 * @returns {string}
 */
function textOf(sort, chunk, row, index) {
  const { venue, added } = chunk.columns;
  if (sort === "title") return chunk.titleOf(row);
  if (sort === "venue") return venue[row] === null ? "" : index.venues[venue[row]].title.toLowerCase();
  return sort === "added" ? (added?.[row] ?? "") : "";
}
