// @ts-check
/* Moving through the results with keys. Focus itself moves, from title to title, so that screen readers follow. */

import { isShortcut } from "./shortcuts.js";

/**
 * @typedef {{showMore: () => Promise<void>, pick: (item: HTMLElement) => void, help: () => void}} Actions
 */

const TITLE = ".cat-item__title";

export class Keyboard {
  /**
   * @param {HTMLElement} list
   * @param {HTMLInputElement} box
   * @param {Actions} actions
   */
  constructor(list, box, actions) {
    this.list = list;
    this.box = box;
    this.actions = actions;
    document.addEventListener("keydown", (event) => {
      if (this.act(event)) event.preventDefault();
    });
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key was meant for the list
   */
  act(event) {
    const item = this.findItem();
    if (event.target === this.box) return event.key === "ArrowDown" && !event.isComposing && this.move(null, 1);
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (item && isPlain && event.key === "ArrowDown") return this.move(item, 1);
    if (item && isPlain && event.key === "ArrowUp") return this.move(item, -1);
    if (!isShortcut(event)) return false;
    // Before anything has the focus, the arrow leads to the first result in sight.
    if (isPlain && event.key === "ArrowDown" && document.activeElement === document.body) return this.move(null, 1);
    if (event.key === "j") return this.move(item, 1);
    if (event.key === "k") return this.move(item, -1);
    if (event.key === "x" && item) {
      this.actions.pick(item);
      return true;
    }
    if (event.key !== "?") return false;
    this.actions.help();
    return true;
  }

  /** Return the result that has the focus. */
  findItem() {
    const { activeElement } = document;
    const item = this.list.contains(activeElement) ? activeElement?.closest(".cat-item") : null;
    return item instanceof HTMLElement ? item : null;
  }

  /**
   * @param {HTMLElement | null} item the one to start from; null is before the first one in sight
   * @param {1 | -1} direction
   */
  move(item, direction) {
    const next = item ? (direction === 1 ? item.nextElementSibling : item.previousElementSibling) : this.findFirst();
    if (next) focusTitle(next);
    else if (direction === -1) this.box.focus();
    else if (item) void this.actions.showMore().then(() => focusTitle(item.nextElementSibling));
    return true;
  }

  /** Return the first result that the header does not hide. */
  findFirst() {
    const { activeElement } = document;
    const items = [...this.list.children];
    if (activeElement === this.box) return items[0];
    return items.find((item) => item.getBoundingClientRect().top > 48) ?? items[0];
  }
}

/** @param {Element | null | undefined} item */
function focusTitle(item) {
  const title = item?.querySelector(TITLE);
  if (title instanceof HTMLElement) title.focus();
}
