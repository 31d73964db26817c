"""`python -m catalog` is the command line."""

from catalog.cli import main

main()
