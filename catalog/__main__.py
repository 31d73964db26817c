"""The command `catalog`, also as `python -m catalog`."""

import sys
from importlib import import_module

from catalog.tasks.previous_build import print_previous_build


def main() -> None:
    """Run the command line and exit with its code."""
    if not print_previous_build(sys.argv[1:]):
        import_module("catalog.cli").main()


if __name__ == "__main__":
    main()
