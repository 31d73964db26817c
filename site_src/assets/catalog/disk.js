// @ts-check
/* For a site opened from disk, where no server answers a folder's address with its index.html. A classic script,
   because browsers load no modules from disk. */
(() => {
  // Material sets this at the end of the page only: until then its first paint would be that of a page without scripts.
  document.documentElement.classList.remove("no-js");
  document.documentElement.classList.add("js");
  if (location.protocol !== "file:") return;

  /** @param {string} address */
  const toFile = (address) => {
    const url = new URL(address);
    if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
    return url.href;
  };

  document.addEventListener(
    "click",
    (event) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (link instanceof HTMLAnchorElement && link.href) link.href = toFile(link.href);
    },
    true,
  );
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target instanceof HTMLFormElement) event.target.action = toFile(event.target.action);
    },
    true,
  );

  // The modules of the page as one classic script, once the page is there.
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  document.addEventListener("DOMContentLoaded", () => {
    const script = document.createElement("script");
    script.src = new URL("disk-modules.js", own.src).href;
    document.head.append(script);
  });
})();
