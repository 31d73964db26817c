// @ts-check
/* The submit page: writes the entry while the form is filled in, shows papers that are in the list already, and leads to
   GitHub. Nothing is sent and nothing is looked up elsewhere. */

import { clearDraft, restoreDraft, saveDraft } from "./draft.js";
import { makeEntry, writeYaml } from "./entry.js";
import { toUrl } from "./identifiers.js";
import { fetchData } from "./loader.js";
import { BASE, Search } from "./search.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./entry.js").Filled} Filled */

/** GitHub answers longer addresses with an error. */
const LONGEST_ADDRESS = 7500;
/** The entry is written again when typing pauses. */
const PAUSE_MS = 200;
const ISSUE_FIELDS = ["authors", "year"];
/** Fields that an entry needs, as the reader knows them. */
const NEEDED = { title: "the title", authors: "the authors", sections: "a section" };

class Submit {
  constructor() {
    this.element = find("cat-submit", HTMLElement);
    this.form = find("cat-form", HTMLElement);
    this.yaml = find("cat-entry-yaml", HTMLElement);
    this.state = find("cat-entry-state", HTMLElement);
    this.alike = find("cat-alike", HTMLElement);
    this.open = document.getElementById("cat-open");
    this.issue = document.getElementById("cat-issue");
    const { repository, form, taken } = this.element.dataset;
    this.repository = repository ?? "";
    this.issueForm = form ?? "";
    /** @type {Set<string>} keys that the new one may not have */
    this.taken = new Set((taken ?? "").toLowerCase().split(" ").filter(Boolean));
    /** @type {Search | null} */
    this.search = null;
    this.pause = 0;
    this.quick = document.getElementById("cat-quick");
    restoreDraft(this.form);
    this.form.addEventListener("input", () => this.update());
    document.getElementById("cat-clear")?.addEventListener("click", () => {
      clearDraft(this.form);
      this.update();
      document.getElementById("cat-names")?.focus();
    });
    this.form.addEventListener("focusin", () => this.load(), { once: true });
    this.element.hidden = false;
    this.update();
  }

  /** Bring the list, to know its keys and papers. */
  async load() {
    const index = await fetchData(`${BASE}assets/catalog/data/index.js`, { cache: "no-cache" });
    this.search = new Search(index, BASE, () => this.compare(), () => {});
  }

  /** @returns {Filled} */
  read() {
    const links = Object.fromEntries(["pdf", "code", "project"].map((kind) => [kind, valueOf(`link-${kind}`)]));
    /** @type {Record<string, string[]>} */
    const facets = {};
    for (const { dataset, value } of this.findChecked("[data-facet]")) (facets[dataset.facet ?? ""] ??= []).push(value);
    for (const { dataset, value } of this.findTexts("[data-facet-text]")) {
      const values = value.split(";").map((part) => part.trim()).filter(Boolean);
      if (values.length) facets[dataset.facetText ?? ""] = [...new Set(values)];
    }
    return {
      names: valueOf("names"), title: valueOf("title"), authors: valueOf("authors"), venue: valueOf("venue"), year: valueOf("year"),
      sections: this.findChecked("[data-section]").map(({ value }) => value), links, facets,
    };
  }

  /** @param {string} selector */
  findChecked(selector) {
    return /** @type {HTMLInputElement[]} */ ([...this.form.querySelectorAll(`${selector}:checked`)]);
  }

  /** @param {string} selector */
  findTexts(selector) {
    return /** @type {HTMLInputElement[]} */ ([...this.form.querySelectorAll(selector)]);
  }

  update() {
    saveDraft(this.form);
    this.show();
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.compare(), PAUSE_MS);
  }

  show() {
    const entry = makeEntry(this.read(), this.taken, new Date().toISOString().slice(0, 10));
    const yaml = writeYaml(entry.values);
    const path = `papers/${entry.values.key}.yaml`;
    const file = find("cat-entry-file", HTMLElement);
    file.textContent = path;
    /** @type {HTMLElement} */ (file.parentElement).hidden = !entry.values.key;
    this.yaml.textContent = yaml;
    this.showProblems(entry.problems);
    const lacking = Object.entries(NEEDED).filter(([name]) => !entry.values[name]).map(([, noun]) => noun);
    const isReady = !lacking.length && !Object.keys(entry.problems).length;
    const address = toNewFile(this.repository, path, yaml);
    const isLong = address.length > LONGEST_ADDRESS;
    let state = lacking.length ? `Still needed: ${joinWords(lacking)}.` : "";
    if (isReady && isLong) state = "This is too long for a link: copy the entry, and paste it into the file that GitHub opens.";
    else if (!isReady && !state) state = "Some fields need another look.";
    if (this.state.textContent !== state) this.state.textContent = state;
    this.link(isReady ? (isLong ? toNewFile(this.repository, path, "") : address) : null);
    this.showIssue(entry, yaml);
  }

  /** @param {Record<string, string>} problems */
  showProblems(problems) {
    for (const note of this.form.querySelectorAll(".cat-field__problem")) {
      const field = note.id.slice("cat-".length, -"-problem".length);
      const problem = problems[field] ?? "";
      if (note.textContent === problem) continue;
      note.textContent = problem;
      document.getElementById(`cat-${field}`)?.setAttribute("aria-invalid", String(Boolean(problem)));
    }
  }

  /** @param {string | null} address of GitHub's page; null while the entry is not ready */
  link(address) {
    if (!this.open) return;
    if (address) this.open.setAttribute("href", address);
    else this.open.removeAttribute("href");
    this.open.classList.toggle("is-off", !address);
  }

  /**
   * @param {Entry} entry
   * @param {string} yaml
   */
  showIssue({ values, problems }, yaml) {
    if (!this.issue) return;
    const title = `Paper: ${values.title ?? ""}`.trim();
    const names = valueOf("names").trim();
    this.showQuick(names, problems);
    const isEnough = Boolean(this.issueForm && names && !problems.names && !values.title);
    /** @type {Record<string, string>} */
    const fields = this.issueForm ? { template: this.issueForm, title, paper: names } : { title, body: `\`\`\`yaml\n${yaml}\`\`\`\n` };
    if (this.issueForm) for (const name of ISSUE_FIELDS) fields[name] = valueOf(name);
    const address = `${this.repository}/issues/new?${new URLSearchParams(fields)}`;
    this.issue.setAttribute("href", address.length > LONGEST_ADDRESS ? `${this.repository}/issues/new` : address);
    find("cat-issue-why", HTMLElement).textContent = isEnough ? "An identifier is enough: the rest is looked up for you." : "No time for that?";
  }

  /**
   * Lead to the issue form with the identifier alone: whoever maintains the list has the rest looked up.
   * @param {string} names
   * @param {Entry["problems"]} problems
   */
  showQuick(names, problems) {
    if (!this.quick) return;
    const isReady = Boolean(names && !problems.names);
    const fields = { template: this.issueForm, title: `Paper: ${names}`, paper: names };
    if (isReady) this.quick.setAttribute("href", `${this.repository}/issues/new?${new URLSearchParams(fields)}`);
    else this.quick.removeAttribute("href");
    this.quick.classList.toggle("is-off", !isReady);
  }

  /** Look for the paper in the list, and for a key that is free. */
  async compare() {
    if (!this.search) return;
    const { values } = makeEntry(this.read(), new Set());
    const title = String(values.title ?? "");
    const urls = this.findUrls(values);
    const answer = await this.search.askNewest("compare", title, urls, String(values.key ?? ""));
    if (!answer) return;
    for (const key of answer.taken) this.taken.add(key);
    this.showAlike(answer.alike);
    this.show();
  }

  /** @param {Entry["values"]} values */
  findUrls(values) {
    const fields = /** @type {const} */ (["arxiv", "doi", "acl", "openreview"]);
    const ids = fields.flatMap((field) => (typeof values[field] === "string" ? toUrl({ field, value: values[field] }) : []));
    return [...ids, ...Object.values(/** @type {Record<string, string>} */ (values.links ?? {}))];
  }

  /** @param {{key: string, html: string, why: string}[]} alike */
  showAlike(alike) {
    const items = alike.map(({ key, html, why }) => {
      const link = `<a href="${BASE}papers/${key}/">${html}</a>`;
      return `<li>${link} <span class="cat-alike__why">${why}</span></li>`;
    });
    const html = items.length ? `<p>In the list already?</p><ul>${items.join("")}</ul>` : "";
    if (this.alike.innerHTML !== html) this.alike.innerHTML = html;
  }
}

/** @param {string} field */
function valueOf(field) {
  return /** @type {HTMLInputElement} */ (document.getElementById(`cat-${field}`)).value;
}

/**
 * @param {string} repository
 * @param {string} path
 * @param {string} text
 */
function toNewFile(repository, path, text) {
  const value = text ? `&value=${encodeURIComponent(text)}` : "";
  return `${repository}/new/main?filename=${encodeURIComponent(path)}${value}`;
}

/** @param {string[]} words */
function joinWords(words) {
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}` : words[0];
}

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

new Submit();
