// @ts-check
/* The controls that copy and download papers in a chosen format. */

import { copyLater } from "./clipboard.js";
import { fetchFile } from "./records.js";
import { BASE } from "./search.js";

/** @typedef {import("./data.js").ExportFormat} ExportFormat */

/** What the reader chose last stands in all of them. */
const EVENT = "cat-format";

export class Exporter {
  /**
   * @param {HTMLElement} element takes the controls
   * @param {string} stem of the name of files
   * @param {import("./search.js").Search} search
   * @param {() => Promise<string[]>} listKeys the papers to export
   */
  constructor(element, stem, search, listKeys) {
    this.stem = stem;
    this.search = search;
    this.listKeys = listKeys;
    this.select = document.createElement("select");
    this.select.setAttribute("aria-label", "Format");
    this.select.append(...search.index.formats.map(({ id, title }) => new Option(title, id)));
    this.status = document.createElement("span");
    this.status.setAttribute("role", "status");
    this.status.className = "cat-export__status";
    element.append(
      this.select,
      makeButton("Copy", () => this.copy()),
      makeButton("Download", () => this.download()),
      this.status,
    );
    this.select.addEventListener("change", () => document.dispatchEvent(new CustomEvent(EVENT, { detail: this.select.value })));
    document.addEventListener(EVENT, (event) => {
      this.select.value = /** @type {CustomEvent<string>} */ (event).detail;
    });
  }

  /** @returns {ExportFormat} */
  get format() {
    return this.search.index.formats[this.select.selectedIndex];
  }

  /** @returns {Promise<{text: string, count: number}>} */
  async write() {
    this.status.textContent = "";
    const places = await this.search.ask("locate", await this.listKeys());
    return { text: await fetchFile(this.format, places, BASE), count: places.length };
  }

  async copy() {
    const written = this.write();
    try {
      const isCopied = await copyLater(written.then(({ text }) => text));
      const { count } = await written;
      this.status.textContent = isCopied ? `Copied ${count} as ${this.format.title}` : "Copying failed; download instead";
    } catch {
      this.status.textContent = "The entries could not be loaded";
    }
  }

  async download() {
    try {
      const { text, count } = await this.write();
      saveFile(`${this.stem}${this.format.suffix}`, text);
      this.status.textContent = `Downloaded ${count} as ${this.format.title}`;
    } catch {
      this.status.textContent = "The entries could not be loaded";
    }
  }
}

/**
 * @param {string} label
 * @param {() => void} act
 */
function makeButton(label, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cat-button";
  button.textContent = label;
  button.addEventListener("click", act);
  return button;
}

/**
 * @param {string} name
 * @param {string} text
 */
function saveFile(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
