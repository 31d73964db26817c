// @ts-check
/* Citation keys by the rules of catalog/keys.py and catalog/names.py; tests hold both together. */

import { stripDiacritics } from "./fold.js";

/** Words at the start of a title that tell nothing. */
const STOP_WORDS = new Set(
  (
    "a an the on in of for from to towards toward with without by at as into via and or is are was were be do does did " +
    "can could should will how what when where which who whose why it its your you we our i"
  ).split(" "),
);
/** As in catalog/model/citation_keys.py: keys are file names, which have a limit. */
const LONGEST_PART = 40;
/** They join: `O'Brien` is `obrien`. */
const APOSTROPHES = /['’‘\u02bc\u02bb`]/g;
/** Devices of Windows, and the file that every page's folder holds. */
const RESERVED = /^(?:(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9])(?:\..*)?|index\.html)$/i;
/** What follows a family name and is not part of it. */
const SUFFIX = /^(?:(?:Jr|Sr)\.?|II|III|IV)$/i;

/**
 * Return a new key, `vanderberg2024things`.
 * @param {string} family the first author's family name with its particle, or the name of a group
 * @param {string} year
 * @param {string} title
 * @param {Set<string>} taken keys of the list, lower-case
 */
export function makeKey(family, year, title, taken) {
  const words = toWords(title);
  const word = words.find((word) => !STOP_WORDS.has(word) && !/^\d+$/.test(word)) ?? words[0] ?? "";
  const author = toWords(family).join("") || "anon";
  const wanted = author.slice(0, LONGEST_PART) + year + word.slice(0, LONGEST_PART);
  let key = wanted;
  for (let number = 2; taken.has(key.toLowerCase()) || RESERVED.test(key); number += 1) key = `${wanted}-${number}`;
  return key;
}

/** @param {string} text */
function toWords(text) {
  return stripDiacritics(text.replace(APOSTROPHES, "")).toLowerCase().match(/[a-z0-9]+/g) ?? [];
}

/**
 * Return the family name, with its particle, of a name in one of BibTeX's forms; null when it is none of them.
 * @param {string} name
 * @returns {string | null}
 */
export function familyOf(name) {
  const parts = name.split(",").map((part) => part.trim());
  if (parts.length > 3 || parts.includes("")) return null;
  if (parts.length > 1) return parts[0];
  const words = parts[0].split(/\s+/);
  if (words.length > 2 && SUFFIX.test(words[words.length - 1])) words.pop();
  const particle = words.findIndex((word, i) => i > 0 && i < words.length - 1 && isParticle(word));
  return words.slice(particle < 0 ? -1 : particle).join(" ");
}

/** @param {string} word */
function isParticle(word) {
  return /\p{Lowercase}/u.test(/\p{L}/u.exec(word)?.[0] ?? "");
}
