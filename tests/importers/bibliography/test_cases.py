"""Bibliographies as people and programs write them, each with the records that they must become.

The cases in `tests/data/bibliographies/cases` are invented: identity, verbatim fields, broken
BibTeX, values that vanish, names, venues, other formats, keys and notes, and files as exporters
write them. A value that an entry has is in the record, or in the report.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from catalog.cli import run
from catalog.errors import CatalogError
from catalog.importers.bibliography import decode_latex
from catalog.importers.files import import_data
from catalog.importers.venues.names import read_venue
from catalog.model.identifiers import IDENTIFIERS
from catalog.model.names import PersonName, parse_name
from catalog.store.yaml import read_yaml

CASES = Path(__file__).parents[2] / "data" / "bibliographies" / "cases"
TEXTS = ("month", "volume", "number", "pages", "publisher", "address", "booktitle", "tldr")
REPORTABLE = ("pages", "publisher", "booktitle", "number")

Case = dict[str, Any]
Record = Mapping[str, Any]


def _read_cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*cases.json")):
        yield from json.loads(path.read_text("utf-8"))
    for path in sorted((CASES / "dialects").glob("*.expect.json")):
        case = json.loads(path.read_text("utf-8"))
        name = path.name.removesuffix(".expect.json")
        text = (CASES / "dialects" / name).read_bytes().decode("utf-8")
        yield {"kind": "dialect", "name": name, "files": {name: text}, **case}


ALL = list(_read_cases())
VENUES = [
    case
    for path in sorted(CASES.glob("*venues.json"))
    for case in json.loads(path.read_text("utf-8"))
]


def _fold(text: object) -> str:
    plain = unicodedata.normalize("NFC", str(text)).translate(str.maketrans("’‘“”", "''\"\""))
    return re.sub(r"[\s.]+", " ", plain).strip().casefold()


def _to_name(value: Any) -> PersonName:  # noqa: ANN401 - what the list has
    return PersonName(**value) if isinstance(value, dict) else parse_name(value)


def _are_names(values: Sequence[Any], names: Sequence[str], also: Mapping[str, str]) -> bool:
    squeeze = re.compile(r"[\s.,]")
    if len(values) != len(names):
        return False
    for value, name in zip(values, names, strict=True):
        person = _to_name(value)
        shown = {squeeze.sub("", _fold(form)) for form in (person.display, person.inverted)}
        wanted = {squeeze.sub("", _fold(form)) for form in (name, also.get(name, name))}
        if shown.isdisjoint(wanted):
            return False
    return True


def _find_faults(  # noqa: C901, PLR0912 - one branch for each kind of expectation
    expected: Case, record: Record, head: Record, report: str
) -> Iterator[str]:
    for name, value in expected.items():
        got = record.get(name)
        if name == "booktitle" and got is None:
            got = record.get("venue")
        choices = [_fold(one) for one in (value, *_also(expected, name))]
        is_optional = got is None and expected.get(f"{name}_optional")
        if name == "title":
            ok = _fold(got).rstrip(".") in [choice.rstrip(".") for choice in choices]
        elif name in ("authors", "editors"):
            also = expected.get("authors_also")
            ok = _are_names(got or [], value, also if isinstance(also, dict) else {})
        elif name == "venue":
            row = (head.get("venues") or {}).get(got) or {}
            ok = is_optional or not {_fold(got), _fold(row.get("name"))}.isdisjoint(choices)
        elif name in ("doi", "arxiv", "openreview", "acl", "year", "key", *TEXTS):
            is_reported = got is None and name in REPORTABLE and str(value) in report
            ok = bool(is_optional) or is_reported or (got is not None and _fold(got) in choices)
        elif name.startswith("abstract"):
            ok = all(_fold(one) in _fold(record.get("abstract")) for one in _list(value))
        elif name in ("url", "urls"):
            links = _links_of(record)
            also = _also(expected, "url")
            ok = all({url, *also} & {*links} or url in report for url in _list(value))
        elif name == "links":
            ok = all((record.get("links") or {}).get(kind) == url for kind, url in value.items())
        elif name == "absent":
            ok = not any(record.get(one) for one in value)
        elif name.startswith("not_"):
            ok = record.get(name[4:]) not in [str(one) for one in _list(value)]
        elif name == "key_not":
            ok = record.get("key") != value
        elif name == "more_authors":
            ok = got == "true"
        elif name.startswith("cite_keys") and not name.endswith("optional"):
            keys = [
                record.get("key"),
                *(record.get("aliases") or ()),
                *(record.get("cite_keys") or ()),
            ]
            ok = bool(expected.get("cite_keys_optional")) or set(value) <= set(keys)
        elif name == "note":
            ok = got == value
        else:
            continue
        if not ok:
            yield f"{expected.get('title')}: {name}: {value!r}, and not {got!r}"


def _also(expected: Case, name: str) -> list[str]:
    also = expected.get(f"{name}_also") or []
    return list(also) if isinstance(also, list) else []


def _list(value: Any) -> list[Any]:  # noqa: ANN401 - as above
    return value if isinstance(value, list) else [value]


def _links_of(record: Record) -> list[str]:
    links = list((record.get("links") or {}).values())
    return links + [kind.to_url(record[kind.field]) for kind in IDENTIFIERS if kind.field in record]


def _find_record(expected: Case, records: Sequence[Record]) -> Record | None:
    titles = {_fold(one).rstrip(".") for one in (expected.get("title"), *_also(expected, "title"))}
    keys = set(expected.get("cite_keys", ()))
    named = [one for one in records if _fold(one.get("title", "")).rstrip(".") in titles]
    named += [one for one in records if keys & {one.get("key"), *(one.get("cite_keys") or ())}]
    return min(named, key=lambda one: len([*_find_faults(expected, one, {}, "")]), default=None)


def _import(case: Case, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Record, str]:
    """Return the list that a case becomes, and the report."""
    command = case.get("command")
    if command is None:
        data = {name: text.encode() for name, text in case["files"].items()}
        result = import_data(data)
        document = read_yaml(result.made.to_yaml().encode(), "papers.yaml")
        assert isinstance(document.value, dict)
        return document.value, result.summary
    for name, text in case["files"].items():
        (folder / name).write_text(text, "utf-8")
    words = command.split()
    target = "papers.yaml"
    if words[0] == "import":
        words, target = (
            [*(word for word in words if word != "--dry-run"), "-o", "new.yaml"],
            "new.yaml",
        )
    code = run(["-C", str(folder), *words])
    shown = capsys.readouterr()
    assert code == case.get("exit", code), shown.err
    document = read_yaml((folder / target).read_bytes(), target)
    assert isinstance(document.value, dict)
    return document.value, shown.out + shown.err


@pytest.mark.parametrize("case", ALL, ids=[f"{case['kind']}-{case['name']}" for case in ALL])
def test_an_entry_becomes_its_record_and_what_is_lost_is_named(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        head, report = _import(case, tmp_path, capsys)
    except CatalogError as error:
        # A file of one broken entry has nothing to read.
        assert all(one.get("rejected") for one in case["expect"]), error
        return
    records: list[Any] = list(head["papers"])
    whole = report + json.dumps(records, ensure_ascii=False)
    for expected in case["expect"]:
        record = _find_record(expected, records)
        is_rejectable = expected.get("rejected") or expected.get("rejected_or_read")
        assert record is not None or is_rejectable, (expected, report)
        if record is not None:
            assert list(_find_faults(expected, record, head, report)) == []
    if not any(expected.get("rejected") for expected in case["expect"]):
        assert len(records) == len(case["expect"])
    for text in case.get("must_report", ()):
        assert text in (whole if case.get("must_report_or_keep") else report)
    for text in case.get("must_keep", ()):
        assert text in whole
    assert not {record["title"] for record in records} & set(case.get("absent_titles", ()))


@pytest.mark.parametrize(
    "case", VENUES, ids=[f"{n}-{one['venue']}" for n, one in enumerate(VENUES)]
)
def test_a_venue_is_found_in_what_publishers_write(case: Case) -> None:
    venue = read_venue(decode_latex(case["raw"]))
    assert venue is not None
    names = {_fold(venue.short), _fold(venue.name)}
    assert not names.isdisjoint(map(_fold, (case["venue"], *case.get("also", ()))))
