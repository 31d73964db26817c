// @ts-check
/* What every page has: copy buttons, the key that leads to the search box, and results under that box. */

import { copyText } from "./clipboard.js";
import { areKeysOn, isInField, isShortcut } from "./shortcuts.js";

/** How long a button says that it copied: enough to read one word. */
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

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || !isShortcut(event)) return;
  const box = findSearchBox();
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

/** Material's own letters and signs: next and previous page, and its search. */
const THEME_KEYS = new Set(["n", "p", ",", ".", "f", "s"]);

// The theme listens on the window, so a listener there that comes first keeps its keys from it.
addEventListener(
  "keydown",
  (event) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isPlain && THEME_KEYS.has(event.key) && !isInField(event) && !areKeysOn()) event.stopImmediatePropagation();
  },
  true,
);

/**
 * Show results under a box from its first use on; until then nothing of the search is loaded.
 * @param {HTMLInputElement} box
 */
function preparePopup(box) {
  const start = async () => {
    const { Popup } = await import("./popup.js");
    await new Popup(box).start();
  };
  // On a slow connection the reader may be in the box, and have typed, before this script runs.
  if (document.activeElement === box) void start();
  else box.addEventListener("focus", start, { once: true });
}

if (!document.getElementById("cat-browse")) {
  for (const box of document.querySelectorAll("[data-cat-search]")) {
    if (box instanceof HTMLInputElement && box.form) preparePopup(box);
  }
}

for (const button of document.querySelectorAll("button[data-cat-copy]")) {
  if (button instanceof HTMLButtonElement) prepareCopy(button);
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("a[data-cat-unfold]") : null;
  // With a modifier a link opens in another tab, as any link does.
  if (!(button instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  void import("./unfold.js").then(({ toggle }) => toggle(button));
});
