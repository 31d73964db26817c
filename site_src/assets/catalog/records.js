// @ts-check
/* Citations of any papers as one file, the same bytes as `catalog export` writes. The entries are parts of the downloads
   of the whole list, so that they stand on the server once. */

import { fetchData } from "./loader.js";

/** @typedef {{size: number, start: number, lengths: number[]}} Place a download: bytes, and those before its first entry */
/**
 * What a file of any entries needs, and where the entries of the list stand in its downloads. `fallbacks` are the
 * definitions that a LaTeX document may lack, by the command or letter that needs them.
 * @typedef {{head: string, separator: string, tail: string, fallbacks: Record<string, string[]>, files: Place[],
 *   version: string}} Records
 */
/** @typedef {[number, number]} Span bytes from the first up to, not with, the second */

/** A file that is small, or of which many parts are needed, is fetched whole: compressed, and in one answer. */
const SMALL = 300_000;
/** Each part is a request of its own; browsers keep six open at a time. */
const MOST_PARTS = 12;
/** Entries this near to each other, in bytes, come in one part. */
const NEAR = 3_000;

/** Whatever may need a definition: a command, or a letter that is not ASCII. */
const NEEDS = /\\([A-Za-z]+)|[^\x00-\x7f]/gu;

/**
 * Make a file of entries.
 * @param {Records} records
 * @param {string[]} entries
 * @returns {string}
 */
export function writeFile({ head, separator, tail, fallbacks }, entries) {
  if (!entries.length) return "";
  const body = entries.join(separator);
  return head + writeFallbacks(body, fallbacks) + body + tail;
}

/**
 * As `catalog.render.citations.fallbacks` writes them.
 * @param {string} body
 * @param {Record<string, string[]>} fallbacks
 */
function writeFallbacks(body, fallbacks) {
  const used = new Set([...body.matchAll(NEEDS)].map(([letter, name]) => name ?? letter));
  const lines = new Set(Object.keys(fallbacks).filter((name) => used.has(name)).flatMap((name) => fallbacks[name]));
  return lines.size ? `${[...lines].sort().join("\n")}\n\n` : "";
}

/**
 * Fetch the entries at places of the list's own order, and make a file of them.
 * @param {import("./data.js").ExportFormat} format
 * @param {number[]} places ascending
 * @param {string} base the address of the site's root
 */
export async function fetchFile(format, places, base) {
  /** @type {Records} */
  const records = await fetchData(base + format.places, { cache: "no-cache" });
  const spans = findSpans(records, places);
  const texts = base.startsWith("file:")
    ? await readParts(format, spans, base)
    : await Promise.all(records.files.map((file, number) => fetchParts(`${base}${toName(format, records, number)}`, file, spans[number])));
  return writeFile(records, texts.flat());
}

/**
 * @param {import("./data.js").ExportFormat} format
 * @param {Records} records
 * @param {number} number
 */
function toName({ suffix }, { files }, number) {
  return `export/all${files.length > 1 ? `-${number + 1}` : ""}${suffix}`;
}

/**
 * Return where the entries stand, by file.
 * @param {Pick<Records, "files" | "separator">} records
 * @param {number[]} places ascending
 * @returns {Span[][]}
 */
export function findSpans({ files, separator }, places) {
  const gap = new TextEncoder().encode(separator).length;
  const wanted = new Set(places);
  let place = 0;
  return files.map(({ start, lengths }) => {
    /** @type {Span[]} */
    const spans = [];
    for (const length of lengths) {
      if (wanted.has(place)) spans.push([start, start + length]);
      start += length + gap;
      place += 1;
    }
    return spans;
  });
}

/**
 * Read spans of the downloads on disk, which may not be fetched: short lists bring them as scripts.
 * @param {import("./data.js").ExportFormat} format
 * @param {Span[][]} spans by file
 * @param {string} base
 * @returns {Promise<string[][]>}
 */
async function readParts({ disk }, spans, base) {
  if (!disk) throw new Error("too long a list for this");
  /** @type {{texts: string[]}} */
  const { texts } = await fetchData(base + disk);
  return texts.map((text, number) => {
    const bytes = new TextEncoder().encode(text);
    return spans[number].map(([start, end]) => new TextDecoder().decode(bytes.subarray(start, end)));
  });
}

/**
 * Fetch spans of a file as texts.
 * @param {string} address
 * @param {Place} file
 * @param {Span[]} spans
 * @returns {Promise<string[]>}
 */
async function fetchParts(address, file, spans) {
  if (!spans.length) return [];
  const groups = groupSpans(spans);
  const isWhole = file.size <= SMALL || groups.length > MOST_PARTS;
  const asked = isWhole ? [{ from: 0, to: file.size, spans }] : groups;
  const texts = await Promise.all(
    asked.map(async ({ from, to, spans }) => {
      const { bytes, offset } = await fetchBytes(address, file.size, from, to);
      return spans.map(([start, end]) => new TextDecoder().decode(bytes.subarray(start - offset, end - offset)));
    }),
  );
  return texts.flat();
}

/**
 * @param {Span[]} spans ascending
 * @returns {{from: number, to: number, spans: Span[]}[]} those near to each other in one
 */
function groupSpans(spans) {
  /** @type {{from: number, to: number, spans: Span[]}[]} */
  const groups = [];
  for (const span of spans) {
    const last = groups[groups.length - 1];
    if (last && span[0] - last.to <= NEAR) {
      last.to = span[1];
      last.spans.push(span);
    } else groups.push({ from: span[0], to: span[1], spans: [span] });
  }
  return groups;
}

/**
 * Fetch a part of a file; `offset` is where the bytes that came start in it. A server may send the whole file.
 * @param {string} address
 * @param {number} size of the file, as the build that the page is of has it
 * @param {number} from
 * @param {number} to
 * @param {RequestCache} cache
 * @returns {Promise<{bytes: Uint8Array, offset: number}>}
 */
async function fetchBytes(address, size, from, to, cache = "default") {
  const headers = to - from < size ? { Range: `bytes=${from}-${to - 1}` } : undefined;
  const answer = await fetch(address, { headers, cache });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const isPart = answer.status === 206;
  const isOfBuild = isPart ? Boolean(answer.headers.get("Content-Range")?.endsWith(`/${size}`)) : bytes.length === size;
  if (isOfBuild) return { bytes, offset: isPart ? from : 0 };
  // A browser may still hold the file as it was before.
  if (cache === "default") return fetchBytes(address, size, from, to, "reload");
  throw new Error(`${address} is not of this build`);
}
