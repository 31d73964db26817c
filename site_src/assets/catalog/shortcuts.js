// @ts-check
/* Keys that act without a modifier. The reader can switch them off: they are in the way of speech input. */

import { findStorage } from "./selection.js";

const NAME = "catalog-keys";

export function areKeysOn() {
  try {
    return findStorage()?.getItem(NAME) !== "off";
  } catch {
    return true;
  }
}

/** @param {boolean} isOn */
export function switchKeys(isOn) {
  try {
    if (isOn) findStorage()?.removeItem(NAME);
    else findStorage()?.setItem(NAME, "off");
  } catch {
    // They stay on where the browser keeps nothing.
  }
}

/**
 * Return whether a key press is meant for the page: no modifier but shift, not in a field, and switched on.
 * @param {KeyboardEvent} event
 */
export function isShortcut(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  return !isInField(event) && areKeysOn();
}

/**
 * Return whether a key goes into a field, or into a dialog.
 * @param {KeyboardEvent} event
 */
export function isInField({ target }) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(FIELDS));
}

const FIELDS = "input:not([type=checkbox]), select, textarea, dialog *";
