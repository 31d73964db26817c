/* What citation-js reads in a file, as CSL-JSON: node read_citations.mjs FOLDER FILE @bibtex/text */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, file, type] = process.argv.slice(2);
const load = createRequire(`${folder}/package.json`);
const { Cite } = load("@citation-js/core");
load("@citation-js/plugin-bibtex");
load("@citation-js/plugin-ris");
const text = readFileSync(file, "utf8");
const { data } = type === "@csl/text" ? new Cite(JSON.parse(text)) : new Cite(text, { forceType: type });
console.log(JSON.stringify(data.map(({ _graph, ...item }) => item)));
