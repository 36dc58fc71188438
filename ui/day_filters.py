"""Filters of lists by days: read as the forms read them, refused beside their field, never guessed."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
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


class DaySpanFilter(django_filters.RangeFilter):
    """A column that holds days."""

    field_class = DaySpanField

    def __init__(self, *, label: str, **kwargs: Any) -> None:
        super().__init__(label=label, widget=DaySpanWidget(label), **kwargs)


class InstantSpanFilter(DaySpanFilter):
    """A column that holds instants: the days are those of the tenant's clock, as the list shows them."""

    def filter(self, qs: Any, value: slice | None) -> Any:
        if value is None:
            return qs
        if value.start is not None:
            qs = qs.filter(**{f"{self.field_name}__gte": self.beginning(value.start)})
        if value.stop is not None:
            qs = qs.filter(**{f"{self.field_name}__lt": self.beginning(value.stop) + dt.timedelta(days=1)})
        return qs

    def beginning(self, day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(), tzinfo=self.parent.request.tenant.zone)
