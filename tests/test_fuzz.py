"""What fuzzing found, and a short run of it; `make fuzz` looks for longer."""

import pytest

from catalog.store.load import load_files
from tests.fuzz.targets import TARGETS, run, run_sizes

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("text", ["<<: ", "*a: b\npapers: []\n", "{<<: [a]}", "? [a]\n: b\n"])
def test_a_name_of_a_table_that_cannot_be_read_is_a_finding(text: str) -> None:
    loaded = load_files([("papers.yaml", text.encode())])
    assert loaded.findings


@pytest.mark.parametrize("name", TARGETS)
def test_every_good_file_is_read(name: str) -> None:
    for text in TARGETS[name].seeds:
        run(TARGETS[name], text)


def test_a_megabyte_of_hidden_characters_is_told_once() -> None:
    loaded = load_files([("papers.yaml", b"\x00" * 1_000_000)])
    codes = [finding.code.value for finding in loaded.findings]
    assert codes.count("text-control") == 1


@pytest.mark.parametrize(
    ("name", "size"),
    [
        *(("list", 60_000), ("list", 1_000_000), ("bibliography", 100_000), ("yaml", 100_000)),
        *(("page", 300_000), ("title", 60_000), ("notation", 1_000_000)),
    ],
)
def test_no_piece_of_a_format_takes_long_however_often_it_is_repeated(name: str, size: int) -> None:
    # 2 s of CPU time each; what looks back over a whole line takes minutes here.
    assert run_sizes(name, size) <= 1


@pytest.mark.parametrize(
    "form", ["- **A Study of Things {}** {}\n", "- {} {}\n", "{} {}\n\n", "## {} {}\n\n"]
)
@pytest.mark.parametrize(
    "piece",
    [
        *("a. ", "A. ", "a: ", "in Proc. ", "pp. 1-2, ", "arXiv:2401.00001 ", "**a** ", "a, ", "“"),
        *("(", "\U0001f525 ", "1) [a](b) _*"),
    ],
)
def test_the_longest_lines_of_one_piece_take_a_moment(piece: str, form: str) -> None:
    # What looks back over all of a line from each of its words takes several seconds here.
    lines = (form.format(number, piece * (9_900 // len(piece))) for number in range(5))
    text = "# Things\n\n## Papers\n\n- [A Study of Rooms](https://a.example/1)\n" + "".join(lines)
    assert run(TARGETS["list"], text.encode()) <= 1
