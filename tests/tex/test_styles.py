"""What the styles of BibTeX make of the exports: warnings, the ids of preprints, capitals.

A run is BibTeX alone, on one file of all papers: LaTeX would show no more.
"""

import json
import re
import subprocess
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from catalog.checks.check import check
from catalog.model.catalog import Catalog
from catalog.model.records import EntryType
from catalog.render.citations import Format, Options, Target, write_citations
from tests.real_list import find_real_list

pytestmark = pytest.mark.tex

STYLES = (
    *("plain", "abbrv", "alpha", "unsrt", "ieeetr", "siam", "acm", "apalike", "amsplain"),
    *("amsalpha", "plainnat", "abbrvnat", "unsrtnat", "IEEEtran", "IEEEtranN", "splncs04"),
    *("apacite", "chicago", "ACM-Reference-Format", "elsarticle-num", "elsarticle-harv"),
    *("elsarticle-num-names", "cas-model2-names", "apsrev4-2", "apsrmp4-2", "aipnum4-2"),
    *("aipauth4-2", "naturemag", "iopart-num", "aasjournal", "achemso", "rsc", "asmejour"),
    *("quantum", "aaai-named", "tufte", "agsm", "jneurosci", "natdin"),
)
"""One or more of each family and publisher that TeX Live has."""
TARGETS = {
    Target.ACM: ("ACM-Reference-Format",),
    Target.APS: ("apsrev4-2", "apsrmp4-2", "aipnum4-2"),
    Target.ELSEVIER: ("elsarticle-num", "elsarticle-harv", "cas-model2-names"),
    Target.IEEE: ("IEEEtran", "plainnat", "splncs04"),
    Target.NATURE: ("naturemag", "naturemagdoi"),
    Target.PLAIN: ("plain", "siam", "apalike"),
}
SENTENCE_CASE = ("apalike", "plain", "plainnat", "IEEEtran")
"""Styles that write titles in lower case."""

_WARNING = re.compile(r"^Warning--(.*)\n?", re.MULTILINE)
# `empty address in he2016deep`, `page numbers missing in both pages and numpages fields in …`.
_MISSING = re.compile(
    r"(?:empty|missing|no) (\w+)|page numbers (missing)|(?:neither|no) (\w+) (?:n?or|and no) (\w+)"
)
_FOREIGN = re.compile(r"\\(?:href|Eprint)\s*\{[^{}]*\}")
"""Where a link leads: readers do not see it."""
_ENTRY = re.compile(r"^@(\w+)\{([^,\s]+),\n(.*?)^\}", re.MULTILINE | re.DOTALL)


@cache
def load(folder: Path) -> Catalog:
    checked = check(folder, today=date(2026, 1, 1))
    assert checked.catalog is not None, checked.findings
    return checked.catalog


def write(catalog: Catalog, target: Target | None = None) -> str:
    # Some styles take minutes for a thousand authors.
    options = Options(max_authors=30, target=target, has_extensions=target is None)
    return write_citations(catalog, catalog.ordered, Format.BIBTEX, options)


def run_bibtex(folder: Path, bibliography: str, style: str) -> tuple[str, str]:
    """Return the references, on long lines, and what BibTeX says."""
    found = subprocess.run(["kpsewhich", f"{style}.bst"], capture_output=True, check=False)
    if found.returncode:
        pytest.skip(f"{style}.bst is not installed")
    (folder / "all.bib").write_text(bibliography, encoding="utf-8")
    lines = (r"\relax", r"\citation{*}", rf"\bibstyle{{{style}}}", r"\bibdata{all}", "")
    (folder / "main.aux").write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        ["bibtex", "-min-crossrefs=900", "main"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    references = (folder / "main.bbl").read_text(encoding="utf-8", errors="replace")
    return re.sub(r"%\n\s*", "", references), done.stdout


def split_references(references: str, keys: list[str]) -> dict[str, str]:
    """Return the text of each reference by its key."""
    starts = sorted((references.index(f"{{{key}}}"), key) for key in keys)
    ends = [start for start, _ in starts[1:]] + [len(references)]
    return {key: references[start:end] for (start, key), end in zip(starts, ends, strict=True)}


def find_needless(said: str, bibliography: str) -> list[str]:
    """Return the warnings about anything but a field that the entry does not have."""
    fields = {
        key: set(re.findall(r"^  (\w+) = ", body, re.MULTILINE))
        for _, key, body in _ENTRY.findall(bibliography)
    }
    needless = []
    for warning in _WARNING.findall(said):
        keys = [word for word in re.findall(r"[\w:-]+", warning) if word in fields]
        names = {name for found in _MISSING.finditer(warning) for name in found.groups() if name}
        wanted = {"pages" if name in ("page", "missing") else name for name in names}
        if not keys:
            continue  # of the style itself
        if len(keys) != 1 or not wanted or not wanted.isdisjoint(fields[keys[0]]):
            needless.append(warning)
    return needless


def find_preprints(catalog: Catalog) -> dict[str, str]:
    return {
        paper.key: paper.arxiv
        for paper in catalog.papers
        if paper.arxiv and catalog.entry_type(paper) is EntryType.MISC
    }


def count_ids(references: str, catalog: Catalog) -> dict[str, int]:
    texts = split_references(references, [paper.key for paper in catalog.papers])
    return {
        key: re.sub(r"\s+", "", _FOREIGN.sub("", texts[key])).count(id_)
        for key, id_ in find_preprints(catalog).items()
    }


def strip_tex(text: str) -> str:
    bare = text.replace(r"{\textbackslash}", "\\").replace(r"\#", "#")
    return re.sub(r"\s+", " ", re.sub(r"[{}]", "", bare))


@pytest.mark.parametrize("style", STYLES)
def test_a_style_warns_of_missing_facts_only_and_prints_each_id_once(
    style: str, tmp_path: Path
) -> None:
    catalog = load(find_real_list())
    bibliography = write(catalog)
    references, said = run_bibtex(tmp_path, bibliography, style)
    assert find_needless(said, bibliography) == []
    assert {key: n for key, n in count_ids(references, catalog).items() if n != 1} == {}


@pytest.mark.parametrize(
    ("target", "style"), [(target, style) for target, styles in TARGETS.items() for style in styles]
)
def test_a_target_prints_each_id_once_in_its_styles(
    target: Target, style: str, tmp_path: Path
) -> None:
    catalog = load(find_real_list())
    references, _ = run_bibtex(tmp_path, write(catalog, target), style)
    assert {key: n for key, n in count_ids(references, catalog).items() if n != 1} == {}


@pytest.mark.parametrize("style", SENTENCE_CASE)
def test_no_capital_of_a_name_is_lost_in_a_sentence_case_style(style: str, tmp_path: Path) -> None:
    folder = Path(__file__).parents[1] / "data" / "exports"
    catalog = load(folder)
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    references, _ = run_bibtex(tmp_path, write(catalog), style)
    texts = split_references(references, list(expected))
    lost = [
        (key, word)
        for key, item in expected.items()
        for word in item["title_capitals"]
        if word.isascii() and word not in strip_tex(texts[key])
    ]
    assert lost == []
