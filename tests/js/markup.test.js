import assert from "node:assert/strict";
import { test } from "node:test";

import { markWords, renderItem, toByline } from "./catalog/markup.js";
import { parseQuery } from "./catalog/query.js";
import { INDEX, PAPERS } from "./support.js";

test("every text is escaped, marked or not", () => {
  const [first, , , last] = PAPERS;
  assert.ok(renderItem(first, INDEX, "../", null).includes("Best &lt;Paper&gt;"));
  assert.ok(renderItem(first, INDEX, "../", null).includes('href="https://example.org/?a=1&amp;b=&#39;2&#39;"'));
  const html = renderItem(last, INDEX, "../", parseQuery("old new"));
  assert.ok(html.includes('Über &lt;<mark class="cat-match">Old</mark>&gt; &amp; “<mark class="cat-match">New</mark>” Ways'));
});

test("only the beginning that was typed is marked", () => {
  assert.equal(markWords("Things", ["thi"]), '<mark class="cat-match">Thi</mark>ngs');
});

test("words of another field are not marked", () => {
  const html = renderItem(PAPERS[0], INDEX, "../", parseQuery("author:more"));
  assert.ok(!html.includes("<mark"));
});

test("a long byline is cut but shows who was searched for", () => {
  const paper = PAPERS[2];
  assert.equal(toByline(paper, []), "A One, B Two, C Three et al.");
  assert.equal(toByline(paper, ["seven"]), "A One, B Two, C Three, … Zoë Seven et al.");
});

test("a paper that is hardly known has a line", () => {
  assert.equal(
    renderItem({ ...PAPERS[3], title: "T" }, INDEX, "../", null),
    '<li class="cat-item" data-key="d2019old"><a class="cat-item__title" dir="auto" href="../papers/d2019old/">T</a>' +
      '<div class="cat-item__line"><div class="cat-item__links">' +
      '<a class="cat-chip cat-chip--fold" href="../papers/d2019old/#cite" data-cat-unfold="bibtex">BibTeX</a></div></div></li>',
  );
});

test("authors lead to their pages where there are pages, and to the search elsewhere", () => {
  const html = renderItem(PAPERS[0], INDEX, "../", null);
  assert.ok(html.includes('<a href="../authors/ada-example/">Ada Éxample</a>'));
  const other = renderItem(PAPERS[0], { ...INDEX, hasAuthorPages: false }, "../", null);
  assert.ok(other.includes('<a href="../papers/?q=author%3A%22Ada%20%C3%89xample%22">Ada Éxample</a>'));
});

test("abstract and summary unfold where there are any", () => {
  const html = renderItem({ ...PAPERS[0], tldr: "A & B", hasAbstract: true }, INDEX, "../", null);
  assert.ok(html.includes('data-cat-unfold="abstract">Abstract</a>'));
  assert.ok(html.includes('/#tldr" data-cat-unfold="tldr">TL;DR</a>'));
});
