/* Holds built pages against the HTML standard and WCAG's markup rules: node tests/web/validate.js FILE… */

import { readFileSync } from "node:fs";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

/** All of html-validate's recommended rules hold, but for these; each says why.
 * @type {import("html-validate").ConfigData} */
const CONFIG = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Material writes `<!doctype html>`; HTML takes either case, and ours is the same everywhere.
    "doctype-style": ["error", { style: "lowercase" }],
    // HTML allows any id without spaces; the rule's default is that of HTML 4, and Material writes `__drawer`.
    "valid-id": ["error", { relaxed: true }],
    // A title is as long as the paper's: it is what readers and search engines look for.
    "long-title": "off",
    // The layout of Material's templates leaves blank lines with spaces, which no reader sees.
    "no-trailing-whitespace": "off",
    // The height of a bar is data, handed over to the stylesheet as a custom property.
    "no-inline-style": ["error", { allowedProperties: ["--height"] }],
    // A <pre> that scrolls must be reached by keyboard and needs a name; no native element is both.
    "prefer-native-element": ["error", { exclude: ["region"] }],
    // ARIA lets lists and other named roles have a label, not only those that the rule's default knows.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
  },
};

/** Faults in markup that Material writes and the catalog has no hand in. `line` is what the line of the fault holds.
 * @type {{rule: string, line: RegExp, reason: string}[]} */
const EXCEPTIONS = [
  {
    rule: "wcag/h32",
    line: /<form class="md-header__option" data-md-component="palette">/,
    reason: "the choice of the palette, which acts at once and submits nothing",
  },
  {
    rule: "valid-autocomplete",
    line: /<input class="md-(toggle|option)"/,
    reason: "the checkboxes and radio buttons that open the drawer and choose the palette; browsers take it",
  },
  {
    rule: "attribute-allowed-values",
    line: /<label class="md-nav__link" for="__nav_\d+" id="__nav_\d+_label" tabindex="">/,
    reason: "Material leaves tabindex empty on the title of a group of pages; browsers take it as not given",
  },
  {
    rule: "unique-landmark",
    line: /<nav class="md-nav md-nav--secondary" aria-label="Table of contents"/,
    reason: "the contents stand in the drawer and beside the text; only one of them is ever shown",
  },
];

const validator = new HtmlValidate(new StaticConfigLoader(CONFIG));
const files = process.argv.slice(2);
const needed = new Set();
let faults = 0;

for (const file of files) {
  const lines = readFileSync(file, "utf-8").split("\n");
  const report = await validator.validateFile(file);
  for (const { ruleId, line, column, message, selector } of report.results.flatMap((result) => result.messages)) {
    const source = lines[line - 1] ?? "";
    const exception = EXCEPTIONS.find((known) => known.rule === ruleId && known.line.test(source));
    if (exception) {
      needed.add(exception);
      continue;
    }
    faults += 1;
    console.error(`${file}:${line}:${column}: ${ruleId}: ${message} (${selector ?? "document"})`);
  }
}

for (const exception of EXCEPTIONS) {
  if (needed.has(exception)) continue;
  faults += 1;
  console.error(`tests/web/validate.js: no page needs the exception ${exception.rule} ${exception.line}; remove it`);
}
if (files.length === 0) {
  faults += 1;
  console.error("no page to validate");
}
console.log(`${files.length} pages validated, ${faults} faults`);
process.exitCode = faults ? 1 : 0;
