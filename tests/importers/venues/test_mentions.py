import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.importers.venues.known import known_venues
from catalog.importers.venues.mentions import (
    find_known,
    find_presentations,
    find_venue,
    is_venue_like,
    parse_venue,
)
from catalog.model.records import VenueKind


@pytest.mark.parametrize(
    ("text", "short", "year"),
    [
        ("NeurIPS2023", "NeurIPS", 2023),
        ("NIPS'23", "NeurIPS", 2023),
        ("NIPS ’17", "NeurIPS", 2017),
        ("AAAI-20", "AAAI", 2020),
        ("ECCV24", "ECCV", 2024),
        ("In Proc. of CVPR, 2020", "CVPR", 2020),
        ("2023 ICCV", "ICCV", 2023),
        ("[CVPR 2023]", "CVPR", 2023),
        ("(ICLR'24 Oral)", "ICLR", 2024),
        ("ACL 2022 Findings", "Findings of ACL", 2022),
        ("EMNLP-Findings'22", "Findings of EMNLP", 2022),
        ("Findings of NAACL 2022", "Findings of NAACL", 2022),
        ("NeurIPS 2022 Workshop", "NeurIPS Workshop", 2022),
        ("NeurIPS 2022 ML Safety Workshop", "NeurIPS Workshop", 2022),
        ("CVPRW 2021", "CVPR Workshop", 2021),
        ("ICML 2023 Workshop on Things for All", "ICML Workshop", 2023),
        ("NAACL-HLT2022", "NAACL", 2022),
        ("IEEE TNNLS 2019", "TNNLS", 2019),
        ("Nature 2020", "Nature", 2020),
        ("PLoS computational biology 2017", "PLOS Computational Biology", 2017),
        ("arXiv preprint arXiv:2301.12345 (2023)", "arXiv", 2023),
        ("Transactions on Machine Learning Research (08/2023)", "TMLR", 2023),
        (
            "Proceedings of the 37th International Conference on Machine Learning, 2020",
            "ICML",
            2020,
        ),
        (
            "2020 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)",
            "CVPR",
            2020,
        ),
        ("XYZConf 2021", "XYZConf", 2021),
        ("National Science Review 2024", "National Science Review", 2024),
    ],
)
def test_a_venue_is_read_in_every_form(text: str, short: str, year: int) -> None:
    mention = parse_venue(text)
    assert mention is not None
    assert (mention.short, mention.year) == (short, year)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ada Example, Ben Sample. Things, NeurIPS 2021 Spotlight", "NeurIPS 2021"),
        ("accepted at EMNLP'20 as a demo", "EMNLP'20"),
        ("Things (XYZConf 2021)", "XYZConf 2021"),
    ],
)
def test_a_venue_is_found_within_a_text(text: str, words: str) -> None:
    mention = find_venue(text)
    assert mention is not None
    assert text[mention.start : mention.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "A fast iv drip for the nature of science",
        "cross-ACL things",
        "Learning to walk in 2020",
        "x.acl2.example",
        "",
    ],
)
def test_everyday_words_are_no_venue(text: str) -> None:
    assert find_venue(text) is None


def test_everyday_words_are_venues_where_one_is_expected() -> None:
    assert find_venue("Nature, 2020") is None
    mention = find_venue("Nature, 2020", is_expected=True)
    assert mention is not None
    assert mention.short == "Nature"


@pytest.mark.parametrize(
    ("text", "is_venue"),
    [
        ("ICML 2020", True),
        ("Journal of Invented Things, 2020", True),
        ("XYZConf 2021", True),
        ("A Journal of Learning", False),
        ("Ada Example, Ben Sample", False),
        ("2020", False),
        ("An Image is Worth a Thousand Words", False),
        ("ThingEval 2017 task of genres: a perceptron for things", False),
    ],
)
def test_only_what_reads_as_a_venue_is_like_one(text: str, is_venue: bool) -> None:
    assert is_venue_like(text) is is_venue


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Journal of Invented Things 2020", VenueKind.JOURNAL),
        ("Workshop on Things 2020", VenueKind.WORKSHOP),
        ("Symposium on Things 2020", VenueKind.CONFERENCE),
        ("ThingsXiv 2020", VenueKind.PREPRINT),
        ("Example Press, 2020", VenueKind.BOOK),
        ("PhD thesis, 2020", VenueKind.OTHER),
    ],
)
def test_the_kind_of_an_unknown_venue_is_guessed_from_its_words(text: str, kind: VenueKind) -> None:
    mention = parse_venue(text)
    assert mention is not None
    assert mention.kind is kind
    assert not mention.is_known


def test_presentations_and_awards_are_told_apart() -> None:
    found = find_presentations("CVPR 2020 (Oral, Best Paper Award)")
    assert [(one.text, one.is_award) for one in found] == [
        ("Oral", False),
        ("Best Paper Award", True),
    ]


def test_a_sponsor_that_is_part_of_the_name_is_taken_once() -> None:
    for text, shown in (("IEEE IEEE Access 2020", "IEEE Access"), ("ACM TOG 2020", "ACM TOG")):
        mention = find_venue(text)
        assert mention is not None
        assert mention.text == shown


def test_every_known_name_leads_to_its_venue() -> None:
    for venue in known_venues():
        for name in (venue.short, *(alias.strip("()") for alias in venue.aliases)):
            assert find_known(name) == venue, name


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for mention in (find_venue(text), find_venue(text, is_expected=True), parse_venue(text)):
        if mention is not None:
            assert mention.text
            assert 0 <= mention.start < mention.end <= len(text)
