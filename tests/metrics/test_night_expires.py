"""The night also marks what ended with its day."""

import datetime as dt

from django.core.management import call_command

from pricing.models import Agreement
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer
from tests.factories.pricing import make_agreement


def test_agreements_that_ended_with_the_day_are_expired_and_others_are_not(inside):
    night = dt.date(2026, 11, 22)
    for number, ends in (("OLD", night), ("NEW", night + dt.timedelta(days=1))):
        make_agreement(make_product(), "1.00", end_buyer=make_end_buyer(), number=number, valid_to=ends)
    call_command("nightly", tenant=inside.slug, date=night)
    assert dict(Agreement.objects.values_list("number", "status")) == {"OLD": "expired", "NEW": "approved"}
