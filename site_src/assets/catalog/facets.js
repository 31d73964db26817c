// @ts-check
/* The filters beside the list as buttons with live counts. They are built once and then only updated, so that focus
   and open groups stay as the reader left them. */

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
    /** @type {Map<string, ValueRow[]>} */
    this.rows = new Map();
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
    for (const filter of this.filters) {
      const counts = filtered.counts.get(filter.id) ?? [];
      const choice = choices.get(filter.id);
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
    const rows = filter.values.map((value, number) => this.buildRow(filter, value, number));
    this.rows.set(filter.id, rows);
    const order = rows.map((_, number) => number);
    if (!filter.isTree) order.sort((a, b) => counts[b] - counts[a] || a - b);
    list.append(...order.map((number) => rows[number].item));
    group.append(list);
    if (!filter.isTree && rows.length > MOST_VALUES + 2) group.append(makeAllButton(order.slice(MOST_VALUES).map((n) => rows[n].item), rows.length));
    return group;
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
 * @param {HTMLElement[]} items
 * @param {number} total
 */
function makeAllButton(items, total) {
  for (const item of items) item.hidden = true;
  const button = make("button", "cat-all", `Show all ${total}`);
  button.type = "button";
  button.addEventListener("click", () => {
    for (const item of items) item.hidden = false;
    items[0].querySelector("button")?.focus();
    button.remove();
  });
  return button;
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
