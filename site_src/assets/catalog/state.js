// @ts-check
/* What the reader has set on the browse page, and how the address says it. */

import { formatYears, parseYears } from "./query.js";
import { toWords } from "./words.js";

/** @typedef {import("./filters.js").Filter} Filter */
/** @typedef {import("./filters.js").Choice} Choice */
/**
 * `keys` are the papers that a shared selection holds, null when none is looked at.
 * @typedef {{text: string, sort: string, years: [number, number] | null, choices: Map<string, Choice>,
 *   keys: string[] | null, isCompact: boolean}} State
 */

/** Ways to sort; "" is by relevance for a search, else newest first. */
export const SORTS = { "": "Relevance", newest: "Newest", oldest: "Oldest", title: "Title", venue: "Venue", added: "Newest added" };

/** @type {State} */
export const NOTHING_SET = { text: "", sort: "", years: null, choices: new Map(), keys: null, isCompact: false };

/**
 * Read a state from the part of an address after `?`. What it does not know is left out.
 * @param {string} search
 * @param {Filter[]} filters
 * @returns {State}
 */
export function parseState(search, filters) {
  const params = new URLSearchParams(search);
  const sort = params.get("sort") ?? "";
  /** @type {Map<string, Choice>} */
  const choices = new Map();
  for (const filter of filters) {
    const include = findValues(filter, params.getAll(filter.id));
    const exclude = findValues(filter, params.getAll(`-${filter.id}`));
    if (include.size || exclude.size) choices.set(filter.id, { include, exclude });
  }
  return {
    text: params.get("q") ?? "",
    sort: Object.hasOwn(SORTS, sort) ? sort : "",
    years: parseYears(params.get("year") ?? ""),
    choices,
    keys: params.get("select")?.split(",").filter(Boolean) ?? null,
    isCompact: params.get("density") === "compact",
  };
}

/**
 * Write a state as the part of an address after `?`, "" when nothing is set.
 * @param {State} state
 * @param {Filter[]} filters
 * @returns {string}
 */
export function formatState(state, filters) {
  const params = new URLSearchParams();
  if (state.text.trim()) params.set("q", state.text.trim());
  for (const filter of filters) {
    const choice = state.choices.get(filter.id);
    for (const value of choice?.include ?? []) params.append(filter.id, filter.values[value].id);
    for (const value of choice?.exclude ?? []) params.append(`-${filter.id}`, filter.values[value].id);
  }
  if (state.years) params.set("year", formatYears(state.years));
  if (state.sort) params.set("sort", state.sort);
  if (state.isCompact) params.set("density", "compact");
  if (state.keys) params.set("select", state.keys.join(","));
  // Keys may stand as they are: they have no letter that means something in an address.
  return params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
}

/**
 * Explain what an address asks for and the list does not have: filters, values, and ways to write years.
 * @param {string} search
 * @param {Filter[]} filters
 * @returns {string[]} sentences
 */
export function explainAddress(search, filters) {
  return [...new URLSearchParams(search)].flatMap(([name, value]) => {
    const filter = filters.find(({ id }) => id === name.replace(/^-/, ""));
    if (name === "year") return parseYears(value) ? [] : [`The address asks for the year “${value}”. Write year=2024 or year=2020..2024.`];
    if (!filter) return OWN.has(name) || FOREIGN.test(name) ? [] : [`The address asks for “${name}”, which is not a filter of this list.`];
    if (!value || findValue(filter, value) >= 0) return [];
    const named = filter.values.slice(0, MOST_NAMED).map(({ id }) => id).join(", ");
    const left = filter.values.length - MOST_NAMED;
    return [`The list has no ${filter.title.toLowerCase()} “${value}”. It has ${named}${left > 0 ? `, and ${left} more` : ""}.`];
  });
}

/** What an address may say besides filters. */
const OWN = new Set(["q", "sort", "density", "select"]);
/** What other sites add to links: `utm_source`, `fbclid`, `gclid`, `ref`. */
const FOREIGN = /^(?:utm_\w+|\w*clid|mc_[ce]id|ref|source)$/;
/** Values named; more would be no help. */
const MOST_NAMED = 8;

/**
 * @param {Filter} filter
 * @param {string[]} ids
 */
function findValues(filter, ids) {
  return new Set(ids.map((id) => findValue(filter, id)).filter((number) => number >= 0));
}

/**
 * Return the number of a value by its id, or else by its title or another of its names, `NIPS`; -1 when it has none of them.
 * @param {Filter} filter
 * @param {string} id
 */
function findValue({ values }, id) {
  const exact = values.findIndex((value) => value.id === id);
  const words = toWords(id);
  if (exact >= 0 || !words) return exact;
  return values.findIndex((value) => [value.id, value.title, ...(value.aliases ?? [])].some((name) => toWords(name) === words));
}

/**
 * Return a state in which a value of a filter is included or excluded, or no longer.
 * @param {State} state
 * @param {string} filter
 * @param {number} value
 * @param {"include" | "exclude"} side
 * @returns {State}
 */
export function toggleValue(state, filter, value, side) {
  const old = state.choices.get(filter);
  const choice = { include: new Set(old?.include), exclude: new Set(old?.exclude) };
  const other = side === "include" ? "exclude" : "include";
  choice[other].delete(value);
  if (!choice[side].delete(value)) choice[side].add(value);
  const choices = new Map(state.choices);
  if (choice.include.size || choice.exclude.size) choices.set(filter, choice);
  else choices.delete(filter);
  return { ...state, choices };
}
