/* Measures pages with Lighthouse: node tests/web/lighthouse.js CHROMIUM URL… prints the scores as JSON. */

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const RUNS = 3;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const [chromePath, ...urls] = process.argv.slice(2);

/** @param {string} url @param {number} port */
async function measure(url, port) {
  const result = await lighthouse(url, { port, onlyCategories: CATEGORIES, output: "json", logLevel: "error" });
  if (!result || result.lhr.runtimeError) throw new Error(`${url}: ${result?.lhr.runtimeError?.message ?? "no result"}`);
  const { categories, audits } = result.lhr;
  const failed = CATEGORIES.flatMap((name) => categories[name].auditRefs)
    .filter(({ id, weight }) => weight > 0 && (audits[id].score ?? 1) < 0.9)
    .map(({ id }) => `${id}: ${audits[id].displayValue ?? audits[id].title}`);
  const scores = CATEGORIES.map((name) => [name, Math.round((categories[name].score ?? 0) * 100)]);
  return {
    ...Object.fromEntries(scores),
    paint: audits["largest-contentful-paint"].displayValue,
    blocked: audits["total-blocking-time"].displayValue,
    shift: audits["cumulative-layout-shift"].displayValue,
    bytes: audits["total-byte-weight"].numericValue,
    failed,
    version: result.lhr.lighthouseVersion,
  };
}

const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"] });
try {
  const pages = [];
  for (const url of urls) {
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await measure(url, chrome.port));
    // The machine's other work makes a run slower, never faster: the middle run by performance is the page's.
    runs.sort((a, b) => a.performance - b.performance);
    pages.push(runs[Math.floor(RUNS / 2)]);
  }
  console.log(JSON.stringify(pages));
} finally {
  chrome.kill();
}
