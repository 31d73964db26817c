"""The whole flow: check, README, then the site with its exports by a site engine."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from catalog.checks.check import CheckResult, check
from catalog.model.catalog import Catalog
from catalog.render.citation_cff import CITATION, render_citation
from catalog.render.digests import digest_program
from catalog.render.kept_blocks import KEPT_FOLDER
from catalog.render.memo import Memo
from catalog.render.readme import list_files, render_readme_files
from catalog.render.templates import find_default
from catalog.site import stamp_beside
from catalog.site.addresses import to_file, to_paper
from catalog.site.engines import Engine, find_engine
from catalog.site.figures import find_figures
from catalog.site.mkdocs import SOURCES, Site, empty_folder
from catalog.store.cache_dir import open_cache
from catalog.store.files import TextFile, Watch, WriteResult, is_current, write_all
from catalog.store.list_folder import PAPERS_FILE
from catalog.store.manifest import Manifest
from catalog.store.symlinks import refuse_outside
from catalog.store.temp_names import remove_leftovers
from catalog.tasks.frames import ensure_frame
from catalog.tasks.github.issue_form import FORM_FILE, render_issue_form
from catalog.tasks.up_to_date import BuildInputs


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did. `site` is None when the check found errors.

    `notes` are lines that the list's owner should read. `traces` are what it read and wrote, None
    when that is not all known.
    """

    checked: CheckResult
    readme: WriteResult | None = None
    site: Path | None = None
    notes: tuple[str, ...] = ()
    traces: BuildInputs | None = None


def build(  # noqa: PLR0913 - what a command has
    folder: Path | str,
    *,
    today: date | None = None,
    engine: str | None = None,
    strict: bool = False,
    begin: Callable[[str], None] = lambda stage: None,
    watch: Watch = iter,
) -> BuildResult:
    """Check the list in `folder`, write its README and build its site.

    Nothing is written when the check finds errors, or warnings and it is strict. `begin` is
    called with the name of each stage, and all files of the site pass through `watch`. Without an
    `engine`, it is the one that mkdocs.yml names. Raises `EngineError` when the engine is missing
    or fails.
    """
    begin("checking the papers")
    folder = Path(folder)
    checked = check(folder, today=today)
    if checked.catalog is None or not checked.is_ok(strict=strict):
        return BuildResult(checked)
    begin("writing README.md")
    program = digest_program(folder)
    cache = open_cache(folder) / "build"
    memo = Memo(checked.catalog, cache / "texts", program)
    readme = write_readme(checked.catalog, folder, memo)
    used = Engine(engine) if engine else find_engine(folder)
    begin(f"building the site with {used}")
    site, manifest = _build_frame(used, checked.catalog, folder, cache, memo, strict=strict)
    begin("writing the papers into the site")
    written = stamp_beside(
        checked.catalog,
        site.frame,
        site.folder,
        folder,
        url=site.url,
        settings=site.settings,
        manifest=manifest,
        memo=memo,
        watch=watch,
    )
    notes = (*readme.notes, *site.notes, *written.notes)
    return BuildResult(
        checked, readme, site.folder, notes, _find_traces(checked.catalog, folder, site)
    )


def _find_traces(catalog: Catalog, folder: Path, site: Site) -> BuildInputs | None:
    if site.sources is None:
        return None
    return BuildInputs(
        read=(
            *(folder / name for name in SOURCES),
            folder / KEPT_FOLDER,
            *(folder / name for name in find_figures(catalog, folder)),
            *site.sources,
            *map(find_default, ("templates", "site_src")),
        ),
        seen=(folder,),
        written=tuple(folder / name for name in (*list_files(), *_KEPT)),
        site=site.folder,
    )


def _build_frame(  # noqa: PLR0913 - what a build has
    engine: Engine, catalog: Catalog, folder: Path, cache: Path, memo: Memo, *, strict: bool
) -> tuple[Site, Manifest]:
    """Have an engine build the frame; return the site, and what is known of its folder."""
    frame = cache / f"frame-{engine}"
    site = ensure_frame(engine, catalog, folder, frame, memo.program, strict=strict)
    manifest = Manifest(site.folder, cache / "site.manifest", f"{memo.program} {engine}")
    if not manifest.is_known:
        # A site of another program, or of one before: all of it goes, as MkDocs does each time.
        empty_folder(site.folder)
    keys = (key for paper in catalog.papers for key in (paper.key, *paper.aliases))
    manifest.make_way(site.settings.place(to_file(to_paper(key))) for key in keys)
    return site, manifest


def write_readme(catalog: Catalog, folder: Path, memo: Memo | None = None) -> WriteResult:
    """Write README.md, its pictures and, where they are, CITATION.cff and the issue form."""
    for name in (PAPERS_FILE, *list_files(), *_KEPT):
        refuse_outside((folder / name).parent, folder)
        remove_leftovers(folder / name)
    readme = render_readme_files(catalog, folder, memo)
    written = write_all(folder, [*readme.files, *_render_kept(catalog, folder)])
    if readme.hidden:
        written.notes.append(
            "README.md shows the newest papers of each section, as GitHub shows 512 KB of a file; "
            f"{readme.hidden:,} more are on the website"
        )
    return written


def find_stale(catalog: Catalog, folder: Path) -> list[str]:
    """Return the committed outputs that a build would change, by their paths below `folder`."""
    rendered = [*render_readme_files(catalog, folder).files, *_render_kept(catalog, folder)]
    return [name for name, text in rendered if not is_current(folder / name, text)]


def _render_kept(catalog: Catalog, folder: Path) -> Iterator[TextFile]:
    for name, render in _KEPT.items():
        if _is_generated(folder / name):
            yield name, render(catalog, folder)


def _is_generated(path: Path) -> bool:
    """Return whether a file is there to be generated: an empty one, or one with the banner.

    An owner's own CITATION.cff or issue form is not replaced.
    """
    try:
        begin = path.read_text(encoding="utf-8", errors="replace")[:200].strip()
    except OSError:
        return False
    return not begin or "Generated from papers.yaml" in begin


_KEPT = {CITATION: render_citation, FORM_FILE: render_issue_form}
"""What is written where a list has it already, generated or empty: its owner chose to have it."""
