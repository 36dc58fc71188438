"""The small demo: the same seed tells the same story, and its ledgers foot."""

import datetime as dt
from collections.abc import Callable, Sequence

import pytest
from django.db import transaction

from channel_inventory.models import Claim, ClaimCredit, PosLine
from metrics.models import ReportSubscription
from metrics.verification import verify_tenant
from oms.demo.scale import SCALES
from oms.demo.seed import TENANTS, make_tenant, seed
from orders.choices import OrderStatus
from orders.models import Order, OrderLedger
from tenancy.choices import Role, Weekday
from tenancy.directory import tenant_by_slug
from tenancy.models import Member
from tenancy.scope import tenant_scope

TODAY = dt.date(2026, 11, 23)


class Undone(Exception):
    """Raised to roll a world back."""


def told_by(make: Callable[[], object], slugs: Sequence[str]) -> dict[str, list]:
    """What the world that is made holds, tenant by tenant; the world is taken back afterwards."""
    found: dict[str, list] = {}
    try:
        with transaction.atomic():
            make()
            for slug in slugs:
                with tenant_scope(tenant_by_slug(slug).id):
                    found[slug] = story()
            raise Undone
    except Undone:
        return found


def story() -> list:
    orders = Order.objects.order_by("number").values_list("number", "customer_po", "status", "value", "open_value")
    rows = OrderLedger.objects.order_by("id").values_list(
        "order__number", "verb", "business_date", "quantity_delta", "value_delta"
    )
    statuses = {order[2] for order in orders}
    assert {OrderStatus.BOOKED, OrderStatus.SHIPPED, OrderStatus.PART_SHIPPED} <= statuses
    sent = ReportSubscription.objects.values_list("member__role", "cadence", "weekday", "is_active")
    assert list(sent) == [(Role.MANAGER, "weekly", Weekday.SUNDAY, True)]
    partner = Member.objects.get(role=Role.PARTNER).party_id
    # who signs in as the partner has something to look at
    for model in (Claim, ClaimCredit, PosLine):
        assert model.objects.filter(partner_id=partner).exists(), model
    assert Order.objects.filter(sell_to_id=partner).exists()
    failed = [check for check in verify_tenant() if not check.ok]
    assert failed == []
    return [*orders, *rows]


@pytest.mark.slow
@pytest.mark.django_db
def test_the_same_seed_tells_the_same_story_and_its_ledgers_foot():
    aurora, kestrel = TENANTS
    both = told_by(lambda: seed("small", 7, TODAY, say), ["aurora", "kestrel"])
    alone = told_by(lambda: make_tenant(aurora, SCALES["small"], 7, TODAY, say), ["aurora"])
    assert alone["aurora"] == both["aurora"]
    other = told_by(lambda: make_tenant(kestrel, SCALES["small"], 9, TODAY, say), ["kestrel"])
    assert other["kestrel"] != both["kestrel"]


def say(text: str) -> None:
    """Nobody listens."""
