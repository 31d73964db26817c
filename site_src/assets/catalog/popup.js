// @ts-check
/* Results under the search box of a page that is not the list: a combobox with a list box, as
   https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ describes it. Loaded when the box is first used. */

import { fetchData } from "./loader.js";
import { BASE, Search, toPage } from "./search.js";
import { describeSpellings } from "./spelling.js";

/** Results shown. */
const MOST = 8;

export class Popup {
  /** @param {HTMLInputElement} box */
  constructor(box) {
    this.box = box;
    this.form = /** @type {HTMLFormElement} */ (box.form);
    this.panel = make("div", "cat-popup");
    this.list = make("ul", "cat-popup__list");
    this.list.id = `${box.id}-list`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Papers");
    this.hint = make("p", "cat-popup__hint");
    this.status = make("span", "cat-hidden");
    this.status.setAttribute("role", "status");
    this.panel.append(this.hint, this.list);
    this.panel.hidden = true;
    this.form.append(this.panel, this.status);
    this.active = -1;
    /** @type {Search | null} */
    this.search = null;
    this.prepareBox();
    this.form.addEventListener("focusout", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && this.form.contains(relatedTarget))) this.close();
    });
    // A press must not take the focus from the box, or the list would close before the click.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.followClick(event));
  }

  async start() {
    const index = await fetchData(`${BASE}assets/catalog/data/index.js`, { cache: "no-cache" });
    this.search = new Search(index, BASE, () => this.update(), () => this.close());
  }

  prepareBox() {
    const { box } = this;
    // A search field may not be a combobox.
    const { selectionStart, selectionEnd } = box;
    box.type = "text";
    box.inputMode = "search";
    box.setSelectionRange(selectionStart, selectionEnd);
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", this.list.id);
    box.setAttribute("aria-expanded", "false");
    box.addEventListener("input", () => this.update());
    box.addEventListener("focus", () => this.update());
    box.addEventListener("keydown", (event) => {
      if (!event.isComposing && this.act(event.key)) event.preventDefault();
    });
  }

  get options() {
    return /** @type {HTMLElement[]} */ ([...this.list.children]);
  }

  /**
   * @param {string} key
   * @returns {boolean} whether the key was meant for the list
   */
  act(key) {
    const { length } = this.options;
    if (key === "Escape") {
      if (this.panel.hidden) this.box.value = "";
      this.close();
      return true;
    }
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (this.panel.hidden) void this.update();
      else if (key === "ArrowDown") this.activate(this.active + 1 < length ? this.active + 1 : -1);
      else this.activate(this.active < 0 ? length - 1 : this.active - 1);
      return true;
    }
    if (key !== "Enter" || this.active < 0) return false;
    this.open(this.options[this.active]);
    return true;
  }

  /** @param {number} number of the option; -1 is none, which leaves the reader in the box */
  activate(number) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = number;
    const option = this.options[number];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.box.setAttribute("aria-activedescendant", option.id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  /** @param {MouseEvent} event */
  followClick(event) {
    const option = event.target instanceof Element ? event.target.closest("li") : null;
    if (!option) return;
    if (event.ctrlKey || event.metaKey) window.open(option.dataset.address, "_blank", "noopener");
    else this.open(option);
  }

  /** @param {HTMLElement} option */
  open(option) {
    location.href = option.dataset.address ?? "";
  }

  close() {
    this.activate(-1);
    this.panel.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.status.textContent = "";
  }

  async update() {
    const text = this.box.value.trim();
    if (!text) this.close();
    if (!text || !this.search) return;
    const answer = await this.search.askNewest("suggest", text, MOST);
    if (!answer || text !== this.box.value.trim() || !this.form.contains(document.activeElement)) return;
    this.activate(-1);
    const options = answer.options.map(({ key, html }, number) => this.makeOption(`papers/${key}/`, html, number));
    if (answer.found > options.length) {
      const all = `All ${answer.found} results`;
      options.push(this.makeOption(`papers/?q=${encodeURIComponent(text)}`, all, options.length, "cat-option--all"));
    }
    this.list.replaceChildren(...options);
    this.list.hidden = options.length === 0;
    const notes = answer.found ? [answer.closest, describeSpellings(answer.spellings)] : ["No papers match. Check the spelling."];
    this.hint.textContent = [...answer.misuses, ...notes].filter(Boolean).join(" ");
    this.hint.hidden = !this.hint.textContent;
    this.panel.hidden = false;
    this.box.setAttribute("aria-expanded", String(options.length > 0));
    const count = answer.found === 1 ? "1 result" : `${answer.found || "No"} results`;
    this.status.textContent = `${count}. ${answer.found ? this.hint.textContent : answer.misuses.join(" ")}`.trim();
  }

  /**
   * @param {string} address relative to the site's root
   * @param {string} html
   * @param {number} number
   * @param {string} className
   */
  makeOption(address, html, number, className = "") {
    const option = make("li", `cat-option ${className}`.trim());
    option.id = `${this.list.id}-${number}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.address = toPage(BASE + address);
    option.innerHTML = html;
    return option;
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} className
 * @returns {HTMLElementTagNameMap[T]}
 */
function make(tag, className) {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}
