// @ts-check
/* The browse page: reads the state from the address, shows what it finds, and keeps both together. */

import { toPapers } from "./data.js";
import { FacetPanel } from "./facets.js";
import { applyFilters, makeFilters } from "./filters.js";
import { matches } from "./match.js";
import { renderItem } from "./markup.js";
import { formatYears, parseQuery } from "./query.js";
import { sortPapers } from "./sort.js";
import { SORTS, formatState, parseState, toggleValue } from "./state.js";

/** @typedef {import("./data.js").Paper} Paper */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./query.js").Query} Query */

/** Papers shown at a time: more than a screen holds, few enough to be there before the next key. */
const STEP = 40;

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
function find(id, type) {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`the page has no #${id}`);
  return element;
}

class Browse {
  constructor() {
    this.root = find("cat-browse", HTMLElement).dataset.root ?? "../";
    /** @type {import("./data.js").Index} */
    this.index = JSON.parse(find("cat-data", HTMLScriptElement).textContent ?? "");
    this.filters = makeFilters(this.index);
    this.box = find("cat-q", HTMLInputElement);
    this.list = find("cat-list", HTMLElement);
    this.count = find("cat-count", HTMLElement);
    this.active = find("cat-active", HTMLElement);
    this.more = find("cat-more", HTMLButtonElement);
    this.sort = /** @type {HTMLSelectElement} */ (find("cat-sort", HTMLElement).querySelector("select"));
    /** @type {Paper[]} */
    this.papers = [];
    /** @type {Paper[]} */
    this.found = [];
    /** @type {Query} */
    this.query = parseQuery("");
    this.shown = 0;
    this.isTyping = false;
    this.isComplete = false;
    // The list as the server sent it, which needs no work until something is set.
    this.isServed = this.list.children.length === this.index.total;
    this.state = parseState(location.search, this.filters);
    this.panel = new FacetPanel(find("cat-facets", HTMLElement), this.filters, this.index.years, {
      toggle: (filter, value, side) => this.change(toggleValue(this.state, filter, value, side)),
      years: (years) => this.change({ ...this.state, years }),
    });
  }

  async start() {
    this.listen();
    this.box.value = this.state.text;
    for (const [number, address] of this.index.chunks.entries()) {
      const answer = await fetch(this.root + address);
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      this.papers.push(...toPapers(await answer.json(), this.index, this.papers.length));
      this.isComplete = number + 1 === this.index.chunks.length;
      if (number === 0) {
        this.panel.build(applyFilters(this.papers, this.filters, new Map(), null).counts, this.state.choices);
        this.fillSorts();
      }
      this.update();
    }
  }

  listen() {
    this.box.addEventListener("input", () => {
      const state = { ...this.state, text: this.box.value };
      // One step of the reader's history is a whole search, not a letter.
      this.change(state, this.isTyping);
      this.isTyping = true;
    });
    this.box.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.isTyping = false;
    });
    this.sort.addEventListener("change", () => this.change({ ...this.state, sort: this.sort.value }));
    this.more.addEventListener("click", () => this.showMore(true));
    addEventListener("popstate", () => {
      this.state = parseState(location.search, this.filters);
      this.box.value = this.state.text;
      this.isTyping = false;
      this.update();
    });
    this.active.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("button") : null;
      if (button) this.drop(button.dataset);
    });
    new IntersectionObserver(
      (entries) => {
        if (!this.more.hidden && entries.some((entry) => entry.isIntersecting)) this.showMore(false);
      },
      { rootMargin: "600px" },
    ).observe(this.more);
  }

  fillSorts() {
    const has = { added: this.papers.some((paper) => paper.added) };
    for (const [id, title] of Object.entries(SORTS)) {
      if (id === "added" && !has.added) continue;
      this.sort.append(new Option(title, id));
    }
    find("cat-sort", HTMLElement).hidden = false;
  }

  /**
   * @param {State} state
   * @param {boolean} isSameStep whether the change belongs to the last step of the reader's history
   */
  change(state, isSameStep = false) {
    this.state = state;
    if (!isSameStep) this.isTyping = false;
    const search = formatState(state, this.filters);
    const address = search ? `?${search}` : location.pathname;
    if (isSameStep) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    this.update();
  }

  /** @param {DOMStringMap} chip what a button among the filters in use stands for */
  drop({ filter, value, side }) {
    if (filter === "year") this.change({ ...this.state, years: null });
    else if (filter) this.change(toggleValue(this.state, filter, Number(value), side === "exclude" ? "exclude" : "include"));
    else {
      this.box.value = "";
      this.change({ text: "", sort: this.state.sort, years: null, choices: new Map() });
    }
    (this.active.querySelector("button") ?? this.box).focus();
  }

  update() {
    this.query = parseQuery(this.state.text);
    const candidates = this.papers.filter((paper) => matches(paper, this.query, this.index));
    const filtered = applyFilters(candidates, this.filters, this.state.choices, this.state.years);
    this.found = sortPapers(filtered.papers, this.state.sort, this.query, this.index);
    this.sort.value = this.state.sort;
    this.sort.options[0].text = this.query.text ? SORTS[""] : "Newest";
    const newest = [...this.sort.options].find((option) => option.value === "newest");
    if (newest) newest.hidden = !this.query.text;
    this.panel.update(filtered, this.state.choices, this.state.years);
    this.showCount();
    this.showActive();
    if (this.isServed && !location.search) {
      this.shown = this.found.length;
      return;
    }
    this.isServed = false;
    this.shown = 0;
    this.list.replaceChildren();
    if (this.found.length) this.showMore(false);
    else this.showNothing();
  }

  showCount() {
    const all = this.index.total;
    const found = this.found.length;
    const noun = all === 1 ? "paper" : "papers";
    const text = found === all ? `${all} ${noun}` : `${found} of ${all} ${noun}`;
    this.count.textContent = this.isComplete ? text : `${text} (loading …)`;
  }

  showActive() {
    const chips = [];
    for (const filter of this.filters) {
      const choice = this.state.choices.get(filter.id);
      for (const side of /** @type {const} */ (["include", "exclude"])) {
        for (const value of choice?.[side] ?? []) {
          const not = side === "exclude" ? "not " : "";
          chips.push(makeChip(`${filter.title}: ${not}${filter.values[value].title}`, { filter: filter.id, value, side }));
        }
      }
    }
    if (this.state.years) chips.push(makeChip(`Year: ${formatYears(this.state.years)}`, { filter: "year" }));
    if (chips.length) chips.push(makeChip("Clear all", {}));
    this.active.replaceChildren(...chips);
    this.active.hidden = chips.length === 0;
  }

  /** @param {boolean} isAsked whether the reader pressed the button */
  showMore(isAsked) {
    const query = this.query.terms.length ? this.query : null;
    const next = this.found.slice(this.shown, this.shown + STEP);
    const html = next.map((paper) => renderItem(paper, this.index, this.root, query)).join("\n");
    const first = this.list.children.length;
    this.list.insertAdjacentHTML("beforeend", html);
    this.shown += next.length;
    this.more.hidden = this.shown >= this.found.length;
    this.more.textContent = `Show more (${this.found.length - this.shown} left)`;
    if (isAsked) this.list.children[first]?.querySelector("a")?.focus();
  }

  showNothing() {
    this.more.hidden = true;
    if (!this.isComplete) return;
    const item = document.createElement("li");
    item.className = "cat-empty";
    item.textContent = `No paper fits. ${this.adviseToDrop()}`;
    this.list.append(item);
  }

  /** Say which part of the search, when dropped, lets papers appear. */
  adviseToDrop() {
    const without = (/** @type {Partial<State>} */ part) => {
      const state = { ...this.state, ...part };
      const query = parseQuery(state.text);
      const candidates = this.papers.filter((paper) => matches(paper, query, this.index));
      return applyFilters(candidates, this.filters, state.choices, state.years).papers.length;
    };
    const used = this.filters.filter((filter) => this.state.choices.has(filter.id));
    const tries = used.map((filter) => {
      const choices = new Map(this.state.choices);
      choices.delete(filter.id);
      return { name: `the filter ${filter.title}`, count: without({ choices }) };
    });
    if (this.state.years) tries.push({ name: "the years", count: without({ years: null }) });
    let best = tries.reduce((a, b) => (b.count > a.count ? b : a), { name: "", count: 0 });
    const words = this.state.text.trim();
    // What the reader typed goes last.
    if (!best.count && words) best = { name: `the words “${words}”`, count: without({ text: "" }) };
    if (best.count) return `Without ${best.name} there ${best.count === 1 ? "is 1" : `are ${best.count}`}.`;
    return "Try fewer words or filters.";
  }
}

/**
 * @param {string} text
 * @param {{filter?: string, value?: number, side?: string}} chip
 */
function makeChip(text, chip) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  for (const [name, value] of Object.entries(chip)) button.dataset[name] = String(value);
  button.textContent = chip.filter ? `${text} ×` : text;
  if (chip.filter) button.setAttribute("aria-label", `Remove ${text}`);
  else button.className = "cat-active__clear";
  item.append(button);
  return item;
}

await new Browse().start();
