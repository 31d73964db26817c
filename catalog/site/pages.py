"""Every page that the catalog makes, and the files next to them that are for programs."""

from collections.abc import Iterator
from functools import cached_property

from catalog.render.citations import Format
from catalog.render.digests import digest, digest_files
from catalog.render.templates import find_default, render
from catalog.site import addresses
from catalog.site.api import name_files, render_api
from catalog.site.author_pages import AuthorPages
from catalog.site.content_security_policy import render_policy
from catalog.site.context import SiteContext
from catalog.site.feeds import render_feeds
from catalog.site.news import find_last_change
from catalog.site.papers import PaperPages
from catalog.site.regions import MOST_LISTED, Regions
from catalog.site.sections import SectionPages
from catalog.site.settings import PolicyMode, SiteSettings
from catalog.site.theme import Traits
from catalog.site.venue_pages import VenuePages
from catalog.store.files import OutputFile
from catalog.store.project import find_address
from catalog.text.markdown import to_plain_text


class Pages:
    """Makes the pages of one site: those of papers and sections, and the parts of prose pages."""

    def __init__(self, site: SiteContext) -> None:
        self.site = site
        self.papers = PaperPages(site)
        self.sections = SectionPages(site)
        self.authors = AuthorPages(site)
        self.venues = VenuePages(site)
        self.regions = Regions(site)
        self.url = site.url

    @cached_property
    def digest(self) -> str:
        """What stands for all that the pages of papers and sections share, code apart."""
        numbers = [(view.id, view.number) for view in self.site.catalog.sections]
        head = self.site.catalog.head.model_dump_json(exclude={"venues"})
        return digest(head, numbers, self.site.url)

    @cached_property
    def papers_digest(self) -> str:
        """What stands for all papers: a template of the list's own may show any of them."""
        return digest(
            [(paper.key, self.site.memo.digests[paper.key]) for paper in self.site.catalog.papers]
        )

    @property
    def has_own_templates(self) -> bool:
        """Whether the list brings templates for its pages that are not the package's."""
        own = self.site.folder / "templates" / "site"
        default = find_default("templates") / "site"
        return own.is_dir() and digest_files(own) != digest_files(default)

    def redirects(self, settings: SiteSettings) -> Iterator[tuple[str, str]]:
        """Make a page for each old citation key that leads to the paper's page of today."""
        policy = "" if settings.policy is PolicyMode.OFF else render_policy()
        for paper in self.site.catalog.papers:
            for alias in paper.aliases:
                target = f"../{paper.key}/"
                view = {
                    "target": target,
                    "url": self.site.absolute(addresses.to_paper(paper.key)),
                    "paper": paper,
                    "policy": policy,
                }
                yield addresses.to_paper(alias), self.site.render("redirect", view)

    def header(self, root: str, traits: Traits, *, is_browse: bool) -> str:
        """Make what goes into the header of every page: the search box."""
        view = {"root": root, "is_browse": is_browse, "has_search": traits.has_search}
        return self.site.render("header", view)

    def footer(self, root: str, *, is_prose: bool) -> str:
        """Make the end of every page: licence, contact, repository, and the tool's name.

        Thousands of stamped pages do not show the day of the last change: each would be new when
        a paper comes.
        """
        view = {
            "root": root,
            "updated": find_last_change(self.site.catalog) if is_prose else None,
            "project": find_address("Repository"),
            **self.site.shared,
        }
        return self.site.render("footer", view)

    def prose_head(  # noqa: PLR0913 - what a page of the engine says of itself
        self,
        root: str,
        url: str | None,
        title: str,
        description: str,
        settings: SiteSettings,
        *,
        has_preview: bool,
    ) -> str:
        """Make the head of an engine's page that is at `url`: its preview, and the list's feeds."""
        survey, is_home = self.site.catalog.survey, url is not None and url == self.site.url
        view = {
            "root": root,
            "page_url": url,
            "title": title,
            "description": (to_plain_text(survey.description) if is_home else "") or description,
            "is_home": is_home,
            "card": self.site.absolute(self.site.previews.of_list()),
            "site_name": settings.site_name or survey.title,
            "has_preview": has_preview,
            **self.site.shared,
        }
        return self.site.render("prose_head", view)

    def files_for_machines(self) -> Iterator[OutputFile]:
        """Make feeds, API, llms.txt and preview cards."""
        catalog, memo = self.site.catalog, self.site.memo
        yield from render_api(catalog, self.site.url, memo, is_compact=self.site.is_compact)
        papers = self.site.newest if len(self.site.newest) <= MOST_LISTED else []
        items = [self.site.items[paper.key] for paper in papers]
        bibtex = self.site.downloads.list_files()[Format.BIBTEX]
        shared = {**self.site.shared, "url": self.site.url or ""}
        view = {**shared, "papers": items, "bibtex": bibtex, "json": name_files(catalog, memo)}
        yield "llms.txt", render(self.site.folder, "site/llms.txt.j2", **view)
        yield from self.authors.files()
        yield from self.venues.files()
        if self.site.url:
            yield from render_feeds(
                catalog, self.site.venues, self.site.folder, self.site.url, memo
            )
            yield from self.site.previews.render()

    def assets(self, root: str, traits: Traits) -> str:
        """Make the links to style and scripts that every page has in its head."""
        return self.site.render("assets", {"root": root, "traits": traits})
