"""What the distributors of the demo sold on, and say they hold: reported in files, claimed, decided, credited."""

import csv
import datetime as dt
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q

from channel_inventory.actions.decide_lines import Decision, decide_lines
from channel_inventory.actions.issue_credit import NothingToCredit, issue_credit
from channel_inventory.choices import ClaimLineState, ClaimReason, Verdict
from channel_inventory.models import ClaimLine, CostLayer, PosLine, StockPosition
from exchange.actions.import_file import import_file
from parties.models import Party
from pricing.choices import Mechanism
from pricing.models import AgreementLine
from tenancy.models import Member

DAY = dt.timedelta(days=1)
# before the story ends: the first report comes, its claims are decided, they are credited, the second report comes
FIRST, DECIDED, CREDITED, SECOND = 21 * DAY, 16 * DAY, 14 * DAY, DAY
SALE = (
    "invoice_number", "invoice_line", "invoice_date", "sku", "quantity", "resale_price", "currency",
    "end_buyer_name", "end_buyer_code", "end_buyer_country",
)  # fmt: skip
STOCK = ("location", "as_of", "sku", "on_hand")
EVERY_FOURTH, EVERY_FIFTH = 4, 5


def tell_channel(partners: Sequence[Party], people: dict[str, Member], today: dt.date, at: dt.datetime) -> int:
    """Two reports of each partner's sales, one of its stock; returns the lines sold. Layers are there."""
    for number, partner in enumerate(partners, 1):
        report_sales(partner, number, 1, today - FIRST, people["sales_ops"], at - FIRST)
    decide(people["manager"], at - DECIDED)
    for partner in partners[::2]:
        credit(partner, people["finance"], at - CREDITED)
    for number, partner in enumerate(partners, 1):
        report_sales(partner, number, 2, today - SECOND, people["sales_ops"], at - SECOND)
        report_stock(partner, today - SECOND, people["sales_ops"], at - SECOND)
    return PosLine.objects.count()


def report_sales(partner: Party, number: int, report: int, until: dt.date, by: Member, at: dt.datetime) -> None:
    """A third of what each layer holds is sold: to those who have agreed a cost for it, else to whom it was bought for.

    Now and then the name is not quite ours.
    """
    layers = CostLayer.objects.filter(partner=partner, remaining__gt=0, received_on__lt=until - 2 * DAY)
    agreed = end_buyers_with_agreements(partner)
    rows = []
    for line, layer in enumerate(layers.select_related("product", "stock_row__invoice_line__order_line__end_buyer"), 1):
        invoiced = layer.stock_row.invoice_line
        bought_for = invoiced.order_line.end_buyer if invoiced else None
        buyer = agreed.get(layer.product_id) or agreed.get(-layer.product.family_id) or bought_for
        if buyer is None:
            continue
        sold_on = min(until - DAY, layer.received_on + (6 + line % 5) * DAY)
        name, code = (f"{buyer.name} Intl.", "") if line % EVERY_FOURTH == 0 else (buyer.name, buyer.code)
        rows.append((
            f"{number}{report}{line // 3:03d}", line, sold_on, layer.product.sku, max(layer.remaining // 3, 1),
            round(layer.unit_cost * 13 / 10, 4), layer.currency, name, code, buyer.country,
        ))  # fmt: skip
    take("pos", SALE, rows, partner, f"sales-{until}.csv", by, at)


def end_buyers_with_agreements(partner: Party) -> dict[int, Party]:
    """Of ship-and-debit agreements that this partner may cite, by product, or by family with its sign turned."""
    lines = AgreementLine.objects.filter(mechanism=Mechanism.SHIP_AND_DEBIT, is_in_force=True)
    lines = lines.filter(Q(sell_to=None) | Q(sell_to=partner)).select_related("end_buyer").order_by("pk")
    return {line.subject_key: line.end_buyer for line in lines if line.end_buyer}


def report_stock(partner: Party, day: dt.date, by: Member, at: dt.datetime) -> None:
    """What we reckon, save that every fifth count is a few pieces off."""
    place = partner.locations.order_by("pk")[0]
    held = StockPosition.objects.filter(partner=partner).select_related("product").order_by("product_id")
    rows = [
        (place.code, day, each.product.sku, max(each.on_hand - (12 if place_of % EVERY_FIFTH == 0 else 0), 0))
        for place_of, each in enumerate(held, 1)
    ]
    take("stock", STOCK, rows, partner, f"stock-{day}.csv", by, at)


def take(
    kind: str, heading: Sequence[str], rows: Iterable[Sequence[object]], partner: Party, name: str, by: Member,
    at: dt.datetime,
) -> None:  # fmt: skip
    text = io.StringIO()
    csv.writer(text).writerows([heading, *rows])
    import_file(
        kind=kind, name=name, content=text.getvalue().encode(), party_id=partner.pk, accept_warnings=True, by=by, at=at
    )


def decide(by: Member, at: dt.datetime) -> None:
    """Three of four are approved; of the others every second is denied, and the rest waits for a look."""
    verdicts: dict[str, dict[int, int]] = defaultdict(dict)
    for place, line in enumerate(ClaimLine.objects.filter(state=ClaimLineState.PENDING).order_by("pk"), 1):
        is_odd = place % EVERY_FOURTH == 0
        verdict = Verdict.APPROVE if not is_odd else Verdict.DENY if place % 8 == 0 else ""
        verdicts[verdict][line.pk] = line.version
    decide_lines(seen=verdicts[Verdict.APPROVE], decision=Decision(Verdict.APPROVE), by=by, at=at)
    denial = Decision(Verdict.DENY, ClaimReason.DATA_MISSING, "The resale invoice was not sent.")
    decide_lines(seen=verdicts[Verdict.DENY], decision=denial, by=by, at=at)


def credit(partner: Party, by: Member, at: dt.datetime) -> None:
    for currency in ClaimLine.objects.filter(partner=partner).values_list("currency", flat=True).distinct():
        try:
            issue_credit(partner_id=partner.pk, currency=currency, by=by, at=at)
        except NothingToCredit:
            continue
