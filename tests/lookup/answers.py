"""Answers as each service documents them, about invented papers."""

import json
from typing import Any

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query: search_query=&amp;id_list=2401.00001</title>
  <id>http://arxiv.org/api/abc</id>
  <link href="http://arxiv.org/api/query?id_list=2401.00001" rel="self"/>
  <o:totalResults xmlns:o="http://a9.com/-/spec/opensearch/1.1/">1</o:totalResults>
{entries}</feed>
"""


def entry(  # noqa: PLR0913 - one parameter a part of an entry
    id_: str = "2401.00001",
    title: str = "Things, and How to\n  Align Them",
    authors: tuple[str, ...] = ("Ada Example", "Carla van der Berg"),
    doi: str | None = None,
    journal_ref: str | None = None,
    published: str = "2024-01-01T12:00:00Z",
) -> str:
    names = "".join(f"<author><name>{name}</name></author>" for name in authors)
    more = ""
    if doi is not None:
        more += f'<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">{doi}</arxiv:doi>'
    if journal_ref is not None:
        more += (
            '<arxiv:journal_ref xmlns:arxiv="http://arxiv.org/schemas/atom">'
            f"{journal_ref}</arxiv:journal_ref>"
        )
    return f"""  <entry>
    <id>http://arxiv.org/abs/{id_}v2</id>
    <updated>2024-05-01T12:00:00Z</updated>
    <published>{published}</published>
    <title>{title}</title>
    <summary>  Invented.
    </summary>
    {names}
    {more}
    <link href="http://arxiv.org/abs/{id_}v2" rel="alternate" type="text/html"/>
  </entry>
"""


def feed(*entries: str) -> bytes:
    return FEED.replace("{entries}", "".join(entries)).encode()


ERROR_FEED = feed(
    """<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_x</id><title>Error</title>
    <summary>incorrect id format for x</summary></entry>"""
)


def csl(**given: Any) -> bytes:  # noqa: ANN401 - whatever JSON holds
    """CSL-JSON as Crossref sends it through doi.org."""
    item = {
        "type": "paper-conference",
        "title": "Things, and How to Align Them",
        "author": [
            {"given": "Ada", "family": "Example", "sequence": "first", "affiliation": []},
            {"given": "Carla", "family": "van der Berg", "sequence": "additional"},
        ],
        "container-title": "Proceedings of the 12th Invented Conference",
        "publisher": "Example Press",
        "issued": {"date-parts": [[2024, 6]]},
        "page": "10-24",
        "DOI": "10.1000/example",
        "URL": "http://dx.doi.org/10.1000/example",
    }
    return json.dumps(item | given).encode()


def note(id_: str = "a68SUt6zFt", **given: Any) -> bytes:  # noqa: ANN401
    """A note of OpenReview's API 2."""
    content = {
        "title": "Things, and How to Align Them",
        "authors": ["Ada Example", "Carla van der Berg"],
        "authorids": ["~Ada_Example1", "~Carla_van_der_Berg1"],
        "venue": "Conf 2024 poster",
        "venueid": "Conf.cc/2024/Conference",
        "pdf": "/pdf/abc.pdf",
    } | given
    wrapped = {name: {"value": value} for name, value in content.items() if value is not None}
    body = {"notes": [{"id": id_, "forum": id_, "pdate": 1704110400000, "content": wrapped}]}
    return json.dumps(body | {"count": 1}).encode()


def old_note(id_: str = "a68SUt6zFt") -> bytes:
    """A note of OpenReview's API 1."""
    content = {
        "title": "Things, and How to Align Them",
        "authors": ["Ada Example"],
        "venue": "Conf 2021 Poster",
        "venueid": "Conf.cc/2021/Conference",
    }
    return json.dumps({"notes": [{"id": id_, "cdate": 1609459200000, "content": content}]}).encode()


LANDING = """<!doctype html>
<html><head><title>Things</title>
<meta name="citation_title" content="Things, and How to Align Them">
<meta name="citation_author" content="Example, Ada">
<META NAME="citation_author" CONTENT="van der Berg, Carla">
<meta name="citation_publication_date" content="2024/06/03">
<meta name="citation_conference_title" content="Invented Conference">
<meta name="citation_firstpage" content="10"><meta name="citation_lastpage" content="24">
<meta name="citation_pdf_url" content="https://example.org/things.pdf">
<meta name="citation_publisher" content="PMLR" /><meta name="description" content="x">
</head><body><p>Things</p></body></html>
"""
BIB = """@inproceedings{example-van-der-berg-2024-things,
    title = "Things, and How to {A}lign Them",
    author = "Example, Ada  and
      van der Berg, Carla",
    editor = "Sample, Ben",
    booktitle = "Proceedings of the 2024 Invented Conference",
    month = aug,
    year = "2024",
    address = "Somewhere",
    publisher = "Association for Computational Linguistics",
    url = "https://aclanthology.org/2024.conf-main.1/",
    doi = "10.18653/v1/2024.conf-main.1",
    pages = "10--24"
}
"""
