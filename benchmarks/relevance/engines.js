// @ts-check
/* The searches that are compared, each a function from a query to the keys of the papers found, the best first. Each gets
   all that a reader sees of a paper, and the settings that its documentation recommends for such a search. */

/** @typedef {(query: string) => string[]} Find */
/** @typedef {{index: any, chunks: Record<string, any[]>[], abstracts: string[][]}} Data */

const FIELDS = ["title", "names", "authors", "venue", "year", "sections", "tags", "note", "key"];
const MOST = 20;
/** Fuse looks at every letter of every text: on longer lists its queries take seconds. */
const MOST_FOR_FUSE = 300;

/**
 * @param {Data} data
 * @param {string} scripts the folder of the site's scripts, as an address
 * @returns {Promise<Find>}
 */
export async function makeOurs(data, scripts) {
  const { Engine } = await import(`${scripts}engine.js`);
  const { NOTHING_SET } = await import(`${scripts}state.js`);
  const engine = new Engine(data.index, "../");
  for (const columns of data.chunks) engine.add(columns);
  for (const [number, abstracts] of data.abstracts.entries()) if (abstracts.some(Boolean)) engine.addAbstracts(number, abstracts);
  return (text) => {
    engine.search({ ...NOTHING_SET, text }, 0);
    return engine.list().map((/** @type {{key: string}} */ { key }) => key);
  };
}

/**
 * Return each paper with its texts.
 * @param {Data} data
 */
export function toDocuments({ index, chunks }) {
  return chunks.flatMap((columns) =>
    columns.key.map((key, row) => ({
      id: key,
      key,
      title: columns.title[row],
      names: (columns.names?.[row] ?? []).join(" "),
      authors: columns.authors[row].replaceAll("\n", ", "),
      venue: columns.venue[row] === null ? "" : [index.venues[columns.venue[row]].title, index.venues[columns.venue[row]].name ?? ""].join(" "),
      year: String(columns.year[row] ?? ""),
      sections: columns.sections[row].map((/** @type {number} */ number) => index.sections[number].title).join(" "),
      tags: (columns.tags?.[row] ?? []).map((/** @type {number} */ number) => index.tags[number].title).join(" "),
      note: [columns.note?.[row] ?? "", columns.tldr?.[row] ?? ""].join(" "),
    })),
  );
}

/**
 * Make the other searches that are installed.
 * @param {ReturnType<typeof toDocuments>} documents
 * @returns {Promise<Map<string, Find>>}
 */
export async function makePeers(documents) {
  /** @type {Map<string, Find>} */
  const peers = new Map();
  for (const [name, make] of Object.entries({ MiniSearch: makeMiniSearch, Fuse: makeFuse, uFuzzy: makeUFuzzy, lunr: makeLunr })) {
    if (name === "Fuse" && documents.length > MOST_FOR_FUSE) continue;
    try {
      peers.set(name, await make(documents));
    } catch (error) {
      if (/** @type {{code?: string}} */ (error).code !== "ERR_MODULE_NOT_FOUND") throw error;
    }
  }
  return peers;
}

/** @param {ReturnType<typeof toDocuments>} documents */
async function makeMiniSearch(documents) {
  // @ts-ignore -- installed for this comparison alone
  const { default: MiniSearch } = await import("minisearch");
  const search = new MiniSearch({ fields: FIELDS, searchOptions: { boost: { title: 2, names: 2 }, prefix: true, fuzzy: 0.2 } });
  search.addAll(documents);
  return (/** @type {string} */ text) => search.search(text).slice(0, MOST).map((/** @type {{id: string}} */ { id }) => id);
}

/** @param {ReturnType<typeof toDocuments>} documents */
async function makeFuse(documents) {
  // @ts-ignore -- installed for this comparison alone
  const { default: Fuse } = await import("fuse.js");
  const keys = FIELDS.map((name) => ({ name, weight: name === "title" ? 2 : 1 }));
  const search = new Fuse(documents, { keys, ignoreLocation: true, ignoreDiacritics: true, useExtendedSearch: false });
  return (/** @type {string} */ text) => search.search(text, { limit: MOST }).map((/** @type {any} */ { item }) => item.key);
}

/** @param {ReturnType<typeof toDocuments>} documents */
async function makeUFuzzy(documents) {
  // @ts-ignore -- installed for this comparison alone
  const { default: UFuzzy } = await import("@leeoniya/ufuzzy");
  const search = new UFuzzy({ intraMode: 1 });
  const texts = UFuzzy.latinize(documents.map((one) => FIELDS.map((field) => /** @type {any} */ (one)[field]).join(" ")));
  return (/** @type {string} */ text) => {
    // Its permutations of more words take minutes.
    const [numbers, info, order] = search.search(texts, UFuzzy.latinize(text).split(/\s+/).slice(0, 5).join(" "), 1);
    const sorted = order && info ? order.map((/** @type {number} */ i) => info.idx[i]) : (numbers ?? []);
    return sorted.slice(0, MOST).map((/** @type {number} */ i) => documents[i].key);
  };
}

/** @param {ReturnType<typeof toDocuments>} documents */
async function makeLunr(documents) {
  // @ts-ignore -- installed for this comparison alone
  const { default: lunr } = await import("lunr");
  const index = lunr(function (/** @type {any} */ builder) {
    builder.ref("key");
    for (const field of FIELDS) builder.field(field, { boost: field === "title" ? 2 : 1 });
    for (const one of documents) builder.add(one);
  });
  return (/** @type {string} */ text) =>
    index
      .query((/** @type {any} */ query) => query.term(lunr.tokenizer(text)))
      .slice(0, MOST)
      .map((/** @type {{ref: string}} */ { ref }) => ref);
}
