import pytest

from catalog.importers.markdown.bylines import read_byline
from catalog.importers.markdown.dates import find_date, is_date
from catalog.importers.markdown.entries import Entry
from catalog.importers.markdown.evidence import Slot
from catalog.importers.markdown.forms import Line, bare, read_line
from catalog.importers.markdown.new_list import make_list
from catalog.importers.markdown.reader import read_markdown


@pytest.mark.parametrize(
    ("text", "names", "has_more"),
    [
        ("Ada Example, Ben Sample and Carla van der Berg", 3, False),
        ("A. Example, B. Sample", 2, False),
        ("Example, A., Sample, B., & van der Berg, C.", 3, False),
        ("Ada Example et al.", 1, True),
        ("Ada Example. et al", 1, True),
        ("Authors: Ada Example*, Ben Sample†", 2, False),
        ("Łukasz Kłos, Jörn Müller, 张三", 3, False),
    ],
)
def test_a_byline_is_told_by_its_names(text: str, names: int, has_more: bool) -> None:
    byline = read_byline(text)
    assert byline is not None
    assert byline.is_sure
    assert (len(byline.names), byline.has_more) == (names, has_more)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Invented, Dora, and Emil Muster.", ("Invented, Dora", "Emil Muster")),
        ("Muster E, Probe FG.", ("Muster, E.", "Probe, F. G.")),
        ("Example, A., Sample, B., et al.", ("Example, A.", "Sample, B.")),
        (
            "A. Example (Example University), B. Sample",
            ("A. Example (Example University)", "B. Sample"),
        ),
        ("张三，李四、王五", ("张三", "李四", "王五")),
        ("Deep Example et al.", ("Deep Example",)),
        ("Ada Example, Ben Sample, Chuang Gan", ("Ada Example", "Ben Sample", "Chuang Gan")),
    ],
)
def test_names_are_read_in_the_order_of_each_style(text: str, names: tuple[str, ...]) -> None:
    byline = read_byline(text)
    assert byline is not None
    assert byline.is_sure
    assert byline.names == names


@pytest.mark.parametrize(
    "text",
    [
        "Vision, Language, Action",
        "Deep Learning, Neural Networks",
        "Attention Is All Things Need",
        "Keyword: Safety, Alignment",
        "Ada Example, Learning Things with Things, CVPR, 2015",
        "Deep Clusters, Ada Example, Ben Sample",
    ],
)
def test_words_of_titles_are_no_sure_byline(text: str) -> None:
    byline = read_byline(text)
    assert byline is None or not byline.is_sure


@pytest.mark.parametrize(
    ("text", "byline", "venue", "year"),
    [
        ("Ada Example et al, CVPR 2016.", "Ada Example et al", "CVPR", 2016),
        ("The Things Team, arXiv 2023", "The Things Team", "arXiv", 2023),
        ("Ada Example et al, Biology, 2023", "Ada Example et al", "Biology", 2023),
        ("**Ada Example** · *ICML 2020* (Oral)", "Ada Example", "ICML", 2020),
        ("*CoRL, Sept 2024*", None, "CoRL", 2024),
        ("Ada Example (ExLab) et al. ICML 2023.", "Ada Example (ExLab) et al.", "ICML", 2023),
        ("by Ada Example, Ben Sample, in CVPR 2020", "Ada Example, Ben Sample", "CVPR", 2020),
        ("Marschische Geschichtsblätter 136, 2018", None, "Marschische Geschichtsblätter", 2018),
    ],
)  # fmt: skip
def test_fields_below_a_title_are_read_by_the_form_of_like_lines(
    text: str, byline: str | None, venue: str | None, year: int | None
) -> None:
    for entry in read_with_fields(text):
        assert (entry.byline.shown if entry.byline else None) == byline
        assert (entry.venue.text if entry.venue else None) == venue
        assert (entry.year, entry.notes) == (year, [])


@pytest.mark.parametrize(
    "text",
    ["CVPR 2020 with a demo of things", "Released on May 4, 2019", "It moves things, 2019"],
)
def test_a_line_below_a_title_with_other_words_is_a_note(text: str) -> None:
    for entry in read_with_fields(text):
        assert (entry.byline, entry.venue, entry.notes) == (None, None, [text])


def read_with_fields(text: str) -> tuple[Entry, ...]:
    """Return two entries with `text` in an item below them."""
    items = (
        f"- [A Study of {word} Things](https://arxiv.org/abs/2001.0000{number})\n  - {text}\n"
        for number, word in enumerate(["Moving", "Falling"])
    )
    found = read_markdown(f"## Papers\n\n{''.join(items)}".encode(), "list.md").entries
    assert len(found) == 2
    return found


@pytest.mark.parametrize(
    ("text", "year", "month"),
    [
        ("12 Jan 2023", 2023, 1),
        ("Sep 7 2023", 2023, 9),
        ("(Feb., 2025)", 2025, 2),
        ("2023-12-06", 2023, 12),
        ("2021.6", 2021, 6),
        ("2023/05", 2023, 5),
        ("08/2023", 2023, 8),
        ("2023年5月", 2023, 5),
        ("2023年5月12日", 2023, 5),
    ],
)
def test_a_date_is_read_in_every_form(text: str, year: int, month: int) -> None:
    date = find_date(text)
    assert date is not None
    assert (date.year, date.month) == (year, month)
    assert is_date(text)


@pytest.mark.parametrize("text", ["2003.99903", "arXiv:2003.99903", "v2021.10.3.4", "20223"])
def test_an_arxiv_id_or_version_is_no_date(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Things (2015), A. Example et al.", "Things"),
        ("Things and More Things, Ada Example, Ben Sample, CVPR 2020", "Things and More Things"),
        ("Example, A., & Sample, B. (2019). How things remember. Nature.", "How things remember"),
        ("Do Things See? Ada Example et al. ICML 2020", "Do Things See?"),
        ("Things by Things: a net (2016) D. Muster and E. Probe.", "Things by Things: a net"),
        ("[CVPR 2020] Things at Last. Ada Example, Ben Sample and Cem Muster.", "Things at Last"),
        ("Things, Knots, and Trees", "Things, Knots, and Trees"),
        (
            "Lifting Things by Reducing Inner Friction, CONF 2015",
            "Lifting Things by Reducing Inner Friction",
        ),
        ("Walls vs. Doors vs. Windows, CONF 2017", "Walls vs. Doors vs. Windows"),
    ],
)
def test_a_plain_title_ends_where_the_rest_tells_something_else(text: str, title: str) -> None:
    found = read_line(Line(text))
    assert found is not None
    shown = next(one for one in found[1] if one.slot is Slot.TITLE)
    assert bare(text[shown.start : shown.end]) == title


def test_line_breaks_in_a_note_part_its_lines() -> None:
    text = "- **Nets that Fall and Rise**, ICML 2020. A note about it.<br>Its second line\n"
    made = make_list([read_markdown(text.encode(), "list.md")])
    assert made.drafts[0].values["note"] == "A note about it. Its second line"


def test_titles_that_lead_to_notes_are_papers_in_every_section_of_such_a_list() -> None:
    things = ("Kettles", "Spoons", "Cups", "Ladles", "Forks", "Plates", "Bowls")
    sections = "".join(
        f"\n## {one}\n\n"
        f"- [[{one[:3].upper()}] Learning to Count {one} in Rooms](https://github.com/o/n/issues/{n})\n"
        f"- [Deep {one}](https://github.com/o/n/issues/{n}0)\n"
        f"- [A Unified View of Warm {one} and Cold Tea](notes/{n}.md)\n"
        for n, one in enumerate(things, start=1)
    )

    found = read_markdown(f"# Notes\n{sections}".encode(), "README.md")

    assert len(found.entries) == 3 * len(things)
