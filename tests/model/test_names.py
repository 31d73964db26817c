"""Names are split by BibTeX's rules, say when that is a guess, and have one form for each use."""

from dataclasses import asdict

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pybtex.database import Person  # type: ignore[import-untyped] # has no types
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from catalog.model.names import Name, PersonName, parse_name

NAME = TypeAdapter[PersonName](Name)


@pytest.mark.parametrize(
    ("text", "given_name", "particle", "family", "suffix"),
    [
        ("Ada Example", "Ada", None, "Example", None),
        ("Ada B. Example", "Ada B.", None, "Example", None),
        ("Example, Ada", "Ada", None, "Example", None),
        ("Carla van der Berg", "Carla", "van der", "Berg", None),
        ("van der Berg, Carla", "Carla", "van der", "Berg", None),
        ("Berg, Jr., Carla", "Carla", None, "Berg", "Jr."),
        ("Carla Berg III", "Carla", None, "Berg", "III"),
        ("Carla van der Berg Jr.", "Carla", "van der", "Berg", "Jr."),
        ("Exampla", None, None, "Exampla", None),
        ("Exampla III", "Exampla", None, "III", None),
        ("Ada B. Ii", "Ada B.", None, "Ii", None),
        ("Ada van der Iv", "Ada", "van der", "Iv", None),
        ("Ada Example jr.", "Ada", None, "Example", "jr."),
        ("Éva Ex III", "Éva", None, "Ex", "III"),
        ("de la Exampla Magna, Éva", "Éva", "de la", "Exampla Magna", None),
        ("7 Exampla", "7", None, "Exampla", None),
        ("Ejemplo y Muestra, Ana", "Ana", None, "Ejemplo y Muestra", None),
        ("Nour al-Mukhtara", "Nour", None, "al-Mukhtara", None),
        ("Jean-Luc Modèle", "Jean-Luc", None, "Modèle", None),
        ("  Ada   Example ", "Ada", None, "Example", None),
        ("Élise Modèle", "Élise", None, "Modèle", None),
        ("Ada Example, ", None, None, "", None),
    ],
)
def test_a_plain_name_is_split(
    text: str, given_name: str | None, particle: str | None, family: str, suffix: str | None
) -> None:
    if not family:
        with pytest.raises(PydanticCustomError, match="cannot be split"):
            parse_name(text)
        return
    expected = PersonName(given=given_name, particle=particle, family=family, suffix=suffix)
    assert parse_name(text) == expected


WORD = st.text("abcdefghijklmnopqrstuvwxyzéøł", min_size=2, max_size=8)
CAPITALIZED = WORD.map(str.capitalize)


@given(
    st.lists(CAPITALIZED, min_size=1, max_size=3),
    st.sampled_from(["", "van der", "de", "von"]),
    CAPITALIZED,
)
@example(["Aa"], "van der", "Ii")
def test_given_names_particle_and_family_name_are_split_as_pybtex_does(
    given_names: list[str], particle: str, family: str
) -> None:
    text = " ".join([*given_names, *particle.split(), family])
    person = Person(text)
    name = parse_name(text)
    assert (name.given or "").split() == person.first_names + person.middle_names
    assert (name.particle or "").split() == person.prelast_names
    assert [name.family] == person.last_names


@pytest.mark.parametrize("text", ["", ",", "a,,b", "a, b, c, d", " , Ada"])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError, match="cannot be split"):
        parse_name(text)


def test_what_is_no_name_is_shown_with_what_to_write() -> None:
    for text in ("a,,B", "a\x1bB"):
        with pytest.raises(PydanticCustomError) as caught:
            parse_name(text)
        assert caught.value.message() == f"the author '{text}' cannot be split into names"
        assert caught.value.context == {
            "name": text,
            "hint": "Write Family, Given or {literal: …}, one author per item",
        }


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"given": "Ada"},
        {"literal": "Team", "family": "Example"},
        {"family": ""},
        {"family": " Example"},
        {"family": "Exam\nple"},
        {"family": "Example", "nickname": "Bo"},
    ],
)
def test_parts_that_make_no_name_are_refused(parts: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        NAME.validate_python(parts)


@pytest.mark.parametrize(
    ("parts", "display", "inverted", "abbreviated", "sort_key"),
    [
        ("Ada B. Example", "Ada B. Example", "Example, Ada B.", "A. B. Example", "example ada b"),
        ("Carla van der Berg", "Carla van der Berg", "van der Berg, Carla", "C. van der Berg",
         "van der berg carla"),
        ("Berg, Jr., Carla", "Carla Berg Jr.", "Berg, Jr., Carla", "C. Berg Jr.", "berg jr carla"),
        ("Exampla", "Exampla", "Exampla", "Exampla", "exampla"),
        ("Jean-Luc Modèle", "Jean-Luc Modèle", "Modèle, Jean-Luc", "J.-L. Modèle",
         "modele jean luc"),
        ("J.R.R. Example", "J.R.R. Example", "Example, J.R.R.", "J. R. R. Example",
         "example j r r"),
        ("J.-L. Modèle", "J.-L. Modèle", "Modèle, J.-L.", "J.-L. Modèle", "modele j l"),
        ("Łucja Ćwiczona", "Łucja Ćwiczona", "Ćwiczona, Łucja", "Ł. Ćwiczona", "cwiczona lucja"),
        ({"literal": "The Things Team"}, "The Things Team", "The Things Team", "The Things Team",
         "the things team"),
        ({"given": "Élise", "particle": "d’", "family": "Invente"}, "Élise d’Invente",
         "d’Invente, Élise", "É. d’Invente", "d invente elise"),
        ({"given": "Ada", "particle": "d'", "family": "Invente"}, "Ada d'Invente",
         "d'Invente, Ada", "A. d'Invente", "d invente ada"),
        ({"given": "Nour", "particle": "al-", "family": "Mukhtara"}, "Nour al-Mukhtara",
         "al-Mukhtara, Nour", "N. al-Mukhtara", "al mukhtara nour"),
        ({"given": "7 Ada", "family": "Example"}, "7 Ada Example", "Example, 7 Ada",
         "7. A. Example", "example 7 ada"),
        ({"given": "示例"} | {"family": "Example"}, "示例 Example", "Example, 示例", "示. Example",
         "example 示例"),
        ({"family": "例"}, "例", "例", "例", "例"),
        ({"given": "示例", "family": "例"}, "例示例", "例, 示例", "例示例", "例 示例"),
        ({"given": "기예", "family": "보"}, "보기예", "보, 기예", "보기예", "보 기예"),
        ({"given": "Ying", "family": "例"}, "Ying 例", "例, Ying", "Y. 例", "例 ying"),
    ],
)  # fmt: skip
def test_a_name_has_a_form_for_each_use(
    parts: str | dict[str, str], display: str, inverted: str, abbreviated: str, sort_key: str
) -> None:
    name = NAME.validate_python(parts)
    assert name.display == display
    assert name.inverted == inverted
    assert name.abbreviated == abbreviated
    assert name.sort_key == sort_key


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("José Ejemplo y Muestra", "'y' may belong to the given or the family name"),
        ("Carla Van der Berg", "'Van' may belong to the family name"),
        ("Dora De Angelinvent", "'De' may belong to the family name"),
        ("Nour El Mukhtara", "'El' may belong to the family name"),
        ("Jean d'Exemple Modèle", '"d\'Exemple" may belong to the given or the family name'),
        ("bella exemplar", "'bella' may belong to the family name"),
        ("van Example", "'van' may belong to the family name"),
        ("LI Shili", None),
        ("WANG Shili", "'WANG' may be the family name"),
        ("Example A.", "it ends in the initial 'A.'"),
        ("Example A", "it ends in the initial 'A'"),
        ("Example Jr.", "'Jr.' may be a suffix"),
        ("Ada Example PhD", "'PhD' may be a suffix"),
        ("Example, PhD", "'PhD' looks like a suffix"),
        ("Example, Ada and Sample, Ben", "'Ada and Sample' does not look like a suffix"),
        ("Ada Example and Ben Sample", "it may be several authors"),
        ("Ada Example & Ben Sample", "it may be several authors"),
        ("Dr. Ada Example", "it contains a title or symbols"),
        ("Ada Example1", "it contains a title or symbols"),
        ("Ada Example (Invented Lab)", "it contains a title or symbols"),
        ("Things Team", "it may be a group"),
        ("The Inventors", "it may be a group"),
        ("ThingAI", "it may be a group"),
        ("示例", "the family name is not marked"),
        ("例 示例", "the family name is not marked"),
    ],
)
def test_a_doubtful_guess_gives_its_reason(text: str, reason: str | None) -> None:
    doubt = parse_name(text).doubt
    assert (doubt.reason if doubt else None) == reason
    assert doubt is None or doubt.hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (
            "Example, Ada and Sample, Ben",
            "Write Family, Suffix, Given, one author per item, or {literal: …} for a group",
        ),
        ("Example, PhD", "write Family, Suffix, Given"),
        ("Ada and Ben", "Write one author per item, or {literal: Ada and Ben} for a group"),
        ("Ada 1", "write the name alone, or {literal: Ada 1} if it is as it stands"),
        ("Things Team", "write {literal: Things Team}, or Family, Given for a person"),
        ("ABc", "write {literal: ABc}, or Family, Given for a person"),
        ("示例", "write {family: …, given: …}"),
        (
            "Example A.",
            "write 'A., Example' if that is right, or else Family, Given with the other split",
        ),
        ("ABC Example", "write 'Example, ABC' if that is right, or else Family, Given with the "
         "other split"),
    ],
)  # fmt: skip
def test_a_doubt_says_what_to_write(text: str, hint: str) -> None:
    doubt = parse_name(text).doubt
    assert doubt is not None
    assert doubt.hint == hint


@pytest.mark.parametrize(
    "text",
    [
        *("Ada Example", "Ada B. Example", "J.-L. Modèle", "Jean-Luc Modèle", "A. B. Example"),
        *("Carla van der Berg", "Max von Muster", "Dora de la Muestra", "Cleo O'Sample"),
        *("Ben Sample Jr.", "Ben Sample III", "Exampla", "Łucja Ćwiczona", "Cleo McSample"),
        *("Example, Ada", "De Angelinvent, Dora", "Team, Things", "Berg, Jr., Carla", "Ben Li"),
        *("A-B", "AB-Cd", "Ab", "AB Example", "Éva Xi", "Xi, Éva", "Éva Ii"),
        *("Thị Ví Dụ Nguyễn", "JD Sample", "In So Muestra", "Jean d'Exemple"),
    ],
)
def test_a_usual_name_raises_no_doubt(text: str) -> None:
    assert parse_name(text).doubt is None


def test_parts_by_name_are_no_guess() -> None:
    assert NAME.validate_python({"given": "Things", "family": "Team"}).doubt is None
    assert NAME.validate_python({"literal": "ThingAI"}).doubt is None


def test_what_a_doubt_proposes_is_no_guess_any_more() -> None:
    for text in ("José Ejemplo y Muestra", "Dora De Angelinvent", "Example A."):
        assert parse_name(parse_name(text).inverted).doubt is None


def test_the_plain_form_takes_no_part_in_equality_or_output() -> None:
    plain, parts = parse_name("Ada Example"), PersonName(given="Ada", family="Example")
    assert plain == parts
    assert hash(plain) == hash(parts)
    assert asdict(plain) == asdict(parts)
    assert NAME.dump_json(plain) == NAME.dump_json(parts)


def test_the_schema_of_a_name_is_text_or_parts() -> None:
    schema = NAME.json_schema()
    assert {"type": "string"} in schema["anyOf"]
    properties = schema["$defs"]["PersonName"]["properties"]
    assert set(properties) == {"given", "family", "particle", "suffix", "literal"}


@pytest.mark.parametrize(
    ("text", "is_stand_in"),
    [
        *(("Ada Example et al", True), ("et al .", True), ("…", True), ("Xet alX", False)),
        *(("et al.", True), ("and others", True), ("others", True), ("Ada Example et al.", True)),
        *(("Ada Example", False), ("Etal Example", False), ("Ada Others", False)),
    ],
)
def test_stand_ins_for_further_authors_are_known(text: str, is_stand_in: bool) -> None:
    assert parse_name(text).is_et_al is is_stand_in


@pytest.mark.parametrize(
    ("text", "family_given"),
    [
        ("Ada Example", "Example, Ada"),
        ("Example, Ada B.", "Example, Ada B."),
        ("Carla van der Berg", None),
        ("Berg, Jr., Carla", None),
        ("Exampla", None),
    ],
)
def test_the_usual_name_has_a_family_and_given_names_and_nothing_else(
    text: str, family_given: str | None
) -> None:
    assert parse_name(text).family_given == family_given


def test_a_comma_inside_a_part_makes_a_name_unusual() -> None:
    assert PersonName(given="Ada, B", family="Example").family_given is None
    assert PersonName(literal="Things, Team").family_given is None


def test_given_names_in_east_asian_script_stay_whole_and_none_are_none() -> None:
    assert PersonName(given="示例", family="例").initials == "示例"
    assert PersonName(family="Exampla").initials == ""
    assert PersonName(given="Jean-Luc A.", family="Modèle").initials == "J.-L. A."
