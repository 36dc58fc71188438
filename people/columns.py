"""A column that other floors use too."""

from ui.columns import Link, verb


def history_of(kind: str) -> Link:
    """Leads from a row without a page of its own to its history; `kind` as in `oms/histories.py`."""
    return verb("History", "people:history", (lambda row: kind, "pk"))
