// @ts-check
/* Citations of any papers as one file, the same bytes as `catalog export` writes: entries come from the build. */

import { fetchJson } from "./loader.js";

/**
 * A chunk of entries in one format. `places` is where each paper stands in the list's own order, which files keep;
 * `fallbacks` are the definitions for LaTeX commands that a document may lack, by name.
 * @typedef {{head: string, separator: string, tail: string, fallbacks: Record<string, string>, places: number[],
 *   entries: string[], version: string}} Records
 */

const COMMAND = /\\([A-Za-z]+)/g;

/**
 * Make a file of chosen rows of chunks.
 * @param {{records: Records, rows: number[]}[]} chosen
 * @returns {string}
 */
export function writeFile(chosen) {
  if (!chosen.length) return "";
  const { head, separator, tail } = chosen[0].records;
  const placed = chosen.flatMap(({ records, rows }) =>
    rows.map((row) => ({ place: records.places[row], entry: records.entries[row] })),
  );
  placed.sort((a, b) => a.place - b.place);
  const body = placed.map(({ entry }) => entry).join(separator);
  const fallbacks = Object.assign({}, ...chosen.map(({ records }) => records.fallbacks));
  return head + writeFallbacks(body, fallbacks) + body + tail;
}

/**
 * As `catalog.export.fallbacks` writes them.
 * @param {string} body
 * @param {Record<string, string>} fallbacks
 */
function writeFallbacks(body, fallbacks) {
  const used = new Set([...body.matchAll(COMMAND)].map(([, name]) => name));
  const lines = Object.keys(fallbacks).filter((name) => used.has(name)).sort().map((name) => fallbacks[name]);
  return lines.length ? `@preamble{\n${lines.join(" #\n")}\n}\n\n` : "";
}

/**
 * Fetch the chunks that hold the rows, and make a file of them.
 * @param {import("./data.js").ExportFormat} format
 * @param {Map<number, number[]>} located rows by chunk
 * @param {string} base the address of the site's root
 */
export async function fetchFile(format, located, base) {
  const chosen = await Promise.all(
    [...located].map(async ([chunk, rows]) => ({ records: await fetchJson(`${base}${format.stem}${chunk}.json`), rows })),
  );
  return writeFile(chosen);
}
