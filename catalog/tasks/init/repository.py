"""The repository that a list lives in: where it is on the web, its branch, its licences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from catalog.store.git import find_default_branch, find_remote
from catalog.store.repository import to_web_url

DEFAULT_BRANCH = "main"

_FILE_ADDRESSES = {
    "github.com": "{repository}/blob/{branch}/{path}",
    "gitlab.com": "{repository}/-/blob/{branch}/{path}",
    "codeberg.org": "{repository}/src/branch/{branch}/{path}",
}
# `LICENSE`, `LICENCE.md`, `LICENSE-DATA`, `COPYING.txt`.
_LICENCE_NAMES = re.compile(
    r"(?:LICEN[SC]E|COPYING|UNLICENSE)(?P<part>[-_.][\w-]+?)?(?:\.(?:md|txt|rst))?", re.IGNORECASE
)
# Characters that are read: the GPL, one of the longest licences, has 35,000.
_LARGEST = 200_000
# `papers.example.org`, the one line of a file CNAME.
_DOMAIN = re.compile(r"\s*((?:[\w-]+\.)+[A-Za-z]{2,})\s*", re.ASCII)
# Where a licence says what it is; the first that matches counts, so narrow ones come first.
_LICENCES = (
    ("CC0-1.0", r"CC0 1\.0|publicdomain/zero/1\.0"),
    ("Apache-2.0", r"Apache License,?\s+Version 2\.0"),
    ("AGPL-3.0", r"GNU AFFERO GENERAL PUBLIC LICENSE\s+Version 3"),
    ("LGPL-3.0", r"GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3"),
    ("GPL-3.0", r"GNU GENERAL PUBLIC LICENSE\s+Version 3"),
    ("GPL-2.0", r"GNU GENERAL PUBLIC LICENSE\s+Version 2"),
    ("MPL-2.0", r"Mozilla Public License,? [Vv]ersion 2\.0"),
    ("EPL-2.0", r"Eclipse Public License - v 2\.0"),
    ("ODbL-1.0", r"Open Database License"),
    ("Unlicense", r"This is free and unencumbered software released into the public domain"),
    ("ISC", r"ISC License|Permission to use, copy, modify, and(?:/or)? distribute this software"),
    ("WTFPL", r"DO WHAT THE FUCK YOU WANT TO PUBLIC LICENSE"),
    ("BSD-3-Clause", r"Redistribution and use in source and binary forms[\s\S]*Neither the name"),
    ("BSD-2-Clause", r"Redistribution and use in source and binary forms"),
    ("MIT", r"Permission is hereby granted, free of charge, to any person obtaining a copy"),
)  # fmt: skip
# `SPDX-License-Identifier: MIT`: https://spdx.dev/learn/handling-license-info/.
_SPDX = re.compile(r"SPDX-License-Identifier:\s*([A-Za-z0-9.+-]+)")
# Attribution-NonCommercial-ShareAlike 4.0 International · creativecommons.org/licenses/by-nc-sa/4.0
_CC_TITLE = re.compile(
    r"Attribution(-NonCommercial)?(-NoDerivatives|-NoDerivs|-ShareAlike)?\s+(\d\.\d)", re.IGNORECASE
)
# `creativecommons.org/licenses/by-nc-sa/4.0`.
_CC_URL = re.compile(r"creativecommons\.org/licenses/(by(?:-nc)?(?:-nd|-sa)?)/(\d\.\d)", re.I)
# `CC BY-SA 4.0`, `CC-BY-4.0`.
_CC_SHORT = re.compile(r"\bCC[- ](BY(?:-NC)?(?:-ND|-SA)?)[- ](\d\.\d)", re.IGNORECASE)
# What a licence is for, by the rest of its name: `LICENSE-docs`, `LICENSE_CODE`.
_DATA_PART = re.compile(r"data|docs?|content|list|text", re.IGNORECASE)
_CODE_PART = re.compile(r"code|software|scripts?", re.IGNORECASE)
"""`LICENSE-CODE`, `LICENSE-software`."""


@dataclass(frozen=True, slots=True)
class Repository:
    """What is known of the repository; nothing of a folder that is in none."""

    url: str | None = None
    website: str | None = None
    branch: str = DEFAULT_BRANCH

    def to_address(self, path: str) -> str | None:
        """Return where a file of the repository is on the web, None when that is not known."""
        host = urlsplit(self.url).hostname if self.url else None
        shape = _FILE_ADDRESSES.get(host or "")
        bare = path.strip().removeprefix("./").lstrip("/")
        if shape is None or not bare or bare.startswith(".."):
            return None
        path, _, place = bare.partition("#")
        address = shape.format(
            repository=self.url, branch=quote(self.branch), path=quote(unquote(path))
        )
        return f"{address}#{place}" if place else address


def find_repository(folder: Path) -> Repository:
    """Return what git says of the repository in `folder`."""
    branch = find_default_branch(folder) or DEFAULT_BRANCH
    remote = find_remote(folder)
    url = to_web_url(remote) if remote else None
    return Repository(url, _find_website(folder, url), branch)


def _find_website(folder: Path, repository: str | None) -> str | None:
    """Return the address of GitHub Pages, which is that of the file CNAME where there is one."""
    for path in (folder / "CNAME", folder / "docs" / "CNAME"):
        if path.is_file() and (named := _DOMAIN.fullmatch(path.read_text("utf-8", "replace"))):
            return f"https://{named[1].lower()}/"
    return _to_website(repository) if repository else None


def find_licences(folder: Path) -> dict[str, str]:
    """Return the licences of the files in `folder` by SPDX id: of the `data`, and of the `code`.

    A licence that no file names as that of code or data is that of the data: the list.
    """
    found: dict[str, str] = {}
    for path in sorted(_find_licence_files(folder)):
        id_ = name_licence(path.read_text(encoding="utf-8", errors="replace")[:_LARGEST])
        part = ((match := _LICENCE_NAMES.fullmatch(path.name)) and match["part"]) or ""
        if id_ is not None:
            field = "code" if _CODE_PART.search(part) else "data"
            if _DATA_PART.search(part) and "data" in found:
                found.setdefault("code", found.pop("data"))
            found.setdefault(field, id_)
    return found


def _find_licence_files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir() if folder.is_dir() else ():
        if _LICENCE_NAMES.fullmatch(path.name) and path.is_file() and not path.is_symlink():
            yield path


def name_licence(text: str) -> str | None:
    """Return the SPDX id of a licence's text, None when it is not one that is known."""
    if declared := _SPDX.search(text):
        return declared[1]
    head = " ".join(text[:3000].split())
    for pattern in (_CC_URL, _CC_SHORT):
        if (cc := pattern.search(head)) and "publicdomain/zero" not in head[: cc.start()]:
            return f"CC-{cc[1].upper()}-{cc[2]}"
    if cc := _CC_TITLE.search(head):
        parts = {"-noncommercial": "-NC", "-sharealike": "-SA"}
        inner = [parts.get((part or "").lower(), "-ND" if part else "") for part in cc.groups()[:2]]
        return f"CC-BY{''.join(inner)}-{cc[3]}"
    whole = " ".join(text.split())
    return next((id_ for id_, words in _LICENCES if re.search(words, whole, re.IGNORECASE)), None)


def _to_website(repository: str) -> str | None:
    """Return where GitHub Pages publishes a repository: https://OWNER.github.io/NAME/."""
    parts = urlsplit(repository)
    owner, _, name = parts.path.strip("/").partition("/")
    if parts.hostname != "github.com" or not name or "/" in name:
        return None
    root = f"https://{owner.lower()}.github.io/"
    return root if name.lower() == f"{owner.lower()}.github.io" else f"{root}{name}/"
