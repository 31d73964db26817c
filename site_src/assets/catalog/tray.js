// @ts-check
/* The selection as the reader sees it: boxes beside the results, and a tray that lists, shares and exports it. */

import { copyText } from "./clipboard.js";
import { Exporter } from "./exporter.js";
import { Selection, findStorage } from "./selection.js";

/** @typedef {import("./selection.js").Picked} Picked */

/** Servers refuse longer addresses. */
const LONGEST_ADDRESS = 7500;

export class Tray {
  /**
   * @param {HTMLElement} element
   * @param {HTMLElement} list the results
   * @param {import("./search.js").Search} search
   * @param {(keys: string[]) => string} toAddress the address that shows a selection
   * @param {(keys: string[]) => void} show
   */
  constructor(element, list, search, toAddress, show) {
    this.element = element;
    this.list = list;
    const path = new URL(toAddress([]), location.href).pathname;
    this.selection = new Selection(findStorage(), `catalog-selection:${path}`);
    this.toggle = find(element, ".cat-tray__toggle");
    this.items = find(element, ".cat-tray__list");
    this.status = find(element, ".cat-tray__status");
    new Exporter(find(element, ".cat-exporter"), "selection", search, async () => this.selection.keys);
    this.toggle.addEventListener("click", () => this.open(this.toggle.getAttribute("aria-expanded") !== "true"));
    find(element, ".cat-tray__share").addEventListener("click", () => this.share(toAddress(this.selection.keys)));
    find(element, ".cat-tray__show").addEventListener("click", () => show(this.selection.keys));
    find(element, ".cat-tray__clear").addEventListener("click", () => this.clear());
    this.items.addEventListener("click", (event) => this.removeListed(event.target));
    list.addEventListener("change", ({ target }) => {
      const item = target instanceof HTMLInputElement ? target.closest(".cat-item") : null;
      if (item instanceof HTMLElement) this.pick(item);
    });
    addEventListener("storage", ({ key }) => {
      if (key !== this.selection.name) return;
      this.selection.read();
      this.update();
    });
    this.update();
  }

  /**
   * Give results their boxes.
   * @param {number} from the first one that may lack one
   */
  prepare(from) {
    for (const item of [...this.list.children].slice(from)) {
      if (!(item instanceof HTMLElement) || !item.dataset.key || item.querySelector(".cat-pick")) continue;
      const box = document.createElement("input");
      box.type = "checkbox";
      box.className = "cat-pick";
      box.setAttribute("aria-label", `Select ${titleOf(item)}`);
      box.checked = this.selection.titles.has(item.dataset.key);
      item.classList.toggle("is-picked", box.checked);
      item.prepend(box);
    }
  }

  /** @param {HTMLElement} item a result, to pick or to put back */
  pick(item) {
    const key = item.dataset.key ?? "";
    if (this.selection.titles.has(key)) this.selection.remove([key]);
    else this.selection.add([{ key, title: titleOf(item) }]);
    this.update();
  }

  /** @param {Picked[]} papers */
  pickAll(papers) {
    this.selection.add(papers);
    this.update();
  }

  clear() {
    this.selection.remove(this.selection.keys);
    this.update();
    (this.list.querySelector("a") ?? document.body).focus();
  }

  /** @param {EventTarget | null} target */
  removeListed(target) {
    const button = target instanceof Element ? target.closest("button") : null;
    if (!button) return;
    const place = [...this.items.children].indexOf(/** @type {Element} */ (button.parentElement));
    this.selection.remove([button.dataset.key ?? ""]);
    this.update();
    const next = this.items.children[Math.min(place, this.items.children.length - 1)]?.querySelector("button");
    (next ?? this.list.querySelector("a"))?.focus();
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.items.hidden = !isOpen;
    this.toggle.setAttribute("aria-expanded", String(isOpen));
  }

  /** @param {string} address */
  async share(address) {
    const url = new URL(address, location.href).href;
    if (url.length > LONGEST_ADDRESS) this.status.textContent = "Too many papers for a link; download them instead";
    else this.status.textContent = (await copyText(url)) ? "Link copied" : `Copying failed: ${url}`;
  }

  update() {
    const { titles } = this.selection;
    this.status.textContent = "";
    this.element.hidden = titles.size === 0;
    this.toggle.textContent = `${titles.size} selected`;
    this.items.replaceChildren(...[...titles].map(([key, title]) => makeRow(key, title)));
    if (!titles.size) this.open(false);
    for (const box of this.list.querySelectorAll("input.cat-pick")) {
      const item = /** @type {HTMLElement} */ (box.closest(".cat-item"));
      const isPicked = titles.has(item.dataset.key ?? "");
      /** @type {HTMLInputElement} */ (box).checked = isPicked;
      item.classList.toggle("is-picked", isPicked);
    }
  }
}

/**
 * @param {HTMLElement} element
 * @param {string} selector
 */
function find(element, selector) {
  return /** @type {HTMLElement} */ (element.querySelector(selector));
}

/** @param {HTMLElement} item */
function titleOf(item) {
  return item.querySelector(".cat-item__title")?.textContent ?? "";
}

/**
 * @param {string} key
 * @param {string} title
 */
function makeRow(key, title) {
  const row = document.createElement("li");
  const text = document.createElement("span");
  text.textContent = title;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cat-tray__remove";
  button.dataset.key = key;
  button.textContent = "×";
  button.setAttribute("aria-label", `Remove ${title}`);
  row.append(text, button);
  return row;
}
