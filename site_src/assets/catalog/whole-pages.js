// @ts-check
/* For themes that replace pages instead of loading them (Material's navigation.instant): scripts of the next page would
   not run, and the policy of this one would stay. The theme leaves links with a target alone. */
document.addEventListener(
  "click",
  (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (link instanceof HTMLAnchorElement && !link.target) link.target = "_self";
  },
  true,
);

/* The theme sets the address of every link anew, and knows nothing of links in pictures, where it cannot be set. */
const own = Object.getOwnPropertyDescriptor(SVGAElement.prototype, "href");
Object.defineProperty(SVGAElement.prototype, "href", {
  ...own,
  /** @this {SVGAElement} @param {unknown} value */
  set(value) {
    if (typeof value === "string") this.setAttribute("href", value);
  },
});
