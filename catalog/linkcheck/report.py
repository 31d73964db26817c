"""Links as text for people, JSON for programs, annotations and an issue for GitHub."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from catalog.checks.report import to_json, write_annotation
from catalog.linkcheck.results import CheckedLink, Group, LinkReport
from catalog.model.findings import Location, Severity, count_of
from catalog.render.templates import render
from catalog.store.git import find_prefix
from catalog.store.link_status import Status
from catalog.store.load import LoadResult
from catalog.text.characters import to_printable

MOST_ROWS = 200
"""Rows of a group in an issue, which GitHub bounds at 65,536 characters."""

NOTHING_TO_DO = "Nothing is left to do"
"""How the body of an issue that may be closed begins; a run that broke off writes none at all."""


class LinkFormat(StrEnum):
    """How links are printed."""

    TEXT = "text"
    """Grouped by what to do, for people."""
    JSON = "json"
    """One object, for programs."""
    GITHUB = "github"
    """Workflow commands, which GitHub shows next to the changed lines."""
    ISSUE = "issue"
    """Markdown, the body of an issue that is renewed; one line when there is nothing to do."""


def report_links(results: LinkReport, format: LinkFormat, loaded: LoadResult, folder: Path) -> str:
    """Return what is known of links, in the form asked for."""
    if format is LinkFormat.JSON:
        rows = [row.to_dict() for row in results.rows]
        return to_json({"summary": results.summary, "links": rows})
    if format is LinkFormat.GITHUB:
        return "".join(line + "\n" for line in _annotate(results, loaded, find_prefix(folder)))
    if format is LinkFormat.ISSUE:
        return _write_issue(results, folder)
    return "".join(_to_text(group) for group in results.groups) + summarise(results) + "\n"


def summarise(results: LinkReport) -> str:
    """Return the closing line: `158 links: 150 alive, 6 blocked, 2 dead`."""
    counts = ", ".join(f"{count:,} {status}" for status, count in results.summary.items() if count)
    return count_of(len(results.rows), "link") + (f": {counts}" if counts else "")


def _to_text(group: Group) -> str:
    lines = [f"{group.title} ({len(group.rows)}): {group.advice}"]
    for row in group.rows:
        lines += [f"  {row.link.url}", f"    {_where(row)}: {_why(row)}"]
        if row.suggestion is not None:
            lines.append(f"    instead: {row.suggestion}")
    return "\n".join(map(to_printable, lines)) + "\n\n"


def _where(row: CheckedLink) -> str:
    keys = ", ".join(row.link.keys)
    return f"{keys} ({row.link.field})" if keys else row.link.field


def _why(row: CheckedLink) -> str:
    state = row.state
    facts = [state.reason or state.status.label]
    if state.first_failed is not None:
        facts.append(f"failing since {state.first_failed}")
        facts.append(f"last alive {state.last_alive}" if state.last_alive else "never seen alive")
    return ", ".join(facts)


def _annotate(results: LinkReport, loaded: LoadResult, prefix: str) -> Iterator[str]:
    """Yield a command for each place of a link that somebody should do something about."""
    places = {
        paper.key: index for index, paper in enumerate(loaded.catalog.papers)
    } if loaded.catalog else {}  # fmt: skip
    for row in results.rows:
        title = _title_of(row)
        if title is None:
            continue
        severity = Severity.ERROR if row.state.status is Status.DEAD else Severity.WARNING
        hint = f"; instead: {row.suggestion}" if row.suggestion else ""
        message = to_printable(f"{row.link.url}: {_why(row)}{hint}")
        for place in row.link.places:
            paper = places.get(place.key) if place.key else None
            if paper is not None:
                spot = loaded.place(Location(paper, tuple(place.field.split("."))))
            elif ":" in place.field:
                file, _, line = place.field.rpartition(":")
                spot = (file, int(line), 1)
            else:
                spot = loaded.place(Location(None, tuple(place.field.split("."))))
            yield write_annotation(severity, (prefix + spot[0], *spot[1:]), title, message)


def _title_of(row: CheckedLink) -> str | None:
    if row.is_mismatch:
        return "identifier-mismatch"
    titles = {Status.DEAD: "link-dead", Status.MOVED: "link-moved"}
    return titles.get(row.state.status)


def _write_issue(results: LinkReport, folder: Path) -> str:
    """Return the body of the issue; one line that says so when nothing asks for a person."""
    groups = [group for group in results.groups if group.title != "Skipped"]
    if not any(group.title in ("Wrong paper", "Dead", "Moved") for group in groups):
        return f"{NOTHING_TO_DO}: {summarise(results)}.\n"
    shown = [(group, group.rows[:MOST_ROWS], _why) for group in groups]
    return render(folder, "links_issue.md.j2", groups=shown, summary=summarise(results))
