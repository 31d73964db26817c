"""One validated file of papers in; an awesome-list README, a website and citation exports out."""

__version__ = "0.1.0"
