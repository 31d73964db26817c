// @ts-check
/* Opens the BibTeX entry, the abstract or the summary of a paper below its row. All are on the paper's page, to which the
   buttons lead where no script runs; the page is fetched once. */

import { copyText } from "./clipboard.js";

/** Where the parts stand on the page of a paper. */
const PARTS = { bibtex: "#bibtex", abstract: "#abstract-text", tldr: "#tldr-text" };

/** @type {Map<string, Promise<Document>>} */
const pages = new Map();

/**
 * Open the part that a button stands for, or close it.
 * @param {HTMLAnchorElement} button
 */
export async function toggle(button) {
  const kind = /** @type {keyof typeof PARTS} */ (button.dataset.catUnfold);
  const item = /** @type {HTMLElement} */ (button.closest(".cat-item"));
  const open = item.querySelector(`.cat-unfolded--${kind}`);
  if (open) {
    open.remove();
    button.setAttribute("aria-expanded", "false");
    return;
  }
  try {
    const page = await fetchPage(button.href.replace(/#.*$/, ""));
    const part = page.querySelector(PARTS[kind]);
    if (!part) throw new Error(`${button.href} has no ${kind}`);
    // Another click may have been quicker.
    if (!item.querySelector(`.cat-unfolded--${kind}`)) item.append(kind === "bibtex" ? makeEntry(part) : makeText(kind, part));
    button.setAttribute("aria-expanded", "true");
  } catch {
    location.href = button.href;
  }
}

/** @param {string} address */
function fetchPage(address) {
  const known = pages.get(address);
  if (known) return known;
  const coming = fetch(address).then(async (answer) => {
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  });
  pages.set(address, coming);
  coming.catch(() => pages.delete(address));
  return coming;
}

/** @param {Element} part */
function makeEntry(part) {
  const box = makeBox("bibtex");
  const pre = document.createElement("pre");
  pre.className = "cat-copy__text";
  pre.tabIndex = 0;
  pre.setAttribute("role", "region");
  pre.setAttribute("aria-label", "BibTeX");
  const code = document.createElement("code");
  code.textContent = part.textContent;
  pre.append(code);
  const copy = document.createElement("button");
  copy.type = "button";
  copy.className = "cat-button";
  copy.textContent = "Copy BibTeX";
  const status = document.createElement("span");
  status.className = "cat-hidden";
  status.setAttribute("role", "status");
  copy.addEventListener("click", async () => {
    const isCopied = await copyText(code.textContent ?? "");
    copy.textContent = isCopied ? "Copied" : "Copying failed";
    status.textContent = isCopied ? "Copied to the clipboard" : "Copying failed; select the text and copy it";
  });
  box.classList.add("cat-copy");
  box.append(copy, status, pre);
  return box;
}

/**
 * @param {string} kind
 * @param {Element} part
 */
function makeText(kind, part) {
  const box = makeBox(kind);
  box.dir = "auto";
  box.append(...[...part.childNodes].map((node) => document.importNode(node, true)));
  return box;
}

/** @param {string} kind */
function makeBox(kind) {
  const box = document.createElement("div");
  box.className = `cat-unfolded cat-unfolded--${kind}`;
  return box;
}
