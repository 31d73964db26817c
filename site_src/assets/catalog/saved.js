// @ts-check
/* Searches that the reader has saved: links in this browser, to the addresses that say it all. */

import { findStorage } from "./selection.js";

/** @typedef {{address: string, title: string}} SavedSearch `address` is the part after the page's own, `?q=…` */

/** More would be a list to search in. */
const MOST = 20;

export class SavedSearches {
  /**
   * @param {HTMLElement} list takes the links
   * @param {HTMLButtonElement} button saves what is searched for
   * @param {() => SavedSearch} describe what is searched for now
   */
  constructor(list, button, describe) {
    this.list = list;
    this.button = button;
    this.name = `catalog-searches:${location.pathname}`;
    button.addEventListener("click", () => {
      const search = describe();
      this.save([search, ...this.read().filter(({ address }) => address !== search.address)].slice(0, MOST));
      this.show(search.address, false);
    });
    list.addEventListener("click", (event) => {
      const remove = event.target instanceof Element ? event.target.closest("button") : null;
      if (!remove) return;
      this.save(this.read().filter(({ address }) => address !== remove.dataset.address));
      this.show(this.address, this.isPlain);
      button.focus();
    });
    this.address = "";
    this.isPlain = true;
  }

  /** @returns {SavedSearch[]} what is kept, if it is that */
  read() {
    try {
      const kept = JSON.parse(findStorage()?.getItem(this.name) ?? "[]");
      return Array.isArray(kept) ? kept.filter(({ address, title }) => /^\?/.test(address) && typeof title === "string") : [];
    } catch {
      return [];
    }
  }

  /** @param {SavedSearch[]} searches */
  save(searches) {
    try {
      findStorage()?.setItem(this.name, JSON.stringify(searches));
    } catch {
      // The browser keeps nothing: the address can still be copied.
    }
  }

  /**
   * Show the saved searches, and the button when there is one to save.
   * @param {string} address of what is searched for now
   * @param {boolean} isPlain whether nothing is searched for
   */
  show(address, isPlain) {
    this.address = address;
    this.isPlain = isPlain;
    const searches = this.read();
    const isSaved = searches.some((search) => search.address === address);
    this.button.hidden = isPlain;
    this.button.disabled = isSaved;
    this.button.textContent = isSaved ? "Saved" : "Save search";
    this.list.replaceChildren(...searches.map(makeItem));
    this.list.hidden = searches.length === 0;
  }
}

/** @param {SavedSearch} search */
function makeItem({ address, title }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = address;
  link.textContent = title;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.dataset.address = address;
  remove.textContent = "×";
  remove.setAttribute("aria-label", `Forget ${title}`);
  item.append(link, remove);
  return item;
}
