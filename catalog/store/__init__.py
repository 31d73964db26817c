"""The list on disk: YAML read, written and edited in place; files, locks, git, link state."""
