"""What became of an old list, in a few lines."""

from collections import Counter
from collections.abc import Iterator

from catalog.importers.markdown.coverage import Fate
from catalog.importers.markdown.reader import ReadList
from catalog.model.findings import count_of
from catalog.tasks.init.old_files import OldFile
from catalog.tasks.init.plan import InitPlan

_NAMES = {"readme/header.md": "header", "readme/footer.md": "footer"}
# Names on one line of the summary before it counts the rest.
_MOST_NAMED = 6


def describe_plan(plan: InitPlan) -> Iterator[str]:
    """Yield what was found and what it becomes, a line each."""
    yield from _describe_papers(plan)
    yield from _describe_kept(plan)
    yield from _describe_doubts(plan)
    facts = [f"default branch {plan.facts.branch}"]
    if plan.repository.url:
        facts.insert(0, plan.repository.url)
    if plan.licences:
        facts.append("licence " + ", ".join(plan.licences.values()))
    else:
        facts.append("no licence found (add one with --licence, or `licence:` in papers.yaml)")
    yield "Repository: " + ", ".join(facts)
    if plan.left:
        yield f"Left as they are, because they exist: {_name_some(plan.left)}"


def _describe_papers(plan: InitPlan) -> Iterator[str]:
    papers = plan.papers
    if papers is None:
        return
    parts = [count_of(len(papers.drafts), "paper")]
    if papers.resources:
        kinds = Counter(one.kind for one in papers.resources)
        shown = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
        parts.append(f"{count_of(len(papers.resources), 'resource')} ({shown})")
    survey = papers.made.head["survey"]
    found = survey if isinstance(survey, dict) else {}
    for name, noun in (("figures", "figure"), ("cite", "citation")):
        items = found.get(name)
        if isinstance(items, list):
            parts.append(count_of(len(items), noun))
    names = _name_some(tuple(_name_file(plan, file) for file in plan.old))
    yield f"{names}: {', '.join(parts)}"


def _describe_kept(plan: InitPlan) -> Iterator[str]:
    papers = plan.papers
    if papers is None or not papers.kept:
        return
    named = [_NAMES[name] for name, _ in papers.kept if name in _NAMES]
    sections = sum(name not in _NAMES for name, _ in papers.kept)
    if sections:
        named.append(f"text or pictures of {count_of(sections, 'section')}")
    yield f"Kept word for word in readme/: {', '.join(named)}"


def _describe_doubts(plan: InitPlan) -> Iterator[str]:
    papers = plan.papers
    if papers is None:
        return
    doubts = Counter(name for draft in papers.drafts for name in draft.doubts)
    unparsed = sum(
        file.read.counts[Fate.UNPARSED] for file in plan.old if isinstance(file.read, ReadList)
    )
    parts = [f"{number} × {name}" for name, number in doubts.most_common(_MOST_NAMED)]
    if unparsed:
        parts.append(count_of(unparsed, "line not understood", "lines not understood"))
    if parts:
        yield f"Doubtful (marked in papers.yaml, compare old-and-new): {', '.join(parts)}"
    elif plan.old:
        yield "Nothing doubtful"


def _name_file(plan: InitPlan, file: OldFile) -> str:
    """Return the path of a file in the list's folder, the name of another."""
    path, folder = file.path.resolve(), plan.folder.resolve()
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name


def _name_some(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown
