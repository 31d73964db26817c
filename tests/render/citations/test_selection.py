"""Any part of the list can be chosen, under the keys that were asked for."""

from typing import Any

import pytest

from catalog.errors import UsageError
from catalog.model.catalog import Catalog
from catalog.render.citations.selection import Years, find_cited_keys, parse_years, select


def keys(catalog: Catalog, **conditions: Any) -> list[str]:  # noqa: ANN401
    return [paper.key for paper in select(catalog, **conditions).papers]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024", Years(2024, 2024)),
        ("2020..2024", Years(2020, 2024)),
        ("2020..", Years(2020, None)),
        ("..2019", Years(None, 2019)),
        (" 2020 .. 2024 ", Years(2020, 2024)),
    ],
)
def test_years_are_parsed(text: str, years: Years) -> None:
    assert parse_years(text) == years


@pytest.mark.parametrize("text", ["", "..", "20", "2020-2024", "2024..2020", "x", "٢٠٢٤"])
def test_what_is_no_range_of_years_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"range|ends before"):
        parse_years(text)


def test_a_range_of_years_holds_its_ends_and_no_unknown_year() -> None:
    years = parse_years("2020..2024")
    assert [year in years for year in (2019, 2020, 2024, 2025, None)] == [
        *(False, True, True, False, False)
    ]


def test_without_conditions_the_whole_list_is_chosen(real_catalog: Catalog) -> None:
    assert select(real_catalog).papers == real_catalog.ordered


def test_a_section_stands_for_those_inside_it(real_catalog: Catalog) -> None:
    inner = {view.id for view in real_catalog.sections if view.parent == "foundation-models"}
    expected = {
        paper.key
        for paper in real_catalog.papers
        if not ({"foundation-models"} | inner).isdisjoint(paper.sections)
    }
    assert set(keys(real_catalog, sections=["foundation-models"])) == expected


def test_conditions_add_up_and_values_are_alternatives(real_catalog: Catalog) -> None:
    found = select(real_catalog, venues=["ICML", "NIPS"], years=parse_years("2020..")).papers
    assert {paper.venue for paper in found} == {"ICML", "NeurIPS"}
    assert min(paper.year or 0 for paper in found) >= 2020


def test_tags_choose(make_catalog: Any) -> None:  # noqa: ANN401
    catalog = make_catalog({"tags": ["cka"]}, {"tags": ["cca", "cka"]}, {})
    assert keys(catalog, tags=["cca"]) == ["key1"]
    assert keys(catalog, tags=["cca", "cka"]) == ["key0", "key1"]


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ({"sections": ["alignment-metric"]}, "Did you mean 'alignment-metrics'"),
        ({"venues": ["NeurIP"]}, "Did you mean 'NeurIPS'"),
        ({"tags": ["nothing-like-it"]}, "there is no tag 'nothing-like-it'"),
    ],
)
def test_what_the_list_does_not_have_is_refused(
    condition: dict[str, list[str]], message: str, real_catalog: Catalog
) -> None:
    with pytest.raises(UsageError, match=message):
        select(real_catalog, **condition)  # type: ignore[arg-type] # one condition at a time


def test_keys_come_in_the_order_of_the_list_and_missing_ones_are_named(
    invented_catalog: Catalog,
) -> None:
    asked = [paper.key for paper in reversed(invented_catalog.ordered)]
    selection = select(invented_catalog, keys=[*asked, "nobody2020", "nobody2020"])
    assert selection.papers == invented_catalog.ordered
    assert selection.missing == ("nobody2020",)


def test_an_old_key_finds_the_paper_under_the_key_asked_for(invented_catalog: Catalog) -> None:
    assert keys(invented_catalog, keys=["sample2023things"]) == ["sample2023things"]
    both = ["sample2023things", "sample2024things"]
    assert keys(invented_catalog, keys=both) == both


def test_the_star_is_every_paper_with_the_old_keys_cited_beside_it(
    invented_catalog: Catalog,
) -> None:
    found = keys(invented_catalog, keys=["*", "sample2023things"])
    assert set(found) == {"sample2023things", *(p.key for p in invented_catalog.ordered)}


def test_the_records_that_cite_the_survey_itself_are_found(invented_catalog: Catalog) -> None:
    assert keys(invented_catalog, keys=["example2025survey"]) == ["example2025survey"]


TEX = r"""
\documentclass{article}
\newcommand{\mycite}[1]{\cite{#1}} \citestyle{egu} \setcitestyle{round}
% \cite{commented}
50\% \cite{percent} \\% \cite{commented2}
\begin{document}
\cite{a}, \citep[see][p.~3]{b,c}, \citet*{d} \Citet{e} \citealp{f}
\parencite[][{chap. [3]}]{g} \textcite
  {h,
   i} \autocite<2>{j} \footcite(pre)(post){k} \footcitetext{l} \supercite{m} \fullcite{n}
\cites(see)(more)[1]{o}[2]{p}{q} \textcites{r}{s} \citeauthor{t} \citeyearpar{u}
\volcite{2}[34]{v} \cite{w,% a comment
  x} \nocite{y} \cite[\emph{a} \cite{inner}]{z} \newcite{A} \citeposs{B} \blockcquote[3]{C}{text}
\begin{verbatim} \cite{verbatim} \end{verbatim} \verb|\cite{verb}|
\bstctlcite{IEEEexample:BSTcontrol}
\cite{a} \cite {D} \cite[note] {E} \citetext{none} \Cite{F:G/h_i.j+k}
\end{document}
\cite{after}
"""


def test_all_usual_cite_commands_are_read() -> None:
    found = find_cited_keys(TEX, is_aux=False)
    expected = ["percent", *"abcdefghijklmnopqrstuvwxyz", "inner", *"ABCDE", "F:G/h_i.j+k"]
    assert sorted(found) == sorted(expected)
    assert len(found) == len(set(found))


def test_nocite_all_gives_the_star() -> None:
    assert find_cited_keys(r"\nocite{*}", is_aux=False) == ["*"]


def test_the_keys_of_a_bibtex_aux_file_are_read() -> None:
    aux = "\\relax\n\\citation{a,b}\n\\citation{*}\n\\bibcite{z}{1}\n\\citation{REVTEX41Control}\n"
    assert find_cited_keys(aux, is_aux=True) == ["a", "b", "*"]


def test_the_keys_of_a_biblatex_aux_file_are_read() -> None:
    aux = (
        "\\abx@aux@refcontext{nty/global//global/global}\n\\abx@aux@cite{0}{a}\n"
        "\\abx@aux@segm{0}{0}{a}\n\\abx@aux@cite{b}\n\\abx@aux@nocite{0}{c}\n\\abx@aux@nociteall\n"
        "\\abx@aux@defaultrefcontext{0}{z}{nty/global//global/global}\n"
    )
    assert find_cited_keys(aux, is_aux=True) == ["a", "b", "c", "*"]


def test_an_unfinished_document_is_read_quickly() -> None:
    tex = r"\cite[" * 20_000 + r"\cite{" * 20_000
    assert find_cited_keys(tex, is_aux=False) == []
