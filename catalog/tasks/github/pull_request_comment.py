"""Changes of a list as a comment on a pull request: a card for each new or changed record.

Everything shown comes from a pull request of anyone, so all of it is escaped: it cannot close the
comment's markup, call people by @, refer to issues, or load pictures.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from catalog.checks.compare import Change, Changes
from catalog.model.catalog import Catalog
from catalog.model.findings import Finding, Fix
from catalog.model.records import Paper
from catalog.model.types import Value
from catalog.render.citations.bibtex import to_bibtex
from catalog.render.templates import find_macro, render
from catalog.store.yaml.writer import compose_record

MAX_CHARACTERS = 60_000
"""GitHub takes comments of up to 65,536 characters."""
# A reader fixes some and pushes again; all of them are in the log.
_MOST_FINDINGS = 20
# Characters of a value: an abstract is shown by its beginning.
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class PaperSummary:
    """What the comment shows of a record. `title` is its key when it has no readable title."""

    key: str
    title: str
    url: str | None
    is_new: bool
    byline: str
    venue: str | None
    year: int | None
    sections: tuple[str, ...]
    links: Mapping[str, str]
    edits: tuple[tuple[str, str | None, str | None], ...]
    """Field, old and new value of what differs in a record that was there before."""
    findings: tuple[Finding, ...]
    fixes: tuple[str, ...]
    """Lines of YAML that fix findings."""
    bibtex: str | None


def render_diff(changes: Changes, folder: Path) -> str:
    """Return the comment as Markdown, of a length that GitHub takes."""
    cards = [_to_card(change, changes) for change in changes.changed]
    shown = {card.key for card in cards}
    others = [finding for finding in changes.checked.findings if finding.key not in shown]
    head = render(
        folder,
        "diff.md.j2",
        new=sum(card.is_new for card in cards),
        changed=sum(not card.is_new for card in cards),
        removed=changes.removed,
        has_edited_readme=changes.has_edited_readme,
        errors=changes.checked.errors,
        warnings=changes.checked.warnings,
        others=others[:_MOST_FINDINGS],
        more=max(0, len(others) - _MOST_FINDINGS),
        fixes=[write_fix(finding.fix) for finding in others if finding.fix],
    )
    write_card = find_macro(folder, "diff_card.md.j2", "card")
    return head + "".join(_fit((write_card(card) for card in cards), len(cards), len(head)))


def _fit(texts: Iterator[str], total: int, used: int) -> Iterator[str]:
    for number, text in enumerate(texts):
        used += len(text)
        if used > MAX_CHARACTERS:
            yield f"\n…and {total - number} more: `catalog diff` on your computer shows all.\n"
            return
        yield text


def _to_card(change: Change, changes: Changes) -> PaperSummary:
    catalog = changes.loaded.catalog
    paper = catalog.papers[change.index] if catalog is not None else None
    key = str(change.record["key"])
    findings = tuple(f for f in changes.checked.findings if f.key == key)[:_MOST_FINDINGS]
    # A stand-in for what could not be read has no title or key.
    is_whole = paper is not None and not changes.loaded.origins[change.index].broken
    return PaperSummary(
        key=key,
        title=_to_text(change.record.get("title")) or key,
        url=paper.url if paper else None,
        is_new=change.before is None,
        byline=_write_byline(paper) if paper else "",
        venue=paper.venue if paper else None,
        year=paper.year if paper else None,
        sections=_name_sections(paper, catalog) if paper and catalog else (),
        links=paper.all_links if paper else {},
        edits=tuple(_find_edits(change)) if change.before is not None else (),
        findings=findings,
        fixes=tuple(dict.fromkeys(write_fix(f.fix) for f in findings if f.fix)),
        bibtex=to_bibtex(catalog, paper) if is_whole and paper and catalog else None,
    )


def _write_byline(paper: Paper) -> str:
    names = [name.display for name in paper.authors[:10]]
    has_more = paper.more_authors or len(paper.authors) > len(names)
    return ", ".join([*names, "…"] if has_more else names)


def _name_sections(paper: Paper, catalog: Catalog) -> tuple[str, ...]:
    by_id = catalog.section_by_id
    return tuple(by_id[id_].title if id_ in by_id else id_ for id_ in paper.sections)


def _find_edits(change: Change) -> Iterator[tuple[str, str | None, str | None]]:
    before = change.before or {}
    for name in change.fields:
        yield name, _to_text(before.get(name)), _to_text(change.record.get(name))


def _to_text(value: Value | None) -> str | None:
    """Return a value as one short line; None when there is none."""
    if value is None:
        return None
    if isinstance(value, dict):
        text = ", ".join(f"{name}: {_to_text(part)}" for name, part in value.items())
    else:
        text = value if isinstance(value, str) else ", ".join(filter(None, map(_to_text, value)))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def write_fix(fix: Fix) -> str:
    """Return the line of YAML that fixes a finding."""
    field, value = fix
    return compose_record({field: list(value) if isinstance(value, tuple) else value})
