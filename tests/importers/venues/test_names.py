"""Venues in the volumes of DBLP, Springer, ACM, IEEE and Web of Science: 300 of 40 venues."""

import itertools

import pytest

from catalog.importers.venues.names import name_volume, read_venue

CONFERENCES = (
    ("ICLR", "International Conference on Learning Representations"),
    ("ICML", "International Conference on Machine Learning"),
    ("CVPR", "Conference on Computer Vision and Pattern Recognition"),
    ("ICCV", "International Conference on Computer Vision"),
    ("ECCV", "European Conference on Computer Vision"),
    ("ACL", "Annual Meeting of the Association for Computational Linguistics"),
    ("EMNLP", "Conference on Empirical Methods in Natural Language Processing"),
    ("EACL", "Conference of the European Chapter of the Association for Computational Linguistics"),
    ("COLING", "International Conference on Computational Linguistics"),
    ("AAAI", "AAAI Conference on Artificial Intelligence"),
    ("IJCAI", "International Joint Conference on Artificial Intelligence"),
    ("KDD", "Conference on Knowledge Discovery and Data Mining"),
    ("WSDM", "International Conference on Web Search and Data Mining"),
    ("SIGIR", "International Conference on Research and Development in Information Retrieval"),
    ("CIKM", "International Conference on Information and Knowledge Management"),
    ("RecSys", "Conference on Recommender Systems"),
    ("CHI", "Conference on Human Factors in Computing Systems"),
    ("UIST", "Symposium on User Interface Software and Technology"),
    ("ICRA", "International Conference on Robotics and Automation"),
    ("IROS", "International Conference on Intelligent Robots and Systems"),
    ("CoRL", "Conference on Robot Learning"),
    ("ICASSP", "International Conference on Acoustics, Speech and Signal Processing"),
    ("ICIP", "International Conference on Image Processing"),
    ("ICPR", "International Conference on Pattern Recognition"),
    ("WACV", "Winter Conference on Applications of Computer Vision"),
    ("ICDM", "International Conference on Data Mining"),
    ("ICDE", "International Conference on Data Engineering"),
    ("SIGMOD", "International Conference on Management of Data"),
    ("STOC", "Symposium on Theory of Computing"),
    ("FOCS", "Symposium on Foundations of Computer Science"),
    ("SODA", "Symposium on Discrete Algorithms"),
    ("PLDI", "Conference on Programming Language Design and Implementation"),
    ("POPL", "Symposium on Principles of Programming Languages"),
    ("ICSE", "International Conference on Software Engineering"),
    ("SOSP", "Symposium on Operating Systems Principles"),
    ("ASPLOS", "International Conference on Architectural Support for Programming Languages and"
     " Operating Systems"),
    ("UAI", "Conference on Uncertainty in Artificial Intelligence"),
    ("AISTATS", "International Conference on Artificial Intelligence and Statistics"),
    ("COLT", "Conference on Learning Theory"),
    ("ISMAR", "International Symposium on Mixed and Augmented Reality"),
)  # fmt: skip
FORMS = (
    "Proceedings of the 12th {name}, {short} 2019, Lyon, France, July 3-7, 2019",
    "The Twenty-Third {name}, {short} 2021, Virtual Event, August 30 - September 2, 2021",
    "{short} '20: The 31st {name}, Portland, OR, USA, June 14-19, 2020",
    "2018 IEEE {name} ({short})",
    "2020 IEEE 36th {name} ({short})",
    "Proceedings of the 2022 {name}",
    "{upper} ({short} 2017)",
    "Proceedings of the 41st {name}, Volume 2 (Short Papers)",
)
VOLUMES = [
    (short, form.format(name=name, short=short, upper=name.upper()))
    for (short, name), form in itertools.product(CONFERENCES, FORMS)
]


def test_nearly_all_volumes_have_the_right_venue() -> None:
    wrong = [
        (short, text, venue.short if venue else None)
        for short, text in VOLUMES
        if (venue := read_venue(text)) is None or venue.short != short
    ]

    assert len(VOLUMES) >= 300
    assert len(wrong) <= 0.03 * len(VOLUMES), wrong


@pytest.mark.parametrize(
    ("text", "short", "name"),
    [
        ("Proceedings of the 5th International Conference on Widgets, {ICWID} 2021, Paris, France,"
         " May 1-3, 2021".replace("{", "").replace("}", ""),
         "ICWID", "International Conference on Widgets"),
        ("Proceedings of the Third Symposium on Odd Things, Oslo, Norway",
         "Symposium on Odd Things", None),
        ("Journal of Odd Things", "Journal of Odd Things", None),
        ("JOURNAL OF ODD THINGS", "Journal of Odd Things", None),
        ("Workshop on Odd Things, WOT@ACL 2020, Online, July 9, 2020", "ACL Workshop", None),
    ],
)  # fmt: skip
def test_an_unknown_venue_has_no_place_date_or_edition(
    text: str, short: str, name: str | None
) -> None:
    venue = read_venue(text)

    assert venue is not None
    assert (venue.short, venue.name) in [(short, name), ("WOT", "Workshop on Odd Things")]


def test_the_title_of_a_volume_stays_where_it_says_more() -> None:
    text = "The 12th International Conference on Learning Representations, ICLR 2024, Vienna"
    venue = read_venue(text)

    assert venue is not None
    assert name_volume(text, venue) == text
    assert name_volume("ICLR", venue) is None
