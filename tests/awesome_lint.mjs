// Lints README files with awesome-lint, without the rule that asks GitHub about the repository.
// usage: node tests/awesome_lint.mjs README.md…
import process from "node:process";
import lint from "awesome-lint/index.js";
import { createConfig } from "awesome-lint/config.js";
import { createRules } from "awesome-lint/rules/index.js";

const ASKS_GITHUB = "remark-lint:awesome-github";
const config = createConfig(createRules().filter(([rule]) => rule.name !== ASKS_GITHUB));

let errors = 0;
for (const filename of process.argv.slice(2)) {
  for (const file of await lint({ filename, config })) {
    for (const message of file.messages) {
      errors += message.ruleId === "awesome-spell-check" ? 0 : 1;
      console.log(`${filename}:${message.line}:${message.column}: ${message.reason} (${message.ruleId})`);
    }
  }
}

console.log(`${process.argv.length - 2} files: ${errors} errors`);
process.exitCode = errors ? 1 : 0;
