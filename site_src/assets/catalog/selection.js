// @ts-check
/* The papers that the reader has picked, kept by the browser from visit to visit. */

/** @typedef {{key: string, title: string}} Picked */

export class Selection {
  /**
   * @param {Storage | null} storage null where the browser keeps nothing; the selection then lasts as long as the page
   * @param {string} name under which it is kept; lists on one server need different ones
   */
  constructor(storage, name) {
    this.storage = storage;
    this.name = name;
    /** @type {Map<string, string>} titles by key, in the order of picking */
    this.titles = new Map();
    this.read();
  }

  /** Read what is kept; what is not a selection counts as none. */
  read() {
    this.titles = new Map(parse(this.load()));
  }

  load() {
    try {
      return this.storage?.getItem(this.name) ?? "";
    } catch {
      return "";
    }
  }

  save() {
    try {
      const kept = [...this.titles];
      if (kept.length) this.storage?.setItem(this.name, JSON.stringify(kept));
      else this.storage?.removeItem(this.name);
    } catch {
      // Full, or forbidden: the selection lasts as long as the page.
      this.storage = null;
    }
  }

  /** @returns {string[]} */
  get keys() {
    return [...this.titles.keys()];
  }

  /** @param {Picked[]} papers */
  add(papers) {
    for (const { key, title } of papers) this.titles.set(key, title);
    this.save();
  }

  /** @param {string[]} keys */
  remove(keys) {
    for (const key of keys) this.titles.delete(key);
    this.save();
  }
}

/**
 * @param {string} text
 * @returns {[string, string][]}
 */
function parse(text) {
  try {
    const kept = JSON.parse(text);
    if (!Array.isArray(kept)) return [];
    return kept.filter((pair) => Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string"));
  } catch {
    return [];
  }
}

/** Return the browser's storage; some browsers refuse even to name it. */
export function findStorage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
