"""One box for everything that has a number or a name."""

from metrics.search.find import Group, search

__all__ = ["Group", "search"]
