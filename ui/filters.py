"""What a list is filtered by, as words with a way out."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django_filters import FilterSet


@dataclass(frozen=True)
class ActiveFilter:
    label: str
    value: str
    # address of the same list without this filter
    without: str


def address(params: QueryDict, **changes: str | None) -> str:
    """The present query string with some parts set, or taken out with None."""
    changed = params.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = value
    return f"?{changed.urlencode()}"


def active_filters(filterset: FilterSet, params: QueryDict) -> list[ActiveFilter]:
    form = filterset.form
    if not form.is_valid():
        return []
    found = []
    for name, value in form.cleaned_data.items():
        if value in (None, "", []) or (isinstance(value, QuerySet) and not value):
            continue
        remaining = params.copy()
        for key in [key for key in remaining if key == name or key.startswith(f"{name}_") or key == "page"]:
            if key == name or key == "page" or key not in form.fields:
                del remaining[key]
        label = str(form.fields[name].label or name.replace("_", " "))
        found.append(ActiveFilter(label, spelled(form.fields[name], value), f"?{remaining.urlencode()}"))
    return found


def spelled(field: Any, value: Any) -> str:
    """A cleaned value in words: choices by their label, spans as from and to."""
    if isinstance(value, slice):
        return span(value.start, value.stop)
    if isinstance(value, list | QuerySet):
        return ", ".join(spelled(field, one) for one in value)
    labels = {str(key): str(label) for key, label in getattr(field, "choices", ()) if isinstance(key, str | int)}
    if str(value) in labels:
        return labels[str(value)]
    return day(value)


def span(start: Any, stop: Any) -> str:
    parts = [f"from {day(start)}" if start is not None else "", f"to {day(stop)}" if stop is not None else ""]
    return " ".join(filter(None, parts))


def day(value: Any) -> str:
    return f"{value:%d %b %Y}" if isinstance(value, dt.date) else str(value)
