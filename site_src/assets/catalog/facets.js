// @ts-check
/* The filters beside the list as buttons with live counts. They are built once and then only updated, so that focus
   and open groups stay as the reader left them. */

import { fold } from "./fold.js";

/** @typedef {import("./filters.js").Filter} Filter */
/** @typedef {import("./filters.js").Choice} Choice */
/** @typedef {Pick<import("./filters.js").Filtered, "counts" | "years">} Counted */
/**
 * @typedef {{toggle: (filter: string, value: number, side: "include" | "exclude") => void,
 *   years: (years: [number, number] | null) => void}} Handlers
 */
/** @typedef {{item: HTMLElement, button: HTMLButtonElement, not: HTMLButtonElement, count: HTMLElement}} ValueRow */

/** Values of a filter shown before the reader asks for all. */
const MOST_VALUES = 8;
/** A filter of more values has a box to find one. */
const LEAST_TO_FIND = 15;
/** Values that the box shows at once: a list that is still read. */
const MOST_FOUND = 30;
/** More buttons make the page slow; the box finds the others. */
const MOST_SHOWN = 500;

export class FacetPanel {
  /**
   * @param {HTMLElement} element
   * @param {Filter[]} filters
   * @param {[number, number] | null} range the first and the last year of the list
   * @param {Handlers} handlers
   */
  constructor(element, filters, range, handlers) {
    this.element = element;
    this.filters = filters;
    this.handlers = handlers;
    /** @type {Map<string, Map<number, ValueRow>>} the rows that were made, by filter and number of the value */
    this.rows = new Map();
    /** @type {Map<string, HTMLElement>} */
    this.lists = new Map();
    /** @type {Map<string, ArrayLike<number>>} what was counted last */
    this.counts = new Map();
    /** @type {Map<string, Choice>} */
    this.choices = new Map();
    this.isBuilt = false;
    /** @type {[number, number] | null} */
    this.years = null;
    this.range = range;
    /** @type {HTMLElement[]} */
    this.bars = [];
    /** @type {HTMLSelectElement[]} */
    this.ends = [];
  }

  /**
   * Build the panel once.
   * @param {Map<string, number[]>} counts of all papers, for the order of the values
   * @param {Map<string, Choice>} choices
   */
  build(counts, choices) {
    const toggle = make("button", "cat-button cat-facets__toggle", "Filters");
    toggle.type = "button";
    toggle.setAttribute("aria-expanded", "false");
    toggle.addEventListener("click", () => {
      const isOpen = this.element.classList.toggle("is-open");
      toggle.setAttribute("aria-expanded", String(isOpen));
    });
    const body = make("div", "cat-facets__body");
    if (this.range) body.append(this.buildYears(this.range));
    for (const filter of this.filters) {
      body.append(this.buildFilter(filter, counts.get(filter.id) ?? [], choices.has(filter.id)));
    }
    this.element.replaceChildren(toggle, body);
    this.isBuilt = true;
  }

  /**
   * @param {Counted} filtered
   * @param {Map<string, Choice>} choices
   * @param {[number, number] | null} years
   */
  update(filtered, choices, years) {
    this.years = years;
    this.counts = filtered.counts;
    this.choices = choices;
    for (const filter of this.filters) {
      const counts = filtered.counts.get(filter.id) ?? [];
      const choice = choices.get(filter.id);
      for (const value of [...(choice?.include ?? []), ...(choice?.exclude ?? [])]) this.showRow(filter, value);
      this.rows.get(filter.id)?.forEach((row, value) => updateRow(row, counts[value], choice, value));
    }
    this.updateYears(filtered.years);
  }

  /** @param {[number, number]} range */
  buildYears([first, last]) {
    const group = makeGroup("Year", true);
    const years = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    this.bars = years.map((year) => this.makeBar(year));
    const bars = make("div", "cat-bars");
    // The two choices below say the same to those who cannot see or point.
    bars.setAttribute("aria-hidden", "true");
    bars.append(...this.bars);
    this.ends = [this.makeYearSelect("From year", 0, years), this.makeYearSelect("To year", 1, years)];
    const range = make("div", "cat-range");
    range.append(this.ends[0], "to", this.ends[1]);
    group.append(bars, range);
    return group;
  }

  /**
   * @param {Filter} filter
   * @param {number[]} counts
   * @param {boolean} isUsed
   */
  buildFilter(filter, counts, isUsed) {
    const group = makeGroup(filter.title, isUsed || filter.id === "section" || filter.id === "venue");
    const list = make("ul");
    const order = filter.values.map((_, number) => number);
    if (!filter.isTree) order.sort((a, b) => counts[b] - counts[a] || a - b);
    this.lists.set(filter.id, list);
    this.rows.set(filter.id, new Map());
    const isLong = !filter.isTree && order.length > MOST_VALUES + 2;
    for (const number of isLong ? order.slice(0, MOST_VALUES) : order) this.showRow(filter, number);
    group.append(list);
    if (isLong) {
      if (order.length > LEAST_TO_FIND) list.before(this.makeFinder(filter, order));
      group.append(this.makeAllButton(filter, order));
    }
    return group;
  }

  /**
   * Show a value; its row is made when it is first needed, so that thousands of values cost nothing.
   * @param {Filter} filter
   * @param {number} number
   */
  showRow(filter, number) {
    const rows = /** @type {Map<number, ValueRow>} */ (this.rows.get(filter.id));
    let row = rows.get(number);
    if (!row) {
      row = this.buildRow(filter, filter.values[number], number);
      rows.set(number, row);
      this.lists.get(filter.id)?.append(row.item);
      updateRow(row, this.counts.get(filter.id)?.[number] ?? 0, this.choices.get(filter.id), number);
    }
    row.item.hidden = false;
    return row;
  }

  /**
   * Make the box that finds values by their beginnings of words.
   * @param {Filter} filter
   * @param {number[]} order
   */
  makeFinder(filter, order) {
    const box = make("input", "cat-find");
    box.type = "text";
    box.placeholder = `Find in ${filter.title.toLowerCase()}`;
    box.setAttribute("aria-label", `Find in ${filter.title}`);
    box.autocomplete = "off";
    box.addEventListener("input", () => {
      const words = fold(box.value).split(" ").filter(Boolean);
      const found = order.filter((number) => hasWords(filter.values[number], words));
      const shown = new Set(found.slice(0, words.length ? MOST_FOUND : MOST_VALUES));
      for (const number of shown) this.showRow(filter, number);
      const choice = this.choices.get(filter.id);
      for (const [number, { item }] of this.rows.get(filter.id) ?? []) {
        const isChosen = choice?.include.has(number) || choice?.exclude.has(number);
        item.hidden = !shown.has(number) && !isChosen;
      }
    });
    return box;
  }

  /**
   * @param {Filter} filter
   * @param {number[]} order
   */
  makeAllButton(filter, order) {
    const most = Math.min(order.length, MOST_SHOWN);
    const button = make("button", "cat-all", most < order.length ? `Show ${most} of ${order.length}` : `Show all ${order.length}`);
    button.type = "button";
    button.addEventListener("click", () => {
      const rows = order.slice(0, most).map((number) => this.showRow(filter, number));
      rows[MOST_VALUES].button.focus();
      button.remove();
    });
    return button;
  }

  /**
   * @param {Filter} filter
   * @param {import("./data.js").Named} value
   * @param {number} number
   * @returns {ValueRow}
   */
  buildRow(filter, value, number) {
    const item = make("li");
    const button = make("button", "cat-value");
    const count = make("span", "cat-count");
    button.type = "button";
    button.append(make("span", "cat-value__title", value.title), count);
    const name = /** @type {{name?: string | null}} */ (value).name;
    if (name && name !== value.title) button.title = name;
    if (filter.isTree) {
      const depth = /** @type {import("./data.js").Section} */ (value).number.split(".").length - 1;
      button.style.paddingLeft = `${0.35 + 0.7 * depth}rem`;
    }
    button.addEventListener("click", () => this.handlers.toggle(filter.id, number, "include"));
    const not = make("button", "cat-not", "−");
    not.type = "button";
    not.setAttribute("aria-label", `Exclude ${value.title}`);
    not.title = `Exclude ${value.title}`;
    not.addEventListener("click", () => this.handlers.toggle(filter.id, number, "exclude"));
    item.append(button, not);
    return { item, button, not, count };
  }

  /**
   * @param {string} label
   * @param {0 | 1} end
   * @param {number[]} range
   */
  makeYearSelect(label, end, range) {
    const select = make("select");
    select.append(new Option(end === 0 ? "first" : "last", ""));
    select.append(...range.map((year) => new Option(String(year), String(year))));
    select.setAttribute("aria-label", label);
    select.addEventListener("change", () => {
      /** @type {[number, number]} */
      const years = [...(this.years ?? [0, 9999])];
      years[end] = select.value ? Number(select.value) : end === 0 ? 0 : 9999;
      if (years[0] > years[1]) years[end === 0 ? 1 : 0] = years[end];
      this.handlers.years(years[0] === 0 && years[1] === 9999 ? null : years);
    });
    return select;
  }

  /** @param {Map<number, number>} counts */
  updateYears(counts) {
    const tallest = Math.max(1, ...counts.values());
    for (const bar of this.bars) {
      const year = Number(bar.dataset.year);
      const count = counts.get(year) ?? 0;
      const isInside = !this.years || (this.years[0] <= year && year <= this.years[1]);
      bar.style.setProperty("--height", `${(100 * count) / tallest}%`);
      bar.title = `${year}: ${count}`;
      bar.classList.toggle("is-inside", isInside);
    }
    for (const [end, select] of this.ends.entries()) {
      const year = this.years?.[end];
      select.value = year === undefined ? "" : String(year);
      if (select.selectedIndex < 0) select.value = "";
    }
  }

  /** @param {number} year */
  makeBar(year) {
    const bar = make("span");
    bar.dataset.year = String(year);
    bar.addEventListener("click", (event) => {
      const isOnly = this.years?.[0] === year && this.years[1] === year;
      if (event.shiftKey && this.years) {
        this.handlers.years([Math.min(this.years[0], year), Math.max(this.years[1], year)]);
      } else this.handlers.years(isOnly ? null : [year, year]);
    });
    return bar;
  }
}

/**
 * @param {ValueRow} row
 * @param {number} count
 * @param {Choice | undefined} choice
 * @param {number} value
 */
function updateRow(row, count, choice, value) {
  const isIncluded = choice?.include.has(value) ?? false;
  const isExcluded = choice?.exclude.has(value) ?? false;
  // Writing what is there already would still cost the browser a new layout.
  if (row.count.textContent !== String(count)) row.count.textContent = String(count);
  setPressed(row.button, isIncluded);
  setPressed(row.not, isExcluded);
  row.item.classList.toggle("is-excluded", isExcluded);
  row.item.classList.toggle("is-empty", count === 0 && !isIncluded && !isExcluded);
  if (isIncluded || isExcluded) row.item.hidden = false;
}

/**
 * @param {HTMLButtonElement} button
 * @param {boolean} isPressed
 */
function setPressed(button, isPressed) {
  if (button.getAttribute("aria-pressed") !== String(isPressed)) button.setAttribute("aria-pressed", String(isPressed));
}

/**
 * Return whether a value, by its title or another name, has words that begin with all of the given ones.
 * @param {import("./data.js").Named & {name?: string | null, aliases?: string[]}} value
 * @param {string[]} words folded
 */
function hasWords({ title, name, aliases }, words) {
  const text = ` ${fold([title, name ?? "", ...(aliases ?? [])].join(" "))}`;
  return words.every((word) => text.includes(` ${word}`));
}

/**
 * @param {string} title
 * @param {boolean} isOpen
 */
function makeGroup(title, isOpen) {
  const group = make("details", "cat-facet");
  group.open = isOpen;
  group.append(make("summary", "", title));
  return group;
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} className
 * @param {string} text
 * @returns {HTMLElementTagNameMap[T]}
 */
function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}
