"""What names a paper, in every usual form."""

import pytest

from catalog.lookup import Kind, ResolveError, parse_query


@pytest.mark.parametrize(
    ("asked", "kind", "value"),
    [
        ("2401.00001", Kind.ARXIV, "2401.00001"),
        ("arXiv:2401.00001v2 [cs.LG]", Kind.ARXIV, "2401.00001"),
        (" https://arxiv.org/pdf/2401.00001v3.pdf ", Kind.ARXIV, "2401.00001"),
        ("https://doi.org/10.48550/arXiv.2401.00001", Kind.ARXIV, "2401.00001"),
        ("math.GT/0309136", Kind.ARXIV, "math/0309136"),
        ("10.1000/example", Kind.DOI, "10.1000/example"),
        ("doi: 10.1000/example", Kind.DOI, "10.1000/example"),
        ("https://dl.acm.org/doi/pdf/10.1145/1234.5678", Kind.DOI, "10.1145/1234.5678"),
        ("https://link.example.org/article/10.1007/s1-2-3?x=1", Kind.DOI, "10.1007/s1-2-3"),
        ("https://x.org/content/10.1101/2024.01.02.3v1.full.pdf", Kind.DOI, "10.1101/2024.01.02.3"),
        ("https://x.org/doi/full/10.1000%2Fexample", Kind.DOI, "10.1000/example"),
        ("a68SUt6zFt", Kind.OPENREVIEW, "a68SUt6zFt"),
        ("openreview:abcdefgh", Kind.OPENREVIEW, "abcdefgh"),
        ("https://openreview.net/pdf?id=a68SUt6zFt&x=1", Kind.OPENREVIEW, "a68SUt6zFt"),
        ("2021.blackboxnlp-1.42", Kind.ACL, "2021.blackboxnlp-1.42"),
        ("https://aclanthology.org/N19-1423.pdf", Kind.ACL, "N19-1423"),
        ("https://proceedings.example.org/v97/a19a.html", Kind.PAGE, None),
        ("refs.bib", Kind.FILE, "refs.bib"),
        ("../some where/Refs.BibTeX", Kind.FILE, "../some where/Refs.BibTeX"),
        ("refs.ris", Kind.FILE, "refs.ris"),
        ("savedrecs.txt", Kind.FILE, "savedrecs.txt"),
        ("scholar.enw", Kind.FILE, "scholar.enw"),
        ("my refs.csl.json", Kind.FILE, "my refs.csl.json"),
        ("https://example.org/refs.bib", Kind.PAGE, None),
        ("https://example.org/refs.json", Kind.PAGE, None),
    ],
)
def test_a_name_is_read(asked: str, kind: Kind, value: str | None) -> None:
    question = parse_query(asked)
    assert (question.kind, question.value) == (kind, value or asked.strip())


@pytest.mark.parametrize(
    "asked", ["", "things", "A Title of Words", "ftp://example.org/x", "file:///etc/passwd", "-x"]
)
def test_what_names_no_paper_is_refused(asked: str) -> None:
    with pytest.raises(ResolveError, match="names no paper"):
        parse_query(asked)
