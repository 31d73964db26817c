"""The files of a list at a revision, from real repositories."""

from pathlib import Path

import pytest

from catalog.errors import UsageError
from catalog.store.git import StoredFile, find_origin, read_revision
from tests.repository import Repository

PATHS = ("papers.yaml", "papers")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers.yaml").write_bytes(b"one\r\n")
    (tmp_path / "papers" / "-odd näme.yaml").write_bytes(b"\xff\n\n")
    (tmp_path / "other.yaml").write_bytes(b"other\n")
    repository = Repository(tmp_path)
    repository.commit()
    return repository


def test_files_come_byte_for_byte(repository: Repository) -> None:
    (repository.folder / "papers.yaml").write_bytes(b"two\n")
    assert read_revision(repository.folder, "HEAD", PATHS) == [
        StoredFile("papers.yaml", b"one\r\n"),
        StoredFile("papers/-odd näme.yaml", b"\xff\n\n"),
    ]


def test_names_are_told_from_the_folder_of_the_list(tmp_path: Path) -> None:
    folder = tmp_path / "lists" / "mine"
    folder.mkdir(parents=True)
    (folder / "papers.yaml").write_text("mine\n")
    (tmp_path / "papers.yaml").write_text("another list\n")
    Repository(tmp_path).commit()
    assert read_revision(folder, "main", PATHS) == [StoredFile("papers.yaml", b"mine\n")]


def test_what_others_did_since_does_not_count(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--create", "mine")
    (repository.folder / "papers.yaml").write_bytes(b"mine\n")
    repository.commit()
    repository.git("switch", "--quiet", "main")
    (repository.folder / "papers.yaml").write_bytes(b"theirs\n")
    repository.commit()
    repository.git("switch", "--quiet", "mine")
    assert read_revision(repository.folder, "main", ("papers.yaml",))[0].data == b"one\r\n"


def test_links_are_left_out(repository: Repository) -> None:
    (repository.folder / "papers" / "link.yaml").symlink_to("/etc/hostname")
    repository.commit()
    names = [file.name for file in read_revision(repository.folder, "HEAD", PATHS)]
    assert names == ["papers.yaml", "papers/-odd näme.yaml"]


def test_a_list_that_was_not_there_yet_has_no_files(repository: Repository) -> None:
    assert read_revision(repository.folder, "HEAD", ("later",)) == []


@pytest.mark.parametrize(
    "revision",
    [
        "--output=x",
        "-h",
        "--upload-pack=touch x",
        "HEAD:papers.yaml",
        ":/Change",
        "main..HEAD",
        "HEAD --all",
        "HEAD\n",
        "",
        "$(touch x)",
        "`touch x`",
        "HEAD;touch x",
        "x" * 300,
        "\x00",
    ],
)
def test_a_hostile_revision_is_refused_before_git_runs(
    revision: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="is not the name of a revision"):
        read_revision(tmp_path, revision, PATHS)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("revision", ["nowhere", "0000000", "HEAD~9", "main@{2}"])
def test_an_unknown_revision_is_named(repository: Repository, revision: str) -> None:
    with pytest.raises(UsageError, match="there is no revision"):
        read_revision(repository.folder, revision, PATHS)


def test_without_a_repository_or_git_the_error_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UsageError, match="not a git repository"):
        read_revision(tmp_path, "HEAD", PATHS)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="git is not installed"):
        read_revision(tmp_path, "HEAD", PATHS)


@pytest.mark.parametrize(
    ("origin", "url"),
    [
        ("https://example.org/a/b.git", "https://example.org/a/b.git"),
        ("https://ada:secret@example.org/a/b.git", "https://example.org/a/b.git"),
        ("https://token@example.org/a/b", "https://example.org/a/b"),
        ("git@example.org:a/b.git", "ssh://git@example.org/a/b.git"),
        ("ssh://git@example.org/a/b.git", "ssh://git@example.org/a/b.git"),
    ],
)
def test_the_origin_of_a_checkout_is_a_url_without_login(
    origin: str, url: str, repository: Repository
) -> None:
    repository.git("remote", "add", "origin", origin)
    # What was never pushed nobody else can get.
    assert find_origin(repository.folder) is None
    repository.git("update-ref", "refs/remotes/origin/main", "HEAD")
    commit = repository.git("rev-parse", "HEAD").strip()
    assert find_origin(repository.folder) == (url, commit)
    (repository.folder / "inside").mkdir()
    assert find_origin(repository.folder / "inside") is None


def test_a_clone_on_the_same_machine_names_the_folder(repository: Repository) -> None:
    clone = repository.folder.parent / "clone"
    repository.git("clone", "--quiet", str(repository.folder), str(clone))
    found = find_origin(clone)
    assert found is not None
    assert found[0] == f"file://localhost{repository.folder.as_posix()}"
    again = repository.folder.parent / "again"
    repository.git("clone", "--quiet", found[0], str(again))
    assert find_origin(again) == found


def test_a_folder_without_repository_or_git_has_no_origin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_origin(tmp_path) is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_origin(tmp_path) is None
