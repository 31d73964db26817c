"""Owner's script: puts refs.txt between the markers of README.md."""
from pathlib import Path

readme = Path("README.md").read_text(encoding="utf-8")
assert "BEGIN:papers" in readme and "END:papers" in readme
