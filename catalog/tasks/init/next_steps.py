"""What the owner of a new list does next, in a few lines of plain text."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from catalog.render.readme import README
from catalog.tasks.init.plan import COMPARISON, InitPlan

_IGNORED = {"/site/": "site", "/.venv/": ".venv"}
# What a workflow that publishes a website names: actions/deploy-pages, peaceiris/actions-gh-pages,
# `mkdocs gh-deploy`.
_PUBLISHES = re.compile(r"deploy-pages|gh-pages|gh-deploy")
_LARGEST_WORKFLOW = 100_000
_PUBLISH = ".github/workflows/publish.yml"
_PAGES = ("index.html", "_config.yml")
"""Files at the top of a repository whose branch is published by GitHub Pages, itself or by Jekyll.

https://docs.github.com/en/pages/getting-started-with-github-pages/creating-a-github-pages-site
"""


def list_next_steps(plan: InitPlan, place: Path) -> Iterator[str]:
    """Yield the next steps, those with a command as shells take it: bash, zsh and fish."""
    way = [f"cd {shlex.quote(str(place))}"] if place != Path() else []
    ignored = _find_missing_lines(plan)
    if ignored:
        lines = "".join(rf"{line}\n" for line in ignored)
        way.append(rf"printf '\n{lines}' >> .gitignore")
    yield f"next: {' && '.join([*way, 'catalog build'])}"
    if "mkdocs.yml" in plan.left:
        yield "mkdocs.yml is yours: add `catalog` to its `plugins:`, next to `search`"
    yield from _describe_readme(plan)
    for name in plan.left:
        if Path(name).stem.lower() == "contributing":
            yield f"{name} is yours: let it ask for a file papers/KEY.yaml, not an edit of {README}"
    for name in _find_bibliographies(plan):
        add = f"catalog add {name} --section {plan.facts.section} --update --write"
        yield f"{name} may have fields that records lack: {add} (new papers join that section)"
    yield from _describe_website(plan)
    if plan.is_in_place:
        yield "commit everything at once; one `git revert` undoes it"


def _find_missing_lines(plan: InitPlan) -> list[str]:
    """Return the lines that the owner's .gitignore needs, so that no built file is committed."""
    if ".gitignore" not in plan.left:
        return []
    text = (plan.folder / ".gitignore").read_text("utf-8", "replace")
    there = {line.strip().strip("/") for line in text.splitlines()}
    return [line for line, name in _IGNORED.items() if name not in there]


def _describe_readme(plan: InitPlan) -> Iterator[str]:
    if not plan.is_in_place:
        return
    for name, _ in plan.copies:
        if name.lower() == "readme.old.md":
            yield f"the build replaces {README}; the old one is kept as {name} and in git"
    if not plan.old and plan.prose is not None:
        kept = "; its text is kept in readme/header.md" if plan.prose.prose else ""
        yield f"{plan.prose.path.name} has no list of papers, so the new list is empty{kept}"
    replaced = [file.path.name for file in (*plan.old, plan.prose) if file is not None]
    for name in replaced:
        if re.fullmatch(r"(?i)readme\.(?!md$)\w+", name):
            yield f"GitHub shows {README} once it is there: delete {name} when you have compared"
    if plan.old and COMPARISON not in plan.left:
        yield "then open site/old-and-new/index.html, which compares old lines with new entries"


def _find_bibliographies(plan: InitPlan) -> Iterator[str]:
    """Yield the bibliographies next to a list that was not made from them."""
    if plan.papers is None:
        return
    named = {file.path.resolve() for file in plan.old}
    for path in sorted(plan.folder.glob("*.bib")):
        if path.is_file() and path.resolve() not in named:
            yield shlex.quote(path.name)


def _describe_website(plan: InitPlan) -> Iterator[str]:
    website = plan.repository.website
    if website is None or not plan.is_in_place or _PUBLISH in plan.left:
        return
    theirs = next(_find_publishers(plan.folder), None)
    if theirs is None:
        yield (
            f"{website} exists after the first push with Settings → Pages → Source set to GitHub "
            "Actions; without a website, remove `website:` from papers.yaml and publish.yml"
        )
    else:
        yield (
            f"{theirs} publishes a website already, maybe at {website}: to keep that one, delete "
            f"{_PUBLISH} and correct `website:` in papers.yaml"
        )


def _find_publishers(folder: Path) -> Iterator[str]:
    """Yield the files by which a website is published now."""
    yield from (name for name in _PAGES if (folder / name).is_file())
    workflows = sorted((folder / ".github/workflows").glob("*.y*ml"))
    for path in workflows:
        name = path.relative_to(folder).as_posix()
        text = path.read_text("utf-8", "replace")[:_LARGEST_WORKFLOW]
        if name != _PUBLISH and _PUBLISHES.search(text):
            yield name
