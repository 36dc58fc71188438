"""What rows name and nobody knows: listed once each, to be created or said to be something known."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.utils.module_loading import import_string

from exchange.batches.found import UNKNOWN
from exchange.choices import RowState
from exchange.models import ImportBatch, ImportRow
from tenancy.models import Member


@dataclass(slots=True)
class MissingThing:
    """One text that was not known, in one column. `values` and `source` are those of the first row that has it."""

    what: str
    text: str
    column: str
    source: Mapping[str, str]
    values: Mapping[str, Any]
    rows: list[int] = field(default_factory=list)

    @property
    def reporter_id(self) -> int | None:
        """The party whose word it is, where the file says so."""
        found = self.values.get("sell_to_id") or self.values.get("partner_id")
        return found if isinstance(found, int) else None


class CannotSettle(ValueError):
    """It cannot be created or equated as asked. `field` is where a form shows it."""

    field = ""


class UnknownTarget(CannotSettle):
    field = "target"


@dataclass(frozen=True)
class Creator:
    """How one sort of missing thing is created (from a form's values) or said to be a known one (by its code).

    `propose` gives initial values. Without `equate` the text cannot be taught.
    """

    what: str
    title: str
    right: str
    form_class: type[forms.Form]
    propose: Callable[[MissingThing], dict[str, Any]]
    create: Callable[[MissingThing, Mapping[str, Any], Member | None, dt.datetime], None]
    equate: Callable[[MissingThing, str, Member | None, dt.datetime], None] | None = None


@cache
def creators() -> dict[str, Creator]:
    return {creator.what: creator for creator in import_string(settings.IMPORT_CREATORS)}


def missing_things(batch: ImportBatch) -> list[MissingThing]:
    """Each unknown text once, in the order of the file, with the numbers of its rows."""
    found: dict[tuple[str, str], MissingThing] = {}
    rows = ImportRow.objects.filter(batch=batch, state=RowState.BAD).order_by("number")
    for row in rows.iterator(chunk_size=2_000):
        for finding in row.findings:
            what = finding["code"].removeprefix(UNKNOWN)
            if what == finding["code"] or not finding.get("value"):
                continue
            key = what, finding["value"]
            if key not in found:
                found[key] = MissingThing(what, finding["value"], finding["field"], row.source, row.values)
            found[key].rows.append(row.number)
    return list(found.values())
