"""A git repository of its own for a test: nothing of the user's settings takes part."""

import os
import subprocess
from pathlib import Path


class Repository:
    """A repository in `folder`, with the branch `main`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not (folder / ".git").exists():
            self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        """Run git; raise `CalledProcessError` when it fails."""
        nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        for role in ("AUTHOR", "COMMITTER"):
            nobody |= {f"GIT_{role}_NAME": "Ada", f"GIT_{role}_EMAIL": "ada@example.org"}
        run = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env={**os.environ, **nobody},
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout

    def commit(self, message: str = "Change the list") -> None:
        """Commit everything."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
