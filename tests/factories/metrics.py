"""Subscriptions to figures, and the mails of them."""

from datetime import timedelta
from itertools import count
from typing import Any

from metrics.models import ReportDelivery, ReportSubscription
from tests.factories.parties import make_sell_to
from tests.fixtures import NOW, TODAY

_serial = count(1)


def make_subscription(**values: Any) -> ReportSubscription:
    """Daily at six to an address outside, with the workbook, which is drawn fast."""
    if "member" not in values:
        values = {
            "email": f"buyer{next(_serial)}@disti.example",
            "party": values.get("party") or make_sell_to(),
            **values,
        }
    return ReportSubscription.objects.create(
        **{
            "name": "Figures",
            "cadence": "daily",
            "has_pdf": False,
            "has_xlsx": True,
            "since": NOW - timedelta(days=30),
            **values,
        }
    )


def make_delivery(subscription: ReportSubscription, **values: Any) -> ReportDelivery:
    given = {"as_of": TODAY, "address": "buyer@disti.example", "party": subscription.party, "created_at": NOW, **values}
    return ReportDelivery.objects.create(subscription=subscription, **given)
