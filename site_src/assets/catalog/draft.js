// @ts-check
/* What is typed into a form is kept while the tab is open, so that a reload or a wrong click loses nothing. */

/** Lists on one server keep theirs apart. */
const NAME = `catalog-draft:${location.pathname}`;

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

/**
 * @param {HTMLElement} form
 * @returns {Field[]}
 */
function listFields(form) {
  return /** @type {Field[]} */ ([...form.querySelectorAll("input, textarea, select")]);
}

/** @param {Field} field */
function nameOf(field) {
  const { dataset, id, value } = field;
  return id || `${dataset.facet ?? "section"}=${value}`;
}

/** @param {Field} field */
function isBox(field) {
  return field instanceof HTMLInputElement && field.type === "checkbox";
}

/** @param {HTMLElement} form */
export function saveDraft(form) {
  /** @type {Record<string, string>} */
  const kept = {};
  for (const field of listFields(form)) {
    if (isBox(field) ? /** @type {HTMLInputElement} */ (field).checked : field.value) kept[nameOf(field)] = isBox(field) ? "on" : field.value;
  }
  try {
    sessionStorage.setItem(NAME, JSON.stringify(kept));
  } catch {
    // The browser keeps nothing.
  }
}

/** @param {HTMLElement} form */
export function restoreDraft(form) {
  /** @type {Record<string, unknown>} */
  let kept = {};
  try {
    kept = JSON.parse(sessionStorage.getItem(NAME) ?? "{}") ?? {};
  } catch {
    return;
  }
  for (const field of listFields(form)) {
    const value = kept[nameOf(field)];
    if (typeof value !== "string") continue;
    if (isBox(field)) /** @type {HTMLInputElement} */ (field).checked = true;
    else field.value = value;
  }
}

/** @param {HTMLElement} form */
export function clearDraft(form) {
  for (const field of listFields(form)) {
    if (isBox(field)) /** @type {HTMLInputElement} */ (field).checked = false;
    else field.value = "";
  }
  saveDraft(form);
}
