"""Filters of lists by days: read as the forms read them, refused beside their field, never guessed."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.renderers import get_default_renderer
from django.utils.safestring import SafeString, mark_safe
from django_filters.fields import RangeField
from django_filters.widgets import DateRangeWidget

from ui.fields import DayField
from values.dates import EARLIEST, LATEST

FORMAT = "%Y-%m-%d"
TURNED_ROUND = "The last day is before the first one."
FAR_OFF = f"Choose a day from {EARLIEST.year} to {LATEST.year}."


class KnownDayField(DayField):
    """A day that calendars and clocks can place."""

    def __init__(self, **kwargs: Any) -> None:
        bounds = [MinValueValidator(EARLIEST, FAR_OFF), MaxValueValidator(LATEST, FAR_OFF)]
        super().__init__(**{"validators": bounds, **kwargs})


class DayFilter(django_filters.DateFilter):
    """One day."""

    field_class = KnownDayField


class DaySpanWidget(DateRangeWidget):
    """Two days, named for those who hear them."""

    def __init__(self, label: str = "Days"):
        super().__init__()
        ends = ((f"{label}, {end}", end) for end in ("from", "to"))
        self.widgets = [
            forms.DateInput(
                attrs={"type": "date", "aria-label": name, "title": end, "class": "form-control"}, format=FORMAT
            )
            for name, end in ends
        ]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        drawer = renderer or get_default_renderer()
        parts = self.get_context(name, value, attrs)["widget"]["subwidgets"]
        first, last = (drawer.render(part["template_name"], {"widget": part}) for part in parts)
        return mark_safe(f'{first}<span class="sub">to</span>{last}')  # noqa: S308  both are drawn by Django


class DaySpanField(RangeField):
    """From one day to another, each may be open. Cleans to a slice of days, or None."""

    widget = DaySpanWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__((KnownDayField(), KnownDayField()), **kwargs)

    def compress(self, data_list: list[dt.date | None]) -> slice | None:
        if not any(data_list):
            return None
        first, last = data_list
        if first and last and last < first:
            raise ValidationError(TURNED_ROUND, code="turned_round")
        return slice(first, last)


class DaySpanFilter(django_filters.Filter):
    """A column that holds days."""

    field_class: type[forms.Field] = DaySpanField

    def __init__(self, *, label: str, **kwargs: Any) -> None:
        super().__init__(label=label, widget=DaySpanWidget(label), **kwargs)

    def filter(self, qs: Any, value: slice | None) -> Any:
        if value is None:
            return qs
        first, last = value.start, value.stop
        if first is not None:
            qs = qs.filter(**{f"{self.field_name}__gte": self.beginning(first)})
        if last is not None:
            qs = qs.filter(**self.until(last))
        return qs

    def beginning(self, day: dt.date) -> dt.date:
        return day

    def until(self, day: dt.date) -> dict[str, dt.date]:
        """Asked as the order of a list is, so that both may become one condition of an index."""
        return {f"{self.field_name}__lte": day}


class InstantSpanFilter(DaySpanFilter):
    """A column that holds instants: the days are those of the tenant's clock, as the list shows them."""

    def beginning(self, day: dt.date) -> dt.datetime:
        filterset: Any = getattr(self, "parent")  # noqa: B009  django-filter sets it, its types do not say so
        return dt.datetime.combine(day, dt.time(), tzinfo=filterset.request.tenant.zone)

    def until(self, day: dt.date) -> dict[str, dt.date]:
        return {f"{self.field_name}__lt": self.beginning(day + dt.timedelta(days=1))}
