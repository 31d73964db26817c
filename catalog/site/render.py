"""A finished site folder in, the whole website out: papers and sections stamped into its frame."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from catalog.errors import EngineError, TemplateFaultError
from catalog.model.catalog import Catalog
from catalog.render.digests import digest
from catalog.render.memo import Memo
from catalog.render.templates import find_default
from catalog.site import addresses
from catalog.site.content_security_policy import insert_policy
from catalog.site.context import Page, SiteContext
from catalog.site.figures import render_figures
from catalog.site.large_lists import tell_size
from catalog.site.link_state import read_link_state
from catalog.site.page_frame import (
    Frame,
    find_regions,
    find_title,
    insert_head,
    insert_header,
    mark_tab,
    squeeze,
)
from catalog.site.pages import Pages
from catalog.site.search_data import render_chunks
from catalog.site.sitemap import render_robots, render_sitemap
from catalog.store.files import LazyFile, OutputFile, TextFile, Watch, WriteResult, write_all
from catalog.store.manifest import Manifest
from catalog.store.repository import ISSUE_FORM, has_issue_form

FRAME_FOLDER = "_frame"
FRAME = f"{FRAME_FOLDER}/page/index.html"
"""The frame page, where a site engine puts `_frame/page.md`."""

ASSETS = "assets/catalog"
MISSING, ROBOTS, COMPRESSED_SITEMAP = "404.html", "robots.txt", "sitemap.xml.gz"


_MISSING_TITLE = re.compile(r"<h1[^>]*>404[^<]*</h1>", re.IGNORECASE)


class SiteFolderError(EngineError):
    """The site engine's folder is not one that papers can be stamped into."""


def stamp_site(
    catalog: Catalog,
    site: Path,
    folder: Path,
    *,
    url: str | None = None,
    is_live: bool = False,
) -> WriteResult:
    """Complete the site that an engine has built: papers, sections, exports, data, sitemap.

    `folder` is the list's, whose templates come first. `url` is where the site will stand; without
    it, the website that the survey names. `is_live` is for a server that adds scripts of its own to
    each page. The frame page is taken away. Raises `SiteFolderError` when the frame is not there or
    has lost its mark.
    """
    context = _gather(catalog, folder, url, Memo(catalog))
    written = write_all(site, _render_site(context, site, is_live=is_live))
    _remove_leftovers(site)
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
    watch: Watch = iter,
) -> WriteResult:
    """Make the whole site in `site` of the engine's site in `frame`, which stays as it is.

    The files are those of `stamp_site`. What `manifest` knows to be there is not made again. All
    files pass through `watch`.
    """
    rendered = _render_site(_gather(catalog, folder, url, memo), frame, is_live=False)
    with manifest:
        written = write_all(site, watch(_add_engine_files(rendered, frame)), manifest)
        manifest.finish()
    memo.save()
    written.notes += tell_size(catalog, written.size)
    return written


def _gather(catalog: Catalog, folder: Path, url: str | None, memo: Memo) -> SiteContext:
    return SiteContext(
        catalog,
        folder,
        _end_in_slash(url or catalog.survey.links.website),
        memo,
        _find_files(folder),
        read_link_state(folder),
        _find_issue_form(folder),
    )


def _render_site(context: SiteContext, frame: Path, *, is_live: bool) -> Iterator[OutputFile]:
    """Render every file; what the engine built is read before anything is written over it."""
    pages, catalog, url = Pages(context), context.catalog, context.url
    frame_html = _read_frame(frame)
    prose = _read_prose(frame)
    found = [address for address, _ in prose if address != MISSING]
    for address, html in prose:
        yield _to_path(address), _finish(pages, address, insert_policy(html, is_live=is_live))
    for address, output in _stamp(pages, frame_html, is_live=is_live):
        found.append(address)
        yield output
    for address, html in pages.redirects():
        yield addresses.to_file(address), html
    yield from render_chunks(catalog, context.newest, context.memo, context.downloads)
    yield from context.downloads.render()
    yield from render_figures(catalog, context.folder)
    yield from pages.files_for_machines()
    yield from _render_assets(frame)
    if not (frame / ROBOTS).exists():
        yield ROBOTS, render_robots(url)
    if url is not None:
        yield from render_sitemap(found, url)


def _stamp(pages: Pages, frame_html: str, *, is_live: bool) -> Iterator[tuple[str, LazyFile]]:
    """Fill the frame with each section and each paper; give their addresses and files."""
    root = addresses.to_root(addresses.to_paper("key"))

    def complete(html: str, header: str = "") -> str:
        html = insert_header(insert_policy(html, is_live=is_live), header)
        return squeeze(insert_head(html, pages.assets(root)))

    html = complete(frame_html, pages.header(root, is_browse=False))
    compact = pages.papers.make_compact_frame(frame_html, root)
    of_papers = complete(compact) if compact else html
    # A template of the list's own may show more than the package's does.
    shared = pages.digest, pages.papers_digest if pages.has_own_templates else None
    for tab, whole, make in (
        (addresses.SECTIONS, html, pages.sections.give),
        (addresses.PAPERS, of_papers, pages.papers.give),
    ):
        frame, base = _split(mark_tab(whole, root + tab)), digest(tab, whole, shared)
        for page in make(frame.anchor):
            yield (
                page.address,
                LazyFile(
                    addresses.to_file(page.address),
                    digest(base, page.digest),
                    partial(_fill, frame, page),
                ),
            )


def _fill(frame: Frame, page: Page) -> str:
    return frame.fill(*page.make())


def _add_engine_files(outputs: Iterable[OutputFile], frame: Path) -> Iterator[OutputFile]:
    """Yield the outputs, then what the engine built and no output takes the place of."""
    names = {FRAME, COMPRESSED_SITEMAP}
    for output in outputs:
        names.add(output[0])
        yield output
    for path in sorted(frame.rglob("*"), key=lambda path: path.as_posix()):
        name = path.relative_to(frame).as_posix()
        if name not in names and path.is_file():
            state = path.stat()
            yield LazyFile(name, digest(state.st_size, state.st_mtime_ns), path.read_bytes)


def _finish(pages: Pages, address: str, html: str) -> str:
    """Complete a page of the site engine: style, scripts, search box, and its marked parts."""
    is_missing = address == MISSING
    # A page for addresses that do not exist is shown at any depth.
    root = urlsplit(pages.url or "/").path if is_missing else addresses.to_root(address)
    if is_missing:
        body = pages.regions.fill("missing", root, None) or ""
        html = _MISSING_TITLE.sub(lambda _: body, html, count=1)
    for region in sorted(find_regions(html), key=lambda region: region.start, reverse=True):
        body_of_region = pages.regions.fill(region.name, root, region.anchor)
        if body_of_region is None:
            raise TemplateFaultError(
                f"{address or 'the home page'}: there is no part 'catalog:{region.name}'; "
                f"there are {', '.join(pages.regions.names)}"
            )
        html = html[: region.start] + body_of_region + html[region.end :]
    head = pages.assets(root)
    if not is_missing:
        head += pages.prose_head(address, find_title(html))
    html = insert_head(html, head)
    return insert_header(html, pages.header(root, is_browse=address == addresses.PAPERS))


def _read_frame(site: Path) -> str:
    try:
        return (site / FRAME).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise SiteFolderError(
            f"{site} has no {FRAME}: the site engine must build the page {FRAME_FOLDER}/page.md"
        ) from error


def _split(html: str) -> Frame:
    try:
        return Frame(html)
    except ValueError as error:
        raise SiteFolderError(f"{FRAME} cannot be used: {error}") from error


def _read_prose(site: Path) -> list[tuple[str, str]]:
    """Read the pages of the site engine, by address. Built data and the frame are none."""
    found = []
    for path in sorted(site.glob("**/*.html"), key=lambda path: path.as_posix()):
        name = path.relative_to(site).as_posix()
        if name != FRAME:
            found.append((name.removesuffix("index.html"), path.read_text(encoding="utf-8")))
    return found


def _to_path(address: str) -> str:
    return addresses.to_file(address) if not address or address.endswith("/") else address


def _render_assets(site: Path) -> Iterator[TextFile]:
    """Render the package's styles and scripts that the project does not bring itself."""
    source = find_default("site_src") / ASSETS
    for path in sorted(source.rglob("*"), key=lambda path: path.as_posix()):
        name = f"{ASSETS}/{path.relative_to(source).as_posix()}"
        if path.is_file() and not (site / name).exists():
            yield name, path.read_text(encoding="utf-8")


def _find_files(folder: Path) -> frozenset[str]:
    return frozenset(path.name for path in (folder / "papers").glob("*.yaml"))


def _find_issue_form(folder: Path) -> str:
    """Return the name of the form for issues that submit a paper, "" when the list has none."""
    return Path(ISSUE_FORM).name if has_issue_form(folder) else ""


def _end_in_slash(url: str | None) -> str | None:
    return url.rstrip("/") + "/" if url else None


def _remove_leftovers(site: Path) -> None:
    """Take away the frame, and the engine's compressed sitemap, which holds the build's time."""
    (site / COMPRESSED_SITEMAP).unlink(missing_ok=True)
    (site / FRAME).unlink(missing_ok=True)
    for folder in ((site / FRAME).parent, site / FRAME_FOLDER):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
