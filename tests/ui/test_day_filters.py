"""Days in the filters of lists: one way to write them, and the tenant's clock where a column holds instants."""

import datetime as dt

import django_filters
import pytest
from django import forms

from tenancy.models import Invitation
from tenancy.scope import tenant_scope
from tests.architecture.urls import named_patterns, view_class
from tests.ui.test_list_page import LIST, emails
from ui.day_filters import DaySpanField
from ui.fields import DayField


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (("2026-11-23", ""), slice(dt.date(2026, 11, 23), None)),
        (("", "2026-11-23"), slice(None, dt.date(2026, 11, 23))),
        (("2026-11-23", "2026-11-23"), slice(dt.date(2026, 11, 23), dt.date(2026, 11, 23))),
        (("", ""), None),
    ],
)
def test_a_span_may_be_open_at_its_ends(typed, found):
    assert DaySpanField(required=False).clean(list(typed)) == found


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("11/23/2026", ""), "No such day: 11/23/2026. Write it as 2027-01-14."),
        (("", "2026-02-30"), "No such day: 2026-02-30. Write it as 2027-01-14."),
        (("23 Nov 2026", "23 Nov 2026"), "No such day: 23 Nov 2026. Write it as 2027-01-14."),
        (("2026-11-23", "2026-11-22"), "The last day is before the first one."),
        (("0001-01-01", ""), "Choose a day from 1950 to 2199."),
        (("", "9999-12-31"), "Choose a day from 1950 to 2199."),
    ],
)
def test_what_is_no_day_is_refused_and_not_guessed(typed, said):
    with pytest.raises(forms.ValidationError) as refused:
        DaySpanField(required=False).clean(list(typed))
    assert refused.value.messages == [said]


def test_instants_are_filtered_by_the_days_of_the_tenants_clock(signed_in, aurora):
    """Aurora is in Los Angeles, eight hours behind: 06:30 UTC on the 24th is the evening of the 23rd there."""
    evening = dt.datetime(2026, 11, 24, 6, 30, tzinfo=dt.UTC)
    with tenant_scope(aurora.pk):
        Invitation.objects.create(email="a@example.com", role="finance", secret_hash="x", expires_at=evening)
    client = signed_in()
    there = [
        emails(client.get(LIST, {"expires_at_after": day, "expires_at_before": day}))
        for day in ("2026-11-22", "2026-11-23", "2026-11-24")
    ]
    assert there == [[], ["a"], []]


def test_every_list_reads_days_in_the_same_way():
    odd = [
        f"{view.__name__}.{name}"
        for view in {view_class(pattern) for pattern in named_patterns().values()}
        for name, each in getattr(getattr(view, "filterset_class", None), "base_filters", {}).items()
        if isinstance(each, django_filters.DateFilter | django_filters.DateFromToRangeFilter)
        and not issubclass(each.field_class, DayField | DaySpanField)
    ]
    assert odd == []
