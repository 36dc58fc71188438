"""What may be done with several rows of a list at once, and which rows were meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

MOST_ROWS = 1_000
MOST_DIGITS = 18


@dataclass(frozen=True)
class BulkAction:
    """A button over selected rows. It posts the selection to `url_name`, a page that takes the tenant alone.

    Without `url_name` it is an export of the list itself, in the format `export` names. `key` presses it, for the row
    at hand when none is ticked.
    """

    label: str
    url_name: str = ""
    export: str = ""
    right: str | None = None
    icon: str = ""
    key: str = ""


class TooMany(ValueError):
    """More rows were meant than one action takes."""


def chosen(queryset: QuerySet[Any], posted: QueryDict, *, most: int | None = None) -> QuerySet[Any]:
    """The rows of `queryset` that a form of bulk actions names: those ticked, or all. Raises TooMany."""
    most = MOST_ROWS if most is None else most
    if posted.get("all"):
        found = queryset.order_by()[: most + 1].count()
        if found > most:
            raise TooMany(f"More than {most:,} rows match: narrow the filters first.")
        return queryset
    ids = [int(value) for value in posted.getlist("row") if value.isdecimal() and len(value) <= MOST_DIGITS]
    if len(ids) > most:
        raise TooMany(f"More than {most:,} rows are selected.")
    return queryset.filter(pk__in=ids)


def versions_seen(texts: Sequence[str]) -> dict[int, int]:
    """`12:3` is row 12 at version 3, as a form showed it; anything else is left out."""
    found = {}
    for text in texts:
        pk, _, version = text.partition(":")
        if all(digits.isdecimal() and len(digits) <= MOST_DIGITS for digits in (pk, version)):
            found[int(pk)] = int(version)
    return found
