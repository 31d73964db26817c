"""Whole jobs for commands and Python callers: build, add, init, GitHub."""
