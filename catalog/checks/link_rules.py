"""What can be said of an address without asking anyone: its form, its kind, and who else has it."""

from collections.abc import Iterator
from datetime import date

from catalog.model.canonical_urls import PageForm, find_form, to_canonical
from catalog.model.catalog import Catalog
from catalog.model.findings import Code, Fault, Location, Severity, quote
from catalog.model.records import LinkKind, Paper

_OWN_KINDS = {
    LinkKind.PDF: (PageForm.PDF,),
    LinkKind.PAGE: (PageForm.PAGE,),
    # A repository of a service or any page about the code; never the paper.
    LinkKind.CODE: (PageForm.CODE,),
    LinkKind.VIDEO: (PageForm.VIDEO,),
}
_KIND_OF_FORM = {
    PageForm.PDF: LinkKind.PDF,
    PageForm.PAGE: LinkKind.PAGE,
    PageForm.CODE: LinkKind.CODE,
    PageForm.VIDEO: LinkKind.VIDEO,
}


def check_link_uses(paper: Paper, _today: date) -> Iterator[Fault]:
    """Code `link-repeated`: one address under two kinds."""
    kinds: dict[str, str] = {}
    for kind, url in paper.links.items():
        first = kinds.setdefault(url, kind)
        if first != kind:
            message = f"{quote(url)} is listed as {first} and as {kind}"
            path = ("links", kind.value)
            yield Fault(Code.LINK_REPEATED, message, "Keep one", Severity.WARNING, path=path)


def check_link_forms(paper: Paper, _today: date) -> Iterator[Fault]:
    """Code `link-form`: an address that has a better form for the same thing."""
    for kind, url in paper.links.items():
        better = to_canonical(url)
        if better != url:
            message = f"{quote(url)} is not the canonical address"
            path = ("links", kind.value)
            hint = f"Write {better}, or run `catalog links --write`"
            yield Fault(Code.LINK_FORM, message, hint, Severity.WARNING, path=path)


def check_link_kinds(paper: Paper, _today: date) -> Iterator[Fault]:
    """Code `link-kind`: a page about the paper under `pdf`, the PDF under `page`."""
    for kind, url in paper.links.items():
        form = find_form(url) if kind in _OWN_KINDS else None
        if form is not None and form not in _OWN_KINDS[kind]:
            message = f"{quote(url)} is {form} but is listed under {kind}"
            path = ("links", kind.value)
            hint = f"Move it to {_KIND_OF_FORM[form]}, or give the address of the {kind}"
            yield Fault(Code.LINK_KIND, message, hint, Severity.WARNING, path=path, at_key=True)


def check_shared_links(catalog: Catalog) -> Iterator[Fault]:
    """Code `link-shared`: two records with one PDF or page: one of them has it from the other."""
    seen: dict[str, Location] = {}
    for index, paper in enumerate(catalog.papers):
        for kind in (LinkKind.PDF, LinkKind.PAGE):
            url = paper.links.get(kind)
            if url is None:
                continue
            path = ("links", kind.value)
            first = seen.setdefault(to_canonical(url), Location(index, path))
            if first.paper != index:
                yield Fault(
                    Code.LINK_SHARED,
                    f"{quote(url)} is also the address of another record",
                    "Give each paper its own address",
                    Severity.WARNING,
                    paper=index,
                    path=path,
                    first=first,
                )
