"""BibTeX for every style and for pdflatex.

Fields and their meaning follow https://ctan.org/pkg/btxdoc. `eprint`, `archivePrefix` and
`primaryClass` follow https://info.arxiv.org/help/hypertex/bibstyles/; Zotero wants `eprinttype`.
`doi` and `url` are not escaped, since the styles that print them read them verbatim.

Of 318 styles, 59 print `eprint` and 177 print `url`, 47 of them both. `howpublished` is printed by
278, so the id of a preprint is there: once in every style. `Target` has the forms that link, for
one group of styles each (docs/decisions/0026-clients.md).
"""

from functools import lru_cache

from catalog.model.catalog import Catalog
from catalog.model.identifiers import to_arxiv_url
from catalog.model.records import MONTHS, EntryType, Paper
from catalog.render.citations.entries import (
    Dialect,
    Fields,
    add_extensions,
    find_arxiv_class,
    find_url,
    make_fields,
    name_containers,
    override,
    write_entry,
    write_verbatim,
)
from catalog.render.citations.names import Write
from catalog.render.citations.options import DEFAULT, Encoding, Options
from catalog.render.citations.tex import (
    to_ascii,
    to_portable,
    to_portable_given,
    to_signs,
    to_signs_given,
    to_unicode_tex,
    to_utf8,
    to_utf8_signs,
    write_ascii,
    write_math,
    write_portable,
    write_sign_math,
    write_signs,
    write_unicode,
    write_unicode_math,
    write_utf8,
    write_utf8_signs,
)

_ARXIV = "arXiv"
_ARXIV_DOI = "10.48550/arxiv."
_ENCODINGS = {
    Encoding.PORTABLE: (to_portable, to_portable_given, write_portable),
    Encoding.UTF8: (to_utf8, to_utf8, write_utf8),
    Encoding.ASCII: (to_ascii, to_ascii, write_ascii),
}


def to_bibtex(catalog: Catalog, paper: Paper, options: Options = DEFAULT) -> str:
    """Write one paper as a BibTeX entry that ends in a line feed."""
    kind, dialect = catalog.entry_type(paper), _find_dialect(options)
    fields = make_fields(catalog, paper, kind, dialect, options)
    if paper.year is not None:
        fields["year"] = str(paper.year)
    if paper.month is not None:
        fields["month"] = MONTHS[paper.month - 1]
    _add_identifiers(fields, paper, kind, options)
    if kind is EntryType.UNPUBLISHED:
        # The one field that the type must have; without it BibTeX warns.
        fields["note"] = "Unpublished"
    if options.has_keywords and paper.tags:
        fields["keywords"] = dialect.text(", ".join(paper.tags))
    if options.has_abstracts and paper.abstract is not None:
        fields["abstract"] = dialect.text(paper.abstract)
    if paper.bibtex:
        own = {name: _write_own(value, dialect) for name, value in paper.bibtex.items()}
        fields = override(fields, own)
    if options.has_extensions:
        fields = add_extensions(fields, catalog, paper, kind, dialect)
    return write_entry(kind.value, paper.key, fields)


def _find_dialect(options: Options) -> Dialect:
    if options.is_without_tex:
        return _WITHOUT_TEX
    return (_WITH_SIGNS if options.has_signs else _DIALECTS)[options.encoding]


def _make_dialect(text: Write, given: Write, normalized: Write, math: Write) -> Dialect:
    return Dialect(
        text=text,
        given=given,
        name=lru_cache(maxsize=2**12)(text),
        normalized=normalized,
        containers=name_containers(journal="journal"),
        publishers={
            EntryType.PHDTHESIS: "school",
            EntryType.MASTERSTHESIS: "school",
            EntryType.TECHREPORT: "institution",
            # BibTeX's styles have no place for it, and Biber warns.
            EntryType.ARTICLE: None,
        },
        address="address",
        has_number_beside_volume=False,
        math=math,
        is_ascii=text is to_ascii,
    )


_DIALECTS = {
    encoding: _make_dialect(*writers, write_math) for encoding, writers in _ENCODINGS.items()
}
_WITH_SIGNS = {
    Encoding.PORTABLE: _make_dialect(to_signs, to_signs_given, write_signs, write_sign_math),
    Encoding.UTF8: _make_dialect(to_utf8_signs, to_utf8_signs, write_utf8_signs, write_sign_math),
}
_WITHOUT_TEX = _make_dialect(to_unicode_tex, to_unicode_tex, write_unicode, write_unicode_math)


def _add_identifiers(fields: Fields, paper: Paper, kind: EntryType, options: Options) -> None:
    is_preprint = paper.arxiv is not None and kind is EntryType.MISC and _is_arxiv(fields)
    # The DOI that arXiv gives is its id again.
    if paper.doi is not None and not (is_preprint and paper.doi.lower().startswith(_ARXIV_DOI)):
        fields["doi"] = write_verbatim(paper.doi)
    if paper.arxiv is not None and (options.has_eprint or not is_preprint):
        if is_preprint:
            fields.pop("howpublished", None)
        _add_eprint(fields, paper.arxiv)
    elif is_preprint and not options.has_arxiv_url:
        fields["howpublished"] = f"{_ARXIV}:{paper.arxiv}"
    url = find_url(paper) or (to_arxiv_url(paper.arxiv) if is_preprint and paper.arxiv else None)
    is_page_at_arxiv = paper.arxiv is not None and url == to_arxiv_url(paper.arxiv)
    if url is not None and (options.has_arxiv_url or not is_page_at_arxiv):
        fields["url"] = url


def _add_eprint(fields: Fields, arxiv: str) -> None:
    fields["eprint"] = arxiv
    fields["archivePrefix"] = _ARXIV
    fields["eprinttype"] = _ARXIV
    archive = find_arxiv_class(arxiv)
    if archive is not None:
        fields["primaryClass"] = archive


def _is_arxiv(fields: Fields) -> bool:
    return _ARXIV.lower() in fields.get("howpublished", _ARXIV).lower()


def _write_own(value: str, dialect: Dialect) -> str:
    """Write a value that is BibTeX already: its commands stay, letters become the dialect's."""
    if value.isascii():
        return value
    return "".join(c if c.isascii() else dialect.normalized(c) for c in value)
