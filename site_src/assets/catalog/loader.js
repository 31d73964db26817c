// @ts-check
/* Brings the files of the list into an engine, one after the other: from a server, or as scripts from disk. */

/** @typedef {import("./engine.js").Engine} Engine */

/** Every file is a call with JSON in it. */
const BEFORE = "catalogData(";
const AFTER = ")\n";

/**
 * @param {Engine} engine
 * @param {string} base the address of the site's root
 * @param {(loaded: number) => void} report called after each chunk with the number of papers so far
 */
export async function load(engine, base, report) {
  const { chunks, version } = engine.index;
  // The next chunk is on its way while this one is read.
  let coming = chunks.length ? fetchOfBuild(base + chunks[0], version) : null;
  for (const [number] of chunks.entries()) {
    const columns = await coming;
    coming = number + 1 < chunks.length ? fetchOfBuild(base + chunks[number + 1], version) : null;
    engine.add(columns);
    report(engine.size);
  }
}

/**
 * Bring the abstracts of all papers.
 * @param {Engine} engine with all chunks
 * @param {string} base
 * @param {(loaded: number) => void} report called when they have come
 */
export async function loadAbstracts(engine, base, report) {
  const { abstracts, version } = engine.index;
  for (const [number, file] of abstracts.files.entries()) {
    engine.addAbstracts(number, (await fetchOfBuild(base + file, version)).abstract);
  }
  report(engine.size);
}

/**
 * Return whether a search wants the abstracts: small ones always, others when the rest of the papers has too little.
 * @param {import("./data.js").Index} index
 * @param {string} text what is searched for
 * @param {{found: number, closest?: string, spellings?: unknown[]}} answer what was found without them
 */
export function wantsAbstracts({ abstracts }, text, { found, closest, spellings }) {
  if (!abstracts.files.length || !text.trim()) return false;
  return abstracts.areSmall || !found || Boolean(closest || spellings?.length) || text.includes("abstract:");
}

/**
 * Fetch a file of this build; a browser may still hold that of the site as it was before.
 * @param {string} address
 * @param {string} version that of the page
 */
async function fetchOfBuild(address, version) {
  const data = await fetchData(address);
  return data.version === version ? data : fetchData(address, { cache: "reload" });
}

/**
 * @param {string} address
 * @param {RequestInit} options
 * @returns {Promise<any>}
 */
export async function fetchData(address, options = {}) {
  if (address.startsWith("file:")) return loadScript(address);
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return JSON.parse((await answer.text()).slice(BEFORE.length, -AFTER.length));
}

/**
 * Load a file as a script, as pages opened from disk must.
 * @param {string} address
 */
function loadScript(address) {
  return new Promise((resolve, reject) => {
    // Scripts run one after the other, each before its `load` event.
    const page = /** @type {{catalogData?: (data: unknown) => void, catalogCame?: unknown}} */ (/** @type {unknown} */ (window));
    page.catalogData = (data) => (page.catalogCame = data);
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => resolve(page.catalogCame));
    script.addEventListener("error", () => reject(new Error(`${address} cannot be read`)));
    document.head.append(script);
  });
}
