"""A list into which a stranger wrote: every hostile text in every field of a record, in turn."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_TEXTS = json.loads((ROOT / "tests/data/hostile/texts.json").read_text(encoding="utf-8"))

SHOWN: dict[str, str] = {
    **_TEXTS["shown"],
    "100 KB": "<script>window.caught=1</script> " + "long " * 20_000 + "end",
}
"""Texts that a list may hold, by name: each is shown as it stands."""
WARNED: dict[str, str] = _TEXTS["warned"]
"""Texts with characters that nobody sees: shown too, and told by a check."""
REFUSED: dict[str, str] = _TEXTS["refused"]
"""Texts that no field takes."""
ACCEPTED = SHOWN | WARNED

ALL = "all"
"""Stands for a record with the text in every field at once."""
PLAIN = "plain"
"""Stands for a text that does nothing."""
NO_TITLES = {"rule", "dots", "question", "comment", "backslash", "fence", "emoji"}
"""Names of texts that are no titles, as a check says; other fields take them."""
READABLE_TITLES = {"math": "a $$b$$ c"}
"""Texts whose math pages and lists show readably when they are titles, by name."""
_BACKSLASHES = {"backslash", "backslashes", "path of Windows"}
_POWERFUL = {
    text for name, text in SHOWN.items() if name.startswith("TeX ") or name in _BACKSLASHES
} - {"a % b"}
"""Texts that a check refuses as fields of BibTeX: TeX would do more than print them, or fail."""


def field_values(text: str, number: int) -> dict[str, dict[str, Any]]:
    """Return for each field of a record the part of the record that has the text in it."""
    values: dict[str, dict[str, Any]] = {
        "title": {"title": text},
        "authors": {"authors": [{"literal": text}]},
        "family": {"authors": [{"family": text, "given": text}]},
        "booktitle": {"booktitle": text},
        "series": {"series": text},
        "venue": {"venue": to_venue(text)},
        "volume": {"venue": "Letters", "volume": text},
        "number": {"venue": "Letters", "number": text},
        "pages": {"venue": "Letters", "pages": text},
        "publisher": {"publisher": text},
        "tags": {"tags": [text]},
        "awards": {"awards": [text]},
        "note": {"note": text},
        "abstract": {"abstract": text},
        "facets": {"facets": {f"facet-{number}": [f"value-{number}"]}},
        "bibtex": {"bibtex": {"addendum": text}},
    }
    if not is_bibtex(text):
        del values["bibtex"]
    return values


def to_venue(text: str) -> str:
    """Return the short name of the venue with this name; YAML's are at most 1,024 characters."""
    return text if len(text) < 1000 else "Long"


def is_bibtex(text: str) -> bool:
    """Tell whether a BibTeX field of one's own may hold the text: braces pair, TeX only prints."""
    if text in _POWERFUL:
        return False
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def make_head(texts: dict[str, str], survey_text: str) -> dict[str, Any]:
    """Return everything of papers.yaml but its papers, with the texts as titles of all sorts."""
    numbered = list(enumerate(texts.values()))
    return {
        "survey": {
            "title": survey_text,
            "authors": [{"literal": survey_text}],
            "venue": survey_text,
            "year": 2024,
            "description": survey_text,
            "contact": survey_text,
            "licence": {"code": survey_text, "data": survey_text},
            "links": {
                "repository": "https://github.com/example/list",
                "paper": "https://example.org/paper",
            },
            "cite": [{"key": "cited", "title": survey_text, "authors": [{"literal": survey_text}]}],
        },
        "sections": [
            {"id": f"section-{number}", "title": text, "description": text}
            for number, text in numbered
        ],
        "venues": {
            "Letters": {"name": "Letters of Invention", "kind": "journal"},
            **{to_venue(text): {"name": text, "kind": "conference"} for _, text in numbered},
        },
        "facets": {
            f"facet-{number}": {"title": text, "values": {f"value-{number}": text}}
            for number, text in numbered
        },
    }


def make_records(name: str, text: str, number: int) -> Iterator[dict[str, Any]]:
    """Yield a record for each field, and one with the text in all of them."""
    values = field_values(text, number)
    if name in NO_TITLES:
        del values["title"]
    whole: dict[str, Any] = {}
    for field, part in values.items():
        if field != "family":
            whole |= part
        yield _complete(part, field, number)
    yield _complete(whole, ALL, number)


def _complete(part: dict[str, Any], field: str, number: int) -> dict[str, Any]:
    return {
        "key": to_key(number, field),
        "title": f"Invention {number} of {field}",
        "authors": ["Ada Example"],
        "year": 2024,
        "sections": [f"section-{number}"],
        "doi": f"10.1000/{number}.{field}",
        **part,
    }


def to_key(number: int, field: str) -> str:
    """Return the key of a record."""
    return f"paper{number}{field}"


def make_list(texts: dict[str, str], survey_text: str) -> dict[str, Any]:
    """Return the whole of papers.yaml."""
    records = [
        record
        for number, (name, text) in enumerate(texts.items())
        for record in make_records(name, text, number)
    ]
    return {**make_head(texts, survey_text), "papers": records}


def write_list(folder: Path, content: dict[str, Any]) -> None:
    """Write a list that MkDocs builds, its site named as the survey. JSON is YAML."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=0)
    (folder / "papers.yaml").write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "site_src", folder / "site_src", dirs_exist_ok=True)
    frame = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    name = f"site_name: {json.dumps(content['survey']['title'])}\n"
    # Without a description of its own, the site's is made of the title.
    frame, count = re.subn(
        r"(?m)^site_name: .*\nsite_description: .*\n(?: .*\n)*", lambda _: name, frame
    )
    assert count == 1
    (folder / "mkdocs.yml").write_text(frame, encoding="utf-8")
