// @ts-check
/* What the page says about fields and values that were asked for and that the list does not have. */

import { recognize } from "./identifiers.js";
import { FIELDS, parseYears, readTokens } from "./query.js";

/** @typedef {import("./data.js").Named} Named */
/** @typedef {import("./filters.js").Filter} Filter */
/** @typedef {import("./match.js").Names} Names */
/** @typedef {import("./query.js").Query} Query */

/** Values named; more would be no help. */
const MOST_NAMED = 8;
/** What a year or a range may look like while it is typed. */
const GROWING = /^\d{0,4}\.{0,2}\d{0,4}$/;
/** A range whose ends may be swapped, `2025..2020`. */
const REVERSED = /^(\d{4})\.\.(\d{4})$/;

/**
 * Say which fields and values of a query do not exist, and which do.
 * @param {string} text as typed
 * @param {Query} query as understood
 * @param {Names} names
 * @param {Filter[]} filters
 * @param {string[]} own the list's own fields
 * @param {() => boolean} isFound whether any paper has every word; a colon may then belong to a title
 * @returns {string[]} sentences
 */
export function findMisuses(text, query, names, filters, own, isFound) {
  const fields = [...FIELDS, ...own];
  const ofFields = [...readTokens(text)].flatMap(({ name, value }) => {
    if (!name || !value) return [];
    if (name === "year") return judgeYears(value);
    const isField = fields.includes(name) || value.startsWith("//") || recognize(`${name}:${value}`) || isFound();
    return isField ? [] : `There is no field “${name}”. Fields: ${fields.map((field) => `${field}:`).join(" ")}`;
  });
  const ofValues = query.terms.flatMap(({ field, text: value, meant, isPhrase }) => {
    const filter = names.has(field) ? field : `facet.${field}`;
    const values = names.get(filter);
    const isKnown = values?.some((known) => meant.some((words) => known.includes(isPhrase ? ` ${words} ` : ` ${words}`)));
    return !values || isKnown ? [] : describeUnknown(field, value, filters.find(({ id }) => id === filter)?.values ?? []);
  });
  return [...ofFields, ...ofValues];
}

/**
 * @param {string} value
 * @returns {string[]}
 */
function judgeYears(value) {
  const [, from, to] = REVERSED.exec(value) ?? [];
  if (from > to) return [`“${value}” ends before it begins: write year:${to}..${from}.`];
  return parseYears(value) || GROWING.test(value) ? [] : [`“${value}” is not a year: write year:2024, year:2020..2024 or year:2020..`];
}

/**
 * @param {string} field
 * @param {string} value
 * @param {Named[]} values
 */
function describeUnknown(field, value, values) {
  if (!values.length) return `The list has nothing under ${field}:.`;
  const named = values.slice(0, MOST_NAMED).map(({ id }) => id).join(", ");
  const left = values.length - MOST_NAMED;
  return `Nothing under ${field}: begins with “${value}”. There are ${named}${left > 0 ? `, and ${left} more` : ""}.`;
}
