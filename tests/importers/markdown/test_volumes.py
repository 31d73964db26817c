"""Volume, number and pages of citations, as the styles of the field write them."""

import pytest

from catalog.importers.markdown.volumes import Volume, find_volume


@pytest.mark.parametrize(
    ("text", "volume", "number", "pages"),
    [
        (", vol. 33, no. 5, pp. 1101–1115, 2017.", "33", "5", "1101-1115"),
        (" Journal of Things, 31(2), 1–34. ", "31", "2", "1-34"),
        (" J Example Things. 2020;12(4):33-57.", "12", "4", "33-57"),
        (" Journal of Things, 131, 44–58.", "131", None, "44-58"),
        (" PVLDB 17(3) 2024.", "17", "3", None),
        (" Communications of Things 66 (9): 34–37.", "66", "9", "34-37"),
        (", vol. 8, e00141, 2020.", "8", None, "e00141"),
        (", 7(CSCW1), Article 88.", "7", "CSCW1", "88"),
        (" In CONF '22 (pp. 1–15). ACM.", None, None, "1-15"),
        (" Things 574, 505 (2019).", "574", None, "505"),
        (" CONF (2024), Seoul", None, None, None),
        (" Vision with 3 (2D) nets", None, None, None),
    ],
)
def test_volume_number_and_pages(
    text: str, volume: str | None, number: str | None, pages: str | None
) -> None:
    assert find_volume(text) == Volume(volume, number, pages)
