// @ts-check
/* Identifiers as catalog/identifiers.py reads them; a test holds both together. */

/** @typedef {{field: "arxiv" | "doi" | "acl" | "openreview" | "page", value: string}} Identifier `page` is any other address */

const ARXIV_PREFIX =
  /^(?:(?:https?:\/\/)?(?:www\.|export\.)?arxiv\.org\/(?:abs|pdf|html)\/|arxiv:\s*|(?:(?:https?:\/\/)?doi\.org\/)?10\.48550\/arxiv\.)/i;
/** Version, file ending and class after an id: `v2.pdf`, ` [cs.CL]`. */
const ARXIV_SUFFIX = /(?:v[0-9]+)?(?:\.pdf)?\/?(?:[?#].*)?(?:\s+\[[\w.-]+\])?$/;
/** Since April 2007, year and month first: `2401.10000`. */
const ARXIV_NEW = /^([0-9]{2}(?:0[1-9]|1[0-2]))\.([0-9]{4,5})$/;
/** Until March 2007, the archive first: `math.GT/0309136`. */
const ARXIV_OLD = /^[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?\/(?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])[0-9]{3}$/;
/** Registrants have four to nine digits, and parts of their own: `10.1000.10/123`. */
const DOI = /^10\.[0-9]{4,9}(?:\.[0-9]+)*\/[^\s\x00-\x1f\x7f-\x9f]+$/;
const DOI_ADDRESS = /^(?:https?:\/\/)?(?:(?:(?:dx|www)\.)?doi|doi\.acm)\.org\//i;
const DOI_LABEL = /^doi:\s*/i;
const ACL_PREFIX = /^(?:https?:\/\/)?(?:www\.)?(?:aclanthology\.org|aclweb\.org\/anthology)\//i;
const ACL_SUFFIX = /(?:v[0-9]+)?(?:\.pdf|\.bib)?\/?(?:[?#].*)?$/;
/** Until 2019 `N19-1423`, since then `2020.acl-main.421`. */
const ACL = /^(?:[A-Z][0-9]{2}-[0-9]{4}|[0-9]{4}\.[a-z0-9_]+-[a-z0-9_]+\.[0-9]+)$/;
// A bare OpenReview id looks like any word: only its address tells it.
const OPENREVIEW = /^(?:https?:\/\/)?(?:www\.)?openreview\.net\/(?:forum|pdf|attachment)\?id=([A-Za-z0-9_-]{8,16})(?:[&#].*)?$/i;
/** An address with a host, without letters that need to be escaped. */
const URL_FORM = /^https?:\/\/[a-z0-9](?:[a-z0-9_.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:[/?#][^\s<>"\\^`{|}]*)?$/i;

/**
 * Tell what a text names; null when it is neither an identifier nor an address.
 * @param {string} text
 * @returns {Identifier | null}
 */
export function recognize(text) {
  const bare = text.trim();
  const arxiv = parseArxiv(bare);
  if (arxiv) return { field: "arxiv", value: arxiv };
  const doi = parseDoi(bare);
  if (doi) return { field: "doi", value: doi };
  const acl = bare.replace(ACL_PREFIX, "").replace(ACL_SUFFIX, "");
  if (ACL.test(acl)) return { field: "acl", value: acl };
  const openreview = OPENREVIEW.exec(bare)?.[1];
  if (openreview) return { field: "openreview", value: openreview };
  return isUrl(bare) ? { field: "page", value: bare } : null;
}

/** @param {string} bare */
function parseArxiv(bare) {
  const id = bare.replace(ARXIV_PREFIX, "").replace(ARXIV_SUFFIX, "");
  const found = ARXIV_NEW.exec(id);
  if (!found) return ARXIV_OLD.test(id) ? id : null;
  const [, month, number] = found;
  // The form begins in April 2007; the number has five digits since January 2015.
  const isForm = "0704" <= month && month < "9100" && number.length === (month >= "1501" ? 5 : 4);
  return isForm ? id : null;
}

/** @param {string} bare */
function parseDoi(bare) {
  let doi = bare.replace(DOI_LABEL, "");
  if (DOI_ADDRESS.test(bare)) doi = decode(bare.replace(DOI_ADDRESS, "").split(/[?#]/)[0]);
  return DOI.test(doi) ? doi : null;
}

/** @param {string} text */
export function isUrl(text) {
  return URL_FORM.test(text) && !/[\p{C}\p{Z}]/u.test(text);
}

/**
 * Return the address of what an identifier names.
 * @param {Identifier} identifier
 */
export function toUrl({ field, value }) {
  switch (field) {
    case "arxiv":
      return `https://arxiv.org/abs/${value}`;
    case "doi":
      return `https://doi.org/${encodeURI(value)}`;
    case "acl":
      return `https://aclanthology.org/${value}/`;
    case "openreview":
      return `https://openreview.net/forum?id=${value}`;
    default:
      return value;
  }
}

/**
 * Return what is left of an address when only its ways of writing differ.
 * @param {string} url
 */
export function normalizeUrl(url) {
  return decode(url).toLowerCase().replace(/^https?:\/\/(?:www\.)?/, "").replace(/\/$/, "");
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
