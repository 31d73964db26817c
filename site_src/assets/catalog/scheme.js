// @ts-check
/* Colours for pages without the theme's own switch: those that the reader chose on other pages, or else the system's.
   A classic script at the start of the body, so that nothing is painted before. */
(() => {
  const script = document.currentScript;
  if (!script || !document.body.dataset.mdColorScheme) return;
  const scope = new URL(script.dataset.root ?? "", location.href).pathname;
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  let scheme = isDark ? "slate" : "default";
  try {
    // As Material keeps it: with a medium of its own where the reader left the choice to the system.
    const { color } = JSON.parse(localStorage.getItem(`${scope}.__palette`) ?? "{}");
    if (color && color.media !== "(prefers-color-scheme)") scheme = color.scheme;
  } catch {
    // Nothing is kept, or the browser keeps nothing.
  }
  document.body.dataset.mdColorScheme = scheme;
})();
