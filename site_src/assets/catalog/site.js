// @ts-check
/* What every page has: copy buttons, and the key that leads to the search box. */

import { copyText } from "./clipboard.js";

const COPIED_MS = 2000;

/** @param {HTMLButtonElement} button */
function prepareCopy(button) {
  const source = document.getElementById(button.dataset.catCopy ?? "");
  if (!source) return;
  const label = button.textContent ?? "";
  button.hidden = false;
  const status = document.createElement("span");
  status.className = "cat-hidden";
  status.setAttribute("role", "status");
  button.after(status);
  button.addEventListener("click", async () => {
    const isCopied = await copyText(source.textContent ?? "");
    button.textContent = isCopied ? "Copied" : "Copying failed";
    status.textContent = isCopied ? "Copied to the clipboard" : "Copying failed; select the text and copy it";
    setTimeout(() => {
      button.textContent = label;
      status.textContent = "";
    }, COPIED_MS);
  });
}

/** Return the search box that the reader sees, the page's own before the header's. */
function findSearchBox() {
  const boxes = document.querySelectorAll("[data-cat-search]");
  const seen = [...boxes].filter((box) => box instanceof HTMLInputElement && box.offsetParent !== null);
  const own = seen.find((box) => !box.closest("header.md-header"));
  return /** @type {HTMLInputElement | undefined} */ (own ?? seen[0]);
}

/** @param {KeyboardEvent} event */
function isTyping(event) {
  const target = event.target;
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, select, textarea"));
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
  const box = findSearchBox();
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

for (const button of document.querySelectorAll("button[data-cat-copy]")) {
  if (button instanceof HTMLButtonElement) prepareCopy(button);
}
