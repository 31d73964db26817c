// @ts-check
/* Brings the chunks of the list into an engine, one after the other. */

/** @typedef {import("./engine.js").Engine} Engine */

/**
 * @param {Engine} engine
 * @param {string} base the address of the site's root
 * @param {(loaded: number) => void} tell called after each chunk with the number of papers so far
 */
export async function load(engine, base, tell) {
  const { chunks, version } = engine.index;
  // The next chunk is on its way while this one is read.
  let coming = chunks.length ? fetchChunk(base + chunks[0], version) : null;
  for (const [number] of chunks.entries()) {
    const columns = await coming;
    coming = number + 1 < chunks.length ? fetchChunk(base + chunks[number + 1], version) : null;
    engine.add(columns);
    tell(engine.size);
  }
}

/**
 * @param {string} address
 * @param {string} version that of the page; a browser may still hold a chunk of the site as it was before
 */
async function fetchChunk(address, version) {
  const columns = await fetchJson(address);
  return columns.version === version ? columns : fetchJson(address, { cache: "reload" });
}

/**
 * @param {string} address
 * @param {RequestInit} options
 */
export async function fetchJson(address, options = {}) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}
