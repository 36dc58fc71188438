"""What texts that wait would claim: reckoned as if each candidate were the end buyer, and nothing is claimed by it."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from channel_inventory.actions.decide_text import certify_text, reopen_text, set_text_aside
from channel_inventory.actions.foresee_claims import foresee_claims
from channel_inventory.certification.forecasts import forecasts_of
from channel_inventory.certification.queue import queue_around
from channel_inventory.models import Claim, ClaimLine, LiabilityLedger, PosLine, TextForecast
from jobs.models import JobRequest
from jobs.run import run
from parties.actions.merge_party import merge_party
from pricing.models import FxRate
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.channel_inventory.claims.shop import Shop, claim_of
from tests.channel_inventory.pos.reports import report
from tests.factories.channel_inventory import make_text
from tests.factories.parties import make_end_buyer
from tests.factories.tenancy import make_member
from tests.fixtures import NOW, TODAY


@pytest.fixture
def shop(aurora):
    """Ten units at 120 under an agreed 105, five of a part without agreement, four sold before the agreement began."""
    with tenant_scope(aurora.pk):
        shop = Shop()
        shop.buyer = make_end_buyer("HRS-01", name="Halden Rail Signalling Ltd")
        shop.agree("105", number="SPA-1", valid_from=dt.date(2026, 10, 1))
        shop.text = make_text(shop.partner, "Halden Rail Sig Ltd")
        shop.by = make_member(Role.ADMIN, sees_cost=True)
        shop.sales = [shop.sell(10), shop.sell(4, invoice_date=dt.date(2026, 9, 30), cited_agreement="SPA-1")]
        mean(shop, shop.text, shop.sales)
        yield shop


def mean(shop, text, sales):
    """The lines name the text, and nobody knows who that is."""
    PosLine.objects.filter(pk__in=[sale.pk for sale in sales]).update(end_buyer=None, reported_end_buyer=text)


def test_a_text_foresees_what_it_then_claims(shop):
    assert foresee_claims(at=NOW) == 1
    kept = TextForecast.objects.get()
    assert (kept.text, kept.party, kept.place, kept.worth) == (shop.text, shop.buyer, 1, Decimal("150.00"))
    # 10 × (120 − 105); the older sale is denied: resold before the agreement starts
    assert kept.claims == [{"number": "SPA-1", "currency": "USD", "lines": 1, "amount": 150_00, "denied": 0},
                           {"number": None, "currency": "USD", "lines": 0, "amount": 0, "denied": 1}]  # fmt: skip
    assert not Claim.objects.exists()
    assert not LiabilityLedger.objects.exists()
    certify_text(text_id=shop.text.pk, party_id=shop.buyer.pk, by=shop.by, at=NOW)
    assert claim_of(shop.sales[0]).amount == 150_00
    assert [each["is_denial"] for each in claim_of(shop.sales[1]).findings] == [True]


def test_each_candidate_has_a_forecast_of_its_own(shop):
    other = make_end_buyer("HRM-04", name="Halden Rail Signal Maintenance")
    shop.agree("110", number="SPA-2", end_buyer=other)
    foresee_claims(at=NOW)
    told = {pk: [(row.number, row.amount, row.lines, row.denied) for row in each.rows]
            for pk, each in forecasts_of(shop.text.pk).items()}  # fmt: skip
    # 10 × (120 − 105), and (10 + 4) × (120 − 110)
    assert told[shop.buyer.pk][0] == ("SPA-1", "150.00", 1, 0)
    assert ("SPA-2", "100.00", 1, 0) in told[other.pk] or ("SPA-2", "140.00", 2, 0) in told[other.pk]


def test_most_to_claim_goes_first_then_most_resold(shop):
    """300 units without a candidate, resold for 45,000; ten that would claim 150; one euro text that claims 150 EUR."""
    FxRate.objects.create(date=TODAY - dt.timedelta(days=1), from_currency="EUR", to_currency="USD", rate=2)
    dear = make_text(shop.partner, "Xyzzy Works")
    mean(shop, dear, [shop.sell(300)])
    euro = make_text(shop.partner, "Quillon Instrument")
    quillon = make_end_buyer("QUILLON", name="Quillon Instruments")
    shop.agree("105", number="SPA-E", end_buyer=quillon, currency="EUR")
    mean(shop, euro, [shop.sell(10, cost_currency="EUR", currency="EUR", resale_price=Decimal(1))])
    foresee_claims(at=NOW)
    queue = queue_around(None, reporting_currency="USD", on=TODAY)
    assert [row.pk for row in queue.rows] == [euro.pk, shop.text.pk, dear.pk]
    assert [(row.likely, [(each.amount, each.currency) for each in row.expected]) for row in queue.rows] == [
        ("Quillon Instruments", [("150.00", "EUR")]), ("Halden Rail Signalling Ltd", [("150.00", "USD")]), (None, []),
    ]  # fmt: skip
    assert [row.best is None for row in queue.rows] == [False, False, True]


def test_the_number_of_statements_does_not_grow_with_the_texts(shop):
    with CaptureQueriesContext(connection) as one:
        foresee_claims(at=NOW)
    for number in range(12):
        text = make_text(shop.partner, f"Halden Rail Sig Ltd {number}")
        mean(shop, text, [shop.sell(10)])
    with CaptureQueriesContext(connection) as many:
        foresee_claims(at=NOW)
    assert TextForecast.objects.count() == 13
    assert len(one) == len(many)


def test_what_was_decided_is_forgotten_at_night_and_reckoned_again_when_it_is_reopened(shop):
    foresee_claims(at=NOW)
    set_text_aside(text_id=shop.text.pk, is_rejected=True, by=shop.by, at=NOW)
    foresee_claims(at=NOW)
    assert not TextForecast.objects.exists()
    reopen_text(text_id=shop.text.pk, by=shop.by, at=NOW)
    assert TextForecast.objects.get().worth == Decimal("150.00")


def test_a_forecast_follows_a_merged_candidate(shop):
    foresee_claims(at=NOW)
    kept = make_end_buyer("KEPT")
    merge_party(loser_id=shop.buyer.pk, survivor_id=kept.pk, by=None, at=NOW)
    assert TextForecast.objects.get().party == kept


def test_the_page_tells_what_is_at_stake(shop, client):
    foresee_claims(at=NOW)
    client.force_login(shop.by.user)
    shown = client.get(reverse("channel_inventory:text_detail", args=["aurora", shop.text.pk])).content.decode()
    for words in (
        "150.00 USD by SPA-1, 1 line", "If confirmed", "SPA-1, 1 line", "claim 150.00 USD", "1 denied", "as HRS-01",
        "none</dd>",
    ):  # fmt: skip
        assert words in shown, words


def test_a_report_with_open_texts_asks_for_their_forecast(world):
    batch = report(world, {"end_buyer_name": "Halden Rail Sgnl"})
    job = JobRequest.objects.get(kind="foresee_claims")
    assert job.payload == {"batch_id": batch.pk}
    with time_machine.travel(NOW + dt.timedelta(minutes=1), tick=False):
        assert run(world.by.tenant_id, job.pk) is True
    assert not ClaimLine.objects.exists()
    report(world, {"invoice_number": "INV-9", "end_buyer_name": "B Company"})
    assert JobRequest.objects.filter(kind="foresee_claims").count() == 1
