// @ts-check
/* Copying text, with or without the browser's clipboard interface, which only secure addresses have. */

/**
 * @param {string} text
 * @returns {Promise<boolean>} whether it was copied
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/** @param {string} text */
function copySelected(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "cat-hidden";
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  return isCopied;
}

/**
 * Copy a text that is still to come. Some browsers allow copying only while they remember the reader's click; they take
 * the promise.
 * @param {Promise<string>} coming
 * @returns {Promise<boolean>} whether it was copied
 */
export async function copyLater(coming) {
  try {
    const blob = coming.then((text) => new Blob([text], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return true;
  } catch {
    return copyText(await coming);
  }
}
