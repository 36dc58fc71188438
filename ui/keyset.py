"""Pages by key, never by OFFSET: the thousandth page costs what the first does.

The index that leads with the ordering's fields answers `(a, b) < (x, y)` directly. All fields of an ordering run in
one direction, none is nullable, and the last is unique.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from ui.lookups import IsAmong

OLDER, NEWER = "o", "n"
# what a token that no page has made can raise: numbers without an end and brackets without one are in it
UNREADABLE = (ValueError, TypeError, OverflowError, RecursionError, ValidationError)


@dataclass(frozen=True)
class Ordering:
    """Fields of the model (paths with `__` allowed), all upward or all downward."""

    fields: tuple[str, ...]
    descending: bool = False

    def reversed(self) -> "Ordering":
        return Ordering(self.fields, not self.descending)

    def applied_to(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.order_by(*(F(f).desc() if self.descending else F(f).asc() for f in self.fields))

    def after(self, queryset: QuerySet[Any], key: tuple[Any, ...]) -> QuerySet[Any]:
        """Rows beyond the key.

        The bound on the first field follows from the rest. It is there for filters on that field: an index is entered
        at the tightest of its plain bounds, but not at a comparison of rows that comes after one.
        """
        beyond = TupleLessThan if self.descending else TupleGreaterThan
        bound = {f"{self.fields[0]}__{'lte' if self.descending else 'gte'}": key[0]}
        return queryset.filter(beyond(Tuple(*map(F, self.fields)), key), **bound)


@dataclass(frozen=True)
class Slice:
    """One page in reading order, and the tokens of its neighbours."""

    rows: list[Any]
    newer: str | None = None
    older: str | None = None


class BadToken(ValueError):
    """The token was not made for this ordering: start from the first page."""


def slice_of(
    queryset: QuerySet[Any], ordering: Ordering, *, token: str, size: int, related: Sequence[str] = ()
) -> Slice:
    """The page a token names, or the first one. A damaged token is the first page too.

    `related` is joined to the rows of the page alone: joined to the list itself, the planner, who cannot see through
    the policies how many rows of the joined tables there are, may start from them.
    """
    try:
        towards, key = read_token(token, queryset.model, ordering.fields)
    except BadToken:
        towards, key = OLDER, None
    going = ordering.reversed() if towards == NEWER else ordering
    found = going.applied_to(queryset)
    if key is not None:
        found = going.after(found, key)
    found = found[: size + 1]
    if related:
        page = queryset.model.objects.filter(IsAmong(F("pk"), ArraySubquery(found.values("pk"))))
        found = going.applied_to(page.select_related(*related))
    rows = list(found)
    more, rows = len(rows) > size, rows[:size]
    if towards == NEWER:
        rows.reverse()
        return Slice(rows, token_at(rows, 0, NEWER, ordering) if more else None, token_at(rows, -1, OLDER, ordering))
    newer = token_at(rows, 0, NEWER, ordering) if key is not None else None
    return Slice(rows, newer, token_at(rows, -1, OLDER, ordering) if more else None)


def token_at(rows: list[Any], index: int, towards: str, ordering: Ordering) -> str | None:
    if not rows:
        return None
    key = [value_at(rows[index], path) for path in ordering.fields]
    packed = urlsafe_b64encode(json.dumps(key, cls=DjangoJSONEncoder, separators=(",", ":")).encode())
    return towards + packed.decode().rstrip("=")


def value_at(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    if isinstance(row, Model):
        return row.pk
    # the database keeps microseconds, Django's JSON only milliseconds
    return row.isoformat() if hasattr(row, "isoformat") else row


def read_token(token: str, model: type[Model], fields: tuple[str, ...]) -> tuple[str, tuple[Any, ...] | None]:
    """Direction and key of a token; both checked against the model's own fields. Raises BadToken."""
    if not token:
        return OLDER, None
    towards, packed = token[0], token[1:]
    if towards not in (OLDER, NEWER):
        raise BadToken(token)
    try:
        key = json.loads(urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
        return towards, tuple(typed(model, path, value) for path, value in zip(fields, key, strict=True))
    except UNREADABLE as error:
        raise BadToken(token) from error


def typed(model: Any, path: str, value: Any) -> Any:
    *through, last = path.split("__")
    for name in through:
        model = model._meta.get_field(name).related_model
    field = model._meta.pk if last == "pk" else model._meta.get_field(last)
    cleaned = field.to_python(value)
    if cleaned is None:
        raise BadToken(path)
    return cleaned


@dataclass(frozen=True)
class CappedCount:
    """A count that stops at its cap: nobody needs the exact size of a long list on every page."""

    number: int
    cap: int | None = None

    @property
    def is_capped(self) -> bool:
        return self.cap is not None and self.number > self.cap

    def __str__(self) -> str:
        return f"{self.cap:,}+" if self.is_capped else f"{self.number:,}"


def capped_count(queryset: QuerySet[Any], cap: int | None = 1_000) -> CappedCount:
    """How many rows, counted up to `cap`; with None all of them, however long that takes."""
    # rows are counted, not what is read of them
    counted = queryset.order_by().values("pk")
    return CappedCount((counted if cap is None else counted[: cap + 1]).count(), cap)
