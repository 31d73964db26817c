from catalog.importers.venues.clusters import VenueCluster, cluster_venues
from catalog.importers.venues.mentions import parse_venue
from catalog.model.records import VenueKind


def cluster(*texts: str) -> dict[str, VenueCluster]:
    mentions = [mention for text in texts if (mention := parse_venue(text)) is not None]
    return dict(cluster_venues(mentions))


def test_spellings_and_slips_are_one_venue() -> None:
    clusters = cluster("NIPS 2017", "NeruIPS 2019", "Neurips 2020", "NeurIPS 2021")
    assert len(set(clusters.values())) == 1
    venue = clusters["NIPS"]
    assert (venue.short, venue.kind) == ("NeurIPS", VenueKind.CONFERENCE)
    assert venue.aliases == ("NIPS", "NeruIPS")
    assert not venue.is_guess


def test_short_acronyms_are_never_taken_for_slips() -> None:
    clusters = cluster("ICML 2020", "ICLR 2020", "ICPR 2020", "ICXL 2020")
    assert {venue.short for venue in clusters.values()} == {"ICML", "ICLR", "ICPR", "ICXL"}


def test_workshops_and_findings_stay_apart() -> None:
    clusters = cluster("ACL 2022", "ACL 2022 Findings", "ACL 2022 Workshop on Things")
    assert {venue.short for venue in clusters.values()} == {
        "ACL",
        "Findings of ACL",
        "ACL Workshop",
    }


def test_an_unknown_venue_takes_its_commonest_spelling_and_a_guessed_kind() -> None:
    clusters = cluster("XyzConf 2020", "Xyzconf 2021")
    assert {venue.short for venue in clusters.values()} == {"XyzConf"}
    assert all(venue.is_guess for venue in clusters.values())


def test_an_abbreviated_name_keeps_its_last_period() -> None:
    clusters = cluster("J. Odd. Sci.", "Kettle Letters.")

    assert {venue.short for venue in clusters.values()} == {"J. Odd. Sci.", "Kettle Letters"}
