"""The set-based world of the channel is one that reports, decisions and credit memos could have left."""

import datetime as dt
import re

import pytest
from django.db.models import Count, F, Sum

from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from channel_inventory.actions.value_claims import value_claims
from channel_inventory.documents.claim_credit import paper_of
from channel_inventory.engine.claims import replay
from channel_inventory.models import (
    Claim,
    ClaimCredit,
    ClaimLine,
    CostLayer,
    LiabilityLedger,
    PosLine,
    ReportedEndBuyer,
    ReportedStock,
    StockLedger,
    StockPosition,
    TextForecast,
)
from channel_inventory.pos.texts import EndBuyerText, text_key
from channel_inventory.reports.rebate_liability import Question, rebate_liability
from exchange.actions.import_file import import_file
from metrics.verification import verify_tenant
from oms.demo.agreements import fill_agreements
from oms.demo.bulk import fill_orders
from oms.demo.bulk_channel import fill_channel
from oms.demo.masters import make_masters
from oms.demo.scale import Scale
from orders.models import InvoiceLine
from tenancy.numbering import next_gapless_number, next_number
from tenancy.scope import tenant_scope
from tests.factories.tenancy import make_tenant
from tests.fixtures import NOW

TODAY = dt.date(2026, 11, 23)
# large enough for every state and finding to be there whatever numbers the rows get, which the dice are thrown from
TINY = Scale("tiny", orders=1_600, products=30, sell_tos=8, end_buyers=20, agreement_lines=400, days=400)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_what_is_filled_foots_and_goes_on_by_the_actions(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    tenant = make_tenant("bulk")
    with tenant_scope(tenant.pk):
        make_masters(TINY, "BLK", "USD", TODAY)
    fill_agreements(tenant, TINY, TODAY, NOW, say=lambda text: None)
    fill_orders(tenant, TINY, seed=7, today=TODAY, say=lambda text: None)
    fill_channel(tenant, 7, TODAY, NOW, say=lambda text: None)
    with tenant_scope(tenant.pk):
        assert [check for check in verify_tenant() if not check.ok] == []
        check_stock()
        check_claims(tenant)
        check_texts()
        check_going_on(tenant)


def check_stock():
    """Every invoice line is a layer; what was sold was sold whole, after it came and oldest first."""
    assert CostLayer.objects.count() == InvoiceLine.objects.filter(quantity__gt=0).count() > 1000
    sold = PosLine.objects.aggregate(units=Sum("quantity"))["units"]
    layers = CostLayer.objects.aggregate(came=Sum("quantity"), left=Sum("remaining"))
    assert sold == layers["came"] - layers["left"] > layers["left"] > 0
    left = set(CostLayer.objects.filter(remaining__gt=0).values_list("partner_id", "product_id", "received_on"))
    gone = CostLayer.objects.filter(remaining=0).values_list("partner_id", "product_id", "received_on")
    assert not [each for each in gone if any(each[:2] == still[:2] and still[2] < each[2] for still in left)]
    assert not PosLine.objects.filter(invoice_date__gte=TODAY).exists()
    told = PosLine.objects.values("invoice_number")
    told = told.annotate(lines=Count("pk"), quantities=Count("quantity", distinct=True))
    assert told.filter(lines=2).exists()
    assert not told.exclude(lines=F("quantities")).exists()
    gaps = StockPosition.objects.filter(reported__isnull=False).values_list("gap", flat=True)
    assert 0 < sum(1 for gap in gaps if gap) < len(gaps) / 2
    assert ReportedStock.objects.exists()


def check_claims(tenant):
    lines = list(ClaimLine.objects.select_related("pos_line", "agreement_line"))
    assert {line.state for line in lines} == {"pending", "approved", "denied"}
    assert all(replay(line.receipt) == line.amount > 0 for line in lines)
    for line in lines[:50]:
        prices = zip(line.agreement_line.min_qtys, line.agreement_line.prices, strict=True)
        agreed = max((least, price) for least, price in prices if least <= line.quantity)[1]
        assert line.agreed_cost == agreed
    memos = list(ClaimCredit.objects.order_by("pk"))
    assert [credit.number for credit in memos] == [f"CR-{number:06d}" for number in range(1, len(memos) + 1)]
    assert next_gapless_number("claim_credit") == len(memos) + 1
    numbers = {int(re.sub(r"\D", "", number)) for number in Claim.objects.values_list("number", flat=True)}
    assert next_number("claim") == max(numbers) + 1
    assert paper_of(memos[0], tenant).number == "CR-000001"
    open_now = LiabilityLedger.objects.aggregate(estimated=Sum("estimated"), claimed=Sum("claimed"))
    report = rebate_liability(tenant, Question(dt.date(2026, 11, 1), TODAY))
    (section,) = [each for each in report.sections if each.currency == "USD"]
    assert (section.figures.estimated, section.figures.claimed) == (open_now["estimated"], open_now["claimed"])


def check_texts():
    certified = ReportedEndBuyer.objects.filter(state="certified")
    assert {text.text_key for text in certified} == {text_key(EndBuyerText(name=text.name)) for text in certified}
    waiting = ReportedEndBuyer.objects.exclude(state="certified")
    assert PosLine.objects.filter(end_buyer__isnull=True).exists() == waiting.exists()
    assert TextForecast.objects.filter(text__state="open").count() == TextForecast.objects.count()


def check_going_on(tenant):
    """The actions find nothing to catch up with or to value anew, and take the next report."""
    assert catch_up_sell_in(at=NOW).arrived == 0
    uncapped = ClaimLine.objects.filter(state="pending").values_list("pos_line_id", flat=True)
    valued = value_claims(pos_line_ids=list(uncapped), by=None, at=NOW)
    assert (valued.lines, valued.reversed_lines) == (0, 0)
    line = PosLine.objects.select_related("product", "partner").latest("pk")
    heading = "invoice_number,invoice_line,invoice_date,sku,quantity,resale_price,currency,end_buyer_name"
    row = f"NEXT-1,1,2026-11-20,{line.product.sku},5,1.50,{line.currency},{line.reported_end_buyer.name}"
    content = f"{heading}\n{row}\n".encode()
    batch = import_file(kind="pos", name="next.csv", content=content, party_id=line.partner_id, by=None, at=NOW,
                        accept_warnings=True)  # fmt: skip
    assert (batch.accepted_count, batch.rejected_count) == (1, 0)
    assert StockLedger.objects.filter(kind="pos").latest("pk").quantity == -5
    assert [check for check in verify_tenant() if not check.ok] == []
