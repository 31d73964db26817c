"""A finished site folder in, the whole website out: papers and sections stamped into its frame."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from catalog.errors import TemplateFaultError
from catalog.model.catalog import Catalog
from catalog.render.digests import digest
from catalog.render.memo import Memo
from catalog.render.templates import find_default
from catalog.site import addresses, disk_scripts, theme
from catalog.site.content_security_policy import insert_policy
from catalog.site.context import SiteContext
from catalog.site.engine_files import FRAME, EngineFiles, SiteFolderError, is_frame
from catalog.site.figures import render_figures
from catalog.site.large_lists import tell_size
from catalog.site.link_state import read_link_state
from catalog.site.page_frame import (
    PageFrame,
    find_description,
    find_regions,
    insert_head,
    read_page_title,
    squeeze,
)
from catalog.site.pages import Pages
from catalog.site.search_data import render_chunks
from catalog.site.settings import SiteSettings
from catalog.site.sitemap import (
    COMPRESSED,
    SITEMAP,
    extend_sitemap,
    render_compressed,
    render_robots,
    render_sitemap,
    render_sitemap_apart,
)
from catalog.site.theme_search import render_theme_search
from catalog.store.files import LazyFile, OutputFile, TextFile, Watch, WriteResult, write_all
from catalog.store.manifest import Manifest
from catalog.store.repository import ISSUE_FORM, has_issue_form

ASSETS = "assets/catalog"
MISSING, ROBOTS = "404.html", "robots.txt"

# `<h1>404 - Not found</h1>`, as the theme writes it.
_MISSING_TITLE = re.compile(r"<h1[^>]*>404[^<]*</h1>", re.IGNORECASE)


_NO_SETTINGS = SiteSettings()


def stamp_site(  # noqa: PLR0913 - what a plugin has
    catalog: Catalog,
    site: Path,
    folder: Path,
    *,
    url: str | None = None,
    settings: SiteSettings = _NO_SETTINGS,
    is_live: bool = False,
    is_fresh: bool = True,
) -> WriteResult:
    """Complete the site that an engine has built: papers, sections, exports, data, sitemap.

    `folder` is the list's, whose templates come first. `url` is where the site will stand; without
    it, the website that the survey names. `is_live` is for a server that adds scripts of its own to
    each page; `is_fresh` says that nothing but the engine's files is in the folder. The frame page
    is taken away. Raises `SiteFolderError` when the frame is not there or has lost its mark.
    """
    job = _Job.gather(catalog, folder, url, settings, Memo(catalog), is_live=is_live)
    written = write_all(site, _render_site(job, EngineFiles(site, settings, is_fresh=is_fresh)))
    _remove_leftovers(site, settings)
    written.notes += tell_size(catalog, written.size)
    return written


def stamp_beside(  # noqa: PLR0913 - what a build has
    catalog: Catalog,
    frame: Path,
    site: Path,
    folder: Path,
    *,
    url: str | None,
    manifest: Manifest,
    memo: Memo,
    settings: SiteSettings = _NO_SETTINGS,
    watch: Watch = iter,
    is_live: bool = False,
) -> WriteResult:
    """Make the whole site in `site` of the engine's site in `frame`, which stays as it is.

    The files are those of `stamp_site`. What `manifest` knows to be there is not made again. All
    files pass through `watch`.
    """
    job = _Job.gather(catalog, folder, url, settings, memo, is_live=is_live)
    rendered = _render_site(job, EngineFiles(frame, settings))
    with manifest:
        written = write_all(
            site, watch(_add_engine_files(rendered, frame, is_guest=settings.is_guest)), manifest
        )
        manifest.finish()
    memo.save()
    written.notes += tell_size(catalog, written.size)
    return written


@dataclass(frozen=True, slots=True)
class _Job:
    """One list in one site: `site_url` is the site's address, and `context.url` the list's."""

    context: SiteContext
    settings: SiteSettings
    site_url: str | None
    is_live: bool

    @classmethod
    def gather(  # noqa: PLR0913 - what both callers have
        cls,
        catalog: Catalog,
        folder: Path,
        url: str | None,
        settings: SiteSettings,
        memo: Memo,
        *,
        is_live: bool,
    ) -> Self:
        site_url = _end_in_slash(url)
        context = SiteContext(
            catalog,
            folder,
            site_url + settings.path if site_url else _end_in_slash(catalog.survey.links.website),
            memo,
            _find_files(folder),
            read_link_state(folder),
            _find_issue_form(folder),
        )
        if site_url is None and not settings.path:
            site_url = context.url
        return cls(context, settings, site_url, is_live)

    def insert_policy(self, html: str) -> str:
        return insert_policy(html, self.settings, is_live=self.is_live)

    def complete(  # noqa: PLR0913 - what a page has
        self,
        pages: Pages,
        html: str,
        root: str,
        traits: theme.Traits,
        *,
        head: str | None = None,
        is_browse: bool = False,
    ) -> str:
        """Add to a page what every page of the list has: search box, style, scripts and footer.

        `traits` are those of the engine's page. `head` is that of such a page, None for the frame.
        """
        html = insert_head(html, pages.assets(root, traits) + (head or ""))
        html = theme.insert_footer(html, pages.footer(root, is_prose=head is not None))
        return theme.insert_header(html, pages.header(root, traits, is_browse=is_browse))


def _render_site(job: _Job, engine: EngineFiles) -> Iterator[OutputFile]:
    """Render every file; what the engine built is read before anything is written over it."""
    pages, settings = Pages(job.context), job.settings
    frame_html = engine.read_frame()
    prose = engine.read_pages()
    found = [address for address, _ in prose if address != MISSING]
    stamped = list[str]()
    yield from engine.place(_render_pages(pages, job, frame_html, stamped))
    for address, html in prose:
        yield _to_path(address), _finish(pages, job, address, job.insert_policy(html))
    yield from engine.place(_render_data(pages, job))
    yield from engine.place(_render_assets(engine, settings))
    found += map(settings.place, stamped)
    if not settings.is_guest and not engine.has(ROBOTS):
        yield ROBOTS, render_robots(job.site_url)
    if job.site_url is not None:
        yield from _render_sitemaps(job, engine, found, theme.find_traits(frame_html))
    yield from render_theme_search(job.context.catalog, engine, settings)


def _render_pages(
    pages: Pages, job: _Job, frame_html: str, stamped: list[str]
) -> Iterator[OutputFile]:
    """Render the pages of the list; `stamped` gets their addresses."""
    for address, output in _stamp(pages, job, frame_html):
        stamped.append(address)
        yield output
    for address, html in pages.redirects(job.settings):
        yield addresses.to_file(address), html


def _render_data(pages: Pages, job: _Job) -> Iterator[OutputFile]:
    """Render the files of the list that are not pages."""
    context = job.context
    yield from render_chunks(
        context.catalog, context.newest, context.memo, context.downloads, context.described
    )
    yield from context.downloads.render()
    yield from render_figures(context.catalog, context.folder)
    yield from pages.files_for_machines()


def _render_sitemaps(
    job: _Job, engine: EngineFiles, found: list[str], traits: theme.Traits
) -> Iterator[OutputFile]:
    """Render the sitemap of the list's own site, or extend that of a guest's site."""
    url, old = job.site_url, engine.read(SITEMAP)
    assert url is not None
    if not job.settings.is_guest:
        yield from render_sitemap(found, url)
        return
    if old is None:
        return
    if traits.has_instant_loading:
        yield from render_sitemap_apart(found, url, job.settings.path)
    new = extend_sitemap(old, found, url, is_apart=traits.has_instant_loading)
    yield SITEMAP, new
    if engine.has(COMPRESSED):
        yield render_compressed(new)


def _stamp(pages: Pages, job: _Job, frame_html: str) -> Iterator[tuple[str, LazyFile]]:
    """Fill the frame with each section and each paper; give their addresses and files."""
    root = addresses.to_root(addresses.to_paper("key"))
    framed = job.insert_policy(theme.wrap_region(theme.without_edit_button(frame_html), "frame"))
    traits = theme.find_traits(frame_html)
    html = squeeze(job.complete(pages, framed, root, traits))
    compact = pages.papers.make_compact_frame(frame_html, root)
    of_papers = html
    if compact:
        of_papers = squeeze(insert_head(job.insert_policy(compact), pages.assets(root, traits)))
    # A template of the list's own may show more than the package's does.
    shared = pages.digest, pages.papers_digest if pages.has_own_templates else None
    for tab, whole, found in (
        # First what an editor looks at while `catalog serve` writes the rest.
        (addresses.PAPERS, of_papers, pages.papers.pages()),
        (addresses.SECTIONS, html, pages.sections.pages()),
        (addresses.AUTHORS, html, pages.authors.pages()),
        (addresses.VENUES, html, pages.venues.pages()),
    ):
        frame, base = _split(theme.mark_tab(whole, root + tab)), digest(tab, whole, shared)
        for page in found:
            file, key = addresses.to_file(page.address), digest(base, page.digest)
            yield page.address, LazyFile(file, key, partial(pages.site.write_page, frame, page))


def _add_engine_files(
    outputs: Iterable[OutputFile], frame: Path, *, is_guest: bool
) -> Iterator[OutputFile]:
    """Yield the outputs, then what the engine built and no output takes the place of."""
    # In a list's own site no file depends on the time of the build.
    names = set[str]() if is_guest else {COMPRESSED}
    for output in outputs:
        names.add(output[0])
        yield output
    for path in sorted(frame.rglob("*"), key=lambda path: path.as_posix()):
        name = path.relative_to(frame).as_posix()
        if name not in names and not is_frame(name) and path.is_file():
            state = path.stat()
            yield LazyFile(name, digest(state.st_size, state.st_mtime_ns), path.read_bytes)


def _finish(pages: Pages, job: _Job, address: str, html: str) -> str:
    """Complete a page of the site engine: style, scripts, search box, and its marked parts."""
    is_missing = address == MISSING
    # Before it is filled: the list's part of a page is a hundred times as long.
    traits, title, description = (
        theme.find_traits(html),
        read_page_title(html),
        find_description(html),
    )
    has_preview = theme.has_preview(html)
    # A page for addresses that do not exist is shown at any depth.
    root = urlsplit(pages.url or "/").path if is_missing else job.settings.to_root(address)
    if is_missing:
        body = pages.regions.fill("missing", root, None) or ""
        html = _MISSING_TITLE.sub(lambda _: theme.wrap(body, html), html, count=1)
    for region in sorted(find_regions(html), key=lambda region: region.start, reverse=True):
        body_of_region = pages.regions.fill(region.name, root, region.anchor)
        if body_of_region is None:
            raise TemplateFaultError(
                f"{address or 'the home page'}: there is no part 'catalog:{region.name}'; "
                f"there are {', '.join(pages.regions.names)}"
            )
        filled = theme.wrap(body_of_region, html)
        html = html[: region.start] + filled + html[region.end :]
    head = ""
    if not is_missing:
        url = f"{job.site_url}{address}" if job.site_url else None
        head = pages.prose_head(
            root,
            url,
            title,
            description,
            job.settings,
            has_preview=has_preview,
        )
    is_browse = address == job.settings.place(addresses.PAPERS)
    return job.complete(pages, html, root, traits, head=head, is_browse=is_browse)


def _split(html: str) -> PageFrame:
    try:
        return PageFrame(html)
    except ValueError as error:
        raise SiteFolderError(f"the page frame cannot be used: {error}") from error


def _to_path(address: str) -> str:
    return addresses.to_file(address) if not address or address.endswith("/") else address


def _render_assets(engine: EngineFiles, settings: SiteSettings) -> Iterator[TextFile]:
    """Render the package's styles and scripts that the project does not bring itself."""
    source = find_default("site_src") / ASSETS
    for path in sorted(source.rglob("*"), key=lambda path: path.as_posix()):
        name = f"{ASSETS}/{path.relative_to(source).as_posix()}"
        if path.is_file() and not engine.has(settings.place(name)):
            yield name, path.read_text(encoding="utf-8")
    modules = {path.name: path.read_text(encoding="utf-8") for path in source.glob("*.js")}
    yield f"{ASSETS}/{disk_scripts.NAME}", disk_scripts.bundle_modules(modules)


def _find_files(folder: Path) -> frozenset[str]:
    return frozenset(path.name for path in (folder / "papers").glob("*.yaml"))


def _find_issue_form(folder: Path) -> str:
    """Return the name of the form for issues that submit a paper, "" when the list has none."""
    return Path(ISSUE_FORM).name if has_issue_form(folder) else ""


def _end_in_slash(url: str | None) -> str | None:
    return url.rstrip("/") + "/" if url else None


def _remove_leftovers(site: Path, settings: SiteSettings) -> None:
    """Take away the frame, and in a list's own site the compressed sitemap: it holds the time."""
    if not settings.is_guest:
        (site / COMPRESSED).unlink(missing_ok=True)
    frame = site / settings.place(FRAME)
    frame.unlink(missing_ok=True)
    for folder in (frame.parent, frame.parent.parent):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
