// @ts-check
/* The browse page: reads the state from the address, shows what it finds, and keeps both together. */

import { Exporter } from "./exporter.js";
import { FacetPanel } from "./facets.js";
import { makeFilters } from "./filters.js";
import { Keyboard } from "./keyboard.js";
import { formatYears } from "./query.js";
import { SavedSearches } from "./saved.js";
import { Search } from "./search.js";
import { areKeysOn, switchKeys } from "./shortcuts.js";
import { describeSpellings } from "./spelling.js";
import { NOTHING_SET, SORTS, explainAddress, formatState, parseState, toggleValue } from "./state.js";
import { Tray } from "./tray.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./engine.js").Answer} Answer */

/** Papers shown first: what a screen holds. More come as the reader scrolls. */
const FIRST_STEP = 20;
/** Papers that come at a time as the reader scrolls: two screens. */
const STEP = 40;
/** The address follows what is typed after a pause: browsers limit how often it may change. */
const PAUSE_MS = 300;

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
    this.hint = find("cat-hint", HTMLElement);
    this.active = find("cat-active", HTMLElement);
    this.more = find("cat-more", HTMLButtonElement);
    this.density = find("cat-density", HTMLButtonElement);
    this.sort = /** @type {HTMLSelectElement} */ (find("cat-sort", HTMLElement).querySelector("select"));
    this.found = 0;
    this.loaded = 0;
    this.isTyping = false;
    /** @type {string[]} the first results as shown, null before any were */
    this.items = [];
    // The list as the server sent it, which needs no work until something is set.
    this.isServed = true;
    this.pause = 0;
    this.state = parseState(location.search, this.filters);
    // What the reader typed before this script ran. What a browser restores into the box is in the address too.
    if (document.activeElement === this.box && this.box.value) this.state = { ...this.state, text: this.box.value };
    /** @type {string[]} what the address asks for and the list does not have; until something else is asked for */
    this.unknown = explainAddress(location.search, this.filters);
    this.panel = new FacetPanel(find("cat-facets", HTMLElement), this.filters, this.index.years, {
      toggle: (filter, value, side) => this.change(toggleValue(this.state, filter, value, side)),
      years: (years) => this.change({ ...this.state, years }),
    });
    this.search = new Search(
      this.index,
      this.root,
      (loaded) => this.receive(loaded),
      () => (this.hint.textContent = "The list could not be loaded. Load the page again."),
    );
    const toAddress = (/** @type {string[]} */ keys) => this.toAddress({ ...NOTHING_SET, keys });
    this.tray = new Tray(find("cat-tray", HTMLElement), this.list, this.search, toAddress, (keys) =>
      this.change({ ...NOTHING_SET, isCompact: this.state.isCompact, keys }),
    );
    /** @type {{title: string}[]} the filters in use */
    this.chips = [];
    this.saved = new SavedSearches(find("cat-saved", HTMLElement), find("cat-save", HTMLButtonElement), () => ({
      address: this.toAddress({ ...this.state, isCompact: false }),
      title: this.describe(),
    }));
    find("cat-facets", HTMLElement).before(makeSkipLink());
    this.listen();
    this.fillSorts();
    this.prepareExport();
    this.prepareKeys();
    this.box.value = this.state.text;
    this.showActive();
    this.showDensity();
    this.hint.textContent = this.unknown.join(" ");
    this.tray.prepare(0);
    find("cat-tools", HTMLElement).hidden = this.index.total === 0;
    if (!this.isPlain) this.list.setAttribute("aria-busy", "true");
  }

  /** Whether the list is to show what the server sent. */
  get isPlain() {
    return !formatState({ ...this.state, isCompact: false }, this.filters);
  }

  get isComplete() {
    return this.loaded === this.index.total;
  }

  /** @param {number} loaded the number of papers that have come so far */
  async receive(loaded) {
    this.loaded = loaded;
    await this.update();
  }

  listen() {
    this.box.addEventListener("input", () => {
      const state = { ...this.state, text: this.box.value };
      // One step of the reader's history is a whole search, not a letter.
      this.change(state, this.isTyping);
      this.isTyping = true;
    });
    this.box.addEventListener("blur", () => this.writeAddress());
    this.box.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.writeAddress();
      this.isTyping = false;
    });
    this.sort.addEventListener("change", () => this.change({ ...this.state, sort: this.sort.value }));
    this.density.addEventListener("click", () => this.change({ ...this.state, isCompact: !this.state.isCompact }));
    this.more.addEventListener("click", () => this.showMore(true));
    addEventListener("popstate", () => {
      clearTimeout(this.pause);
      this.pause = 0;
      this.state = parseState(location.search, this.filters);
      this.unknown = explainAddress(location.search, this.filters);
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
    for (const [id, title] of Object.entries(SORTS)) {
      if (id !== "added" || this.index.isDated) this.sort.append(new Option(title, id));
    }
  }

  prepareExport() {
    const button = find("cat-export", HTMLButtonElement);
    const panel = find("cat-export-panel", HTMLElement);
    button.addEventListener("click", () => {
      panel.hidden = !panel.hidden;
      button.setAttribute("aria-expanded", String(!panel.hidden));
    });
    const listKeys = async () => (await this.search.ask("list")).map(({ key }) => key);
    new Exporter(find("cat-exporter", HTMLElement), "papers", this.search, listKeys);
    find("cat-pick-all", HTMLButtonElement).addEventListener("click", async () => {
      this.tray.pickAll(await this.search.ask("list"));
    });
  }

  prepareKeys() {
    const dialog = find("cat-keys", HTMLDialogElement);
    const isOn = find("cat-keys-on", HTMLInputElement);
    const help = () => {
      isOn.checked = areKeysOn();
      dialog.showModal();
    };
    isOn.addEventListener("change", () => switchKeys(isOn.checked));
    find("cat-help", HTMLButtonElement).addEventListener("click", help);
    new Keyboard(this.list, this.box, { showMore: () => this.showMore(false), pick: (item) => this.tray.pick(item), help });
  }

  /** @param {State} state */
  toAddress(state) {
    const search = formatState(state, this.filters);
    return search ? `?${search}` : location.pathname;
  }

  /**
   * @param {State} state
   * @param {boolean} isSameStep whether the change belongs to the last step of the reader's history
   */
  change(state, isSameStep = false) {
    this.unknown = [];
    if (isSameStep) {
      this.state = state;
      clearTimeout(this.pause);
      this.pause = setTimeout(() => this.writeAddress(), PAUSE_MS);
    } else {
      this.writeAddress();
      this.isTyping = false;
      this.state = state;
      history.pushState(null, "", this.toAddress(state));
    }
    this.update();
  }

  /** Write what was typed into the address, if it is not there yet. */
  writeAddress() {
    if (!this.pause) return;
    clearTimeout(this.pause);
    this.pause = 0;
    history.replaceState(null, "", this.toAddress(this.state));
  }

  /** @param {DOMStringMap} chip what a button among the filters in use stands for */
  drop({ filter, value, side }) {
    if (filter === "year") this.change({ ...this.state, years: null });
    else if (filter === "select") this.change({ ...this.state, keys: null });
    else if (filter) this.change(toggleValue(this.state, filter, Number(value), side === "exclude" ? "exclude" : "include"));
    else {
      this.box.value = "";
      this.change({ ...NOTHING_SET, sort: this.state.sort, isCompact: this.state.isCompact });
    }
    (this.active.querySelector("button") ?? this.box).focus();
  }

  /** @param {State} state a way out of an empty result */
  take(state) {
    this.box.value = state.text;
    this.change(state);
    this.list.focus();
  }

  async update() {
    this.showActive();
    this.showDensity();
    if (!this.loaded) return;
    const { state } = this;
    const answer = await this.search.askNewest("search", state, FIRST_STEP);
    if (!answer || state !== this.state) return;
    this.found = answer.found;
    this.showList(answer);
    this.showCount(answer);
    this.showSorts();
    if (!this.panel.isBuilt) this.panel.build(await this.search.ask("tally"), state.choices);
    this.panel.update(answer, state.choices, state.years);
  }

  /** @param {Answer} answer */
  showList(answer) {
    this.list.removeAttribute("aria-busy");
    if (this.isServed && this.isPlain) {
      this.showRest();
      return;
    }
    // More of the list has come, and nothing of it belongs among the first.
    const isSame = !this.isServed && this.items.length > 0 && this.items.join() === answer.items.join();
    this.isServed = false;
    this.items = answer.items;
    if (!isSame) this.replaceList(answer);
    this.showRest();
  }

  /** @param {Answer} answer */
  replaceList(answer) {
    const { activeElement } = document;
    const focused = this.list.contains(activeElement) ? activeElement?.closest("li")?.dataset.key : undefined;
    this.list.innerHTML = answer.items.join("\n");
    this.tray.prepare(0);
    if (!answer.found && this.isComplete) this.list.append(makeEmpty(answer.advice, (state) => this.take(state)));
    if (!focused) return;
    const item = this.list.querySelector(`[data-key="${CSS.escape(focused)}"]`);
    (item?.querySelector("a") ?? this.box).focus();
  }

  /** @param {Answer} answer */
  showCount({ found, spellings, closest, misuses }) {
    const all = this.index.total;
    const noun = all === 1 ? "paper" : "papers";
    const text = found === all ? `${all} ${noun}` : `${found} of ${all} ${noun}`;
    this.count.textContent = this.isComplete ? text : `${text} (loading …)`;
    const hint = [...this.unknown, ...misuses, closest, describeSpellings(spellings)].filter(Boolean).join(" ").trim();
    if (this.hint.textContent !== hint) this.hint.textContent = hint;
    find("cat-pick-all", HTMLButtonElement).textContent = `Select ${found === 1 ? "it" : `all ${found}`}`;
    find("cat-export-what", HTMLElement).textContent = `The ${found === 1 ? "paper" : `${found} papers`} found:`;
    find("cat-export", HTMLButtonElement).disabled = found === 0;
  }

  showSorts() {
    this.sort.value = this.state.sort;
    const isSearch = Boolean(this.state.text.trim());
    this.sort.options[0].text = isSearch ? SORTS[""] : SORTS.newest;
    const newest = [...this.sort.options].find((option) => option.value === "newest");
    if (newest) newest.hidden = !isSearch;
  }

  showDensity() {
    this.density.setAttribute("aria-pressed", String(this.state.isCompact));
    this.list.classList.toggle("cat-list--compact", this.state.isCompact);
  }

  /** Describe what is set, as the title of a saved search. */
  describe() {
    const text = this.state.text.trim();
    const set = this.chips.map(({ title }) => title);
    return [text && `“${text}”`, ...set].filter(Boolean).join(" · ") || "All papers";
  }

  showActive() {
    /** @type {{title: string, chip: {filter?: string, value?: number, side?: string}}[]} */
    const chips = [];
    for (const filter of this.filters) {
      const choice = this.state.choices.get(filter.id);
      for (const side of /** @type {const} */ (["include", "exclude"])) {
        for (const value of choice?.[side] ?? []) {
          const not = side === "exclude" ? "not " : "";
          chips.push({ title: `${filter.title}: ${not}${filter.values[value].title}`, chip: { filter: filter.id, value, side } });
        }
      }
    }
    const { years, keys } = this.state;
    if (years) chips.push({ title: `Year: ${formatYears(years)}`, chip: { filter: "year" } });
    if (keys) chips.push({ title: `Selection: ${keys.length} ${keys.length === 1 ? "paper" : "papers"}`, chip: { filter: "select" } });
    this.chips = chips;
    this.saved.show(this.toAddress({ ...this.state, isCompact: false }), this.isPlain);
    if (!chips.length && this.active.hidden) return;
    const clear = chips.length ? [makeChip("Clear all", {})] : [];
    this.active.replaceChildren(...chips.map(({ title, chip }) => makeChip(title, chip)), ...clear);
    this.active.hidden = chips.length === 0;
  }

  showRest() {
    const left = this.found - this.list.querySelectorAll(":scope > .cat-item").length;
    this.more.hidden = left <= 0;
    this.more.textContent = `Show more (${left} left)`;
  }

  /** @param {boolean} isAsked whether the reader pressed the button */
  async showMore(isAsked) {
    const { state } = this;
    const shown = this.list.children.length;
    const items = await this.search.ask("show", shown, STEP);
    // Another search, or another call of this, was quicker.
    if (state !== this.state || shown !== this.list.children.length || this.list.hasAttribute("aria-busy")) return;
    this.list.insertAdjacentHTML("beforeend", items.join("\n"));
    this.tray.prepare(shown);
    this.showRest();
    if (isAsked) this.list.children[shown]?.querySelector("a")?.focus();
  }
}

/**
 * @param {import("./engine.js").Advice | null} advice
 * @param {(state: State) => void} take
 */
function makeEmpty(advice, take) {
  const item = document.createElement("li");
  item.className = "cat-empty";
  const text = document.createElement("p");
  text.textContent = `No papers match. ${advice?.text ?? ""}`.trim();
  const buttons = (advice?.ways ?? []).map(({ label, state }) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cat-button";
    button.textContent = label;
    button.addEventListener("click", () => take(state));
    return button;
  });
  item.append(text, ...buttons);
  return item;
}

/** Return the link over the filters, for readers with a keyboard. */
function makeSkipLink() {
  const link = document.createElement("a");
  link.className = "cat-skip";
  link.href = "#cat-list";
  link.textContent = "Skip filters";
  return link;
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

new Browse();
