"""The files of a list as they were at a revision: the only module that runs git."""

import re
import subprocess
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from catalog.errors import UsageError
from catalog.store.yaml import MAX_BYTES

# What git allows in names (git-check-ref-format) and in revisions (gitrevisions: ~ ^ @{…}), without
# what begins an option, names a path or searches messages.
_REVISION = re.compile(r"[A-Za-z0-9_@][A-Za-z0-9_@./{}^~+#=-]{0,254}")
# A partial clone may have to fetch what is read; a process that waits for longer is stuck.
_SECONDS = 120
# Neither symbolic links (120000) nor submodules (160000): only files of the list are read.
_REGULAR_FILES = ("100644", "100755")
# A row of `git ls-tree -l -z`: `100644 blob 1f3c…     512\tpapers.yaml`.
_ROW = re.compile(rb"(\d{6}) blob ([0-9a-f]+) +(\d+)\t(.+)", re.DOTALL)
# `https://ada:secret@host/…`: what is before the @ must not reach a published page.
_LOGIN = re.compile(r"(https?://)[^/@]*@")
# `git@example.org:ada/list.git`; `C:/list` is a folder of Windows.
_SHORT_SSH = re.compile(r"([^/:]+@[^/:]+|[^/:]{2,}):(.+)")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of the list: its path below the list's folder, with forward slashes, and its bytes."""

    name: str
    data: bytes


def read_revision(folder: Path, revision: str, paths: tuple[str, ...]) -> list[StoredFile]:
    """Return the files below `paths` as they were where the work in `folder` left `revision`.

    That is the newest commit that both have, so that what others did since counts for neither side.
    Links and files larger than any that is read are left out. Raises `UsageError` when there is no
    such revision, no repository or no git.
    """
    commit = _find_commit(folder, revision)
    # `--` and literal pathspecs: no path is taken for an option or a pattern.
    listing = _run(folder, "ls-tree", "-r", "-l", "-z", commit, "--", *paths)
    rows = [found for row in listing.split(b"\0") if (found := _ROW.fullmatch(row))]
    wanted = [
        (found[4].decode("utf-8", "replace"), found[2], int(found[3]))
        for found in rows
        if found[1].decode() in _REGULAR_FILES and int(found[3]) <= MAX_BYTES
    ]
    blobs = _read_blobs(folder, [oid for _, oid, _ in wanted])
    return [StoredFile(name, data) for (name, _, _), data in zip(wanted, blobs, strict=True)]


def find_origin(checkout: Path) -> tuple[str, str] | None:
    """Return from where anybody gets what is in `checkout`: its repository's URL, its commit.

    None when that is not a checkout, it was not cloned, its commit may not be there, or
    git is not installed. User names and passwords of web addresses are left out.
    """
    ask = partial(_run, checkout, expected=None)
    try:
        top = ask("rev-parse", "--show-toplevel").decode().strip()
        if not top or Path(top).resolve() != checkout.resolve():
            return None
        commit = ask("rev-parse", "--verify", "HEAD").decode().strip()
        is_there = ask("branch", "--remotes", "--list", "origin/*", "--contains", "HEAD")
        url = ask("remote", "get-url", "origin").decode().strip()
    except UsageError:
        return None
    return (_to_url(url, checkout), commit) if commit and is_there.strip() and url else None


def find_remote(folder: Path) -> str | None:
    """Return what git calls the origin of the repository in `folder`, None without one."""
    return _ask(folder, "remote", "get-url", "origin")


def find_default_branch(folder: Path) -> str | None:
    """Return the default branch of the origin as the clone knows it, else the one checked out.

    None when `folder` is in no repository, or no branch is checked out.
    """
    head = _ask(folder, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
    if head is not None:
        return head.removeprefix("origin/")
    branches = (_ask(folder, "branch", "--format=%(refname:short)") or "").splitlines()
    usual = next((name for name in ("main", "master") if name in branches), None)
    return usual or _ask(folder, "symbolic-ref", "--quiet", "--short", "HEAD")


def find_prefix(folder: Path) -> str:
    """Return the path from the top of the repository to `folder`, `lists/things/`; "" at the top.

    Also "" where there is no repository.
    """
    return _ask(folder, "rev-parse", "--show-prefix") or ""


def find_repository_root(folder: Path) -> Path | None:
    """Return the top folder of the repository that holds `folder`, None without one."""
    top = _ask(folder, "rev-parse", "--show-toplevel")
    return Path(top) if top else None


def _ask(folder: Path, *arguments: str) -> str | None:
    """Return one answer of git, None when it has none or is not there."""
    if not folder.is_dir():
        return None
    try:
        return _run(folder, *arguments, expected=None).decode("utf-8", "replace").strip() or None
    except UsageError:
        return None


def _to_url(origin: str, checkout: Path) -> str:
    """Write what git calls an origin as a URL: https://git-scm.com/docs/git-clone#_git_urls."""
    if "://" in origin:
        return _LOGIN.sub(r"\1", origin)
    found = _SHORT_SSH.fullmatch(origin)
    if found is not None:
        return f"ssh://{found[1]}/{found[2].lstrip('/')}"
    # With its host, which pip asks for and git passes over.
    return (checkout / origin).resolve().as_uri().replace("file://", "file://localhost", 1)


def _find_commit(folder: Path, revision: str) -> str:
    if _REVISION.fullmatch(revision) is None or ".." in revision:
        raise UsageError(f"{revision!r} is not the name of a revision")
    verify = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    commit = _run(
        folder, *verify, expected=f"there is no revision {revision!r} here; fetch it"
    ).strip()
    base = _run(folder, "merge-base", commit.decode(), "HEAD", expected=None).strip()
    return (base or commit).decode()


def _read_blobs(folder: Path, oids: list[bytes]) -> list[bytes]:
    """Read many files with one process; the format is in https://git-scm.com/docs/git-cat-file."""
    output = _run(folder, "cat-file", "--batch", stdin=b"".join(oid + b"\n" for oid in oids))
    blobs, position = [], 0
    for _ in oids:
        end = output.index(b"\n", position)
        size = int(output[position:end].rsplit(b" ", 1)[1])
        blobs.append(output[end + 1 : end + 1 + size])
        position = end + 1 + size + 1
    return blobs


def _run(
    folder: Path, *arguments: str, stdin: bytes = b"", expected: str | None = "git failed"
) -> bytes:
    """Run git without a shell. `expected` says what a failure means; None: no output."""
    command = ["git", "--no-optional-locks", "--literal-pathspecs", *arguments]
    try:
        run = subprocess.run(
            command, cwd=folder, input=stdin, capture_output=True, check=False, timeout=_SECONDS
        )
    except FileNotFoundError as error:
        raise UsageError("git is not installed; it is needed to look at a revision") from error
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"git {arguments[0]} did not end in {_SECONDS} seconds") from error
    if run.returncode == 0:
        return run.stdout
    if expected is None:
        return b""
    said = run.stderr.decode("utf-8", "replace").strip().splitlines()
    raise UsageError(expected + (f" ({said[0]})" if said else ""))
