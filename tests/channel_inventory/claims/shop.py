"""A partner, an end buyer and a part, with sales whose layers are written row by row: no code of stock or of files."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import count
from typing import Any

from django.db.models import Sum

from catalog.models import Product
from channel_inventory.actions.decide_lines import Decision, decide_lines
from channel_inventory.actions.issue_credit import issue_credit
from channel_inventory.actions.value_claims import Valued, value_claims
from channel_inventory.choices import ConsumptionKind, PosState, StockKind, Verdict
from channel_inventory.models import (
    Claim,
    ClaimCredit,
    ClaimLine,
    CostLayer,
    LayerConsumption,
    LiabilityLedger,
    PosLine,
    StockLedger,
)
from exchange.models import ImportBatch
from jobs.models import GeneratedFile
from parties.models import Party
from pricing.choices import Mechanism
from pricing.models import AgreementLine
from tenancy.models import Member
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.factories.pricing import make_agreement
from tests.fixtures import NOW, TODAY

_serial = count(1)
SOLD = dt.date(2026, 11, 2)
Taken = tuple[int, str | None]


class Shop:
    def __init__(self, partner: Party | None = None) -> None:
        self.partner = partner or make_sell_to()
        self.buyer = make_end_buyer()
        self.product = make_product()
        self.batch = self.report()

    def report(self) -> ImportBatch:
        number = next(_serial)
        file = GeneratedFile.objects.create(
            kind="import", name=f"pos-{number}.csv", storage_name=f"x/{number:032x}", content_type="text/csv", size=1,
            sha256="", right="files.import",
        )  # fmt: skip
        return ImportBatch.objects.create(
            kind="pos", file=file, file_name=file.name, sha256=f"{number:064x}", party_id=self.partner.pk,
            uploaded_at=NOW,
        )  # fmt: skip

    def agree(self, price: str = "105", **values: Any) -> AgreementLine:
        product: Any = values.pop("product", self.product)
        buyer = values.pop("end_buyer", self.buyer)
        return make_agreement(product, price, mechanism=Mechanism.SHIP_AND_DEBIT, end_buyer=buyer, **values)

    def line(self, quantity: int, **values: Any) -> PosLine:
        number = next(_serial)
        invoice = values.pop("invoice_number", f"INV-{number}")
        given: dict[str, Any] = {
            "partner": self.partner, "batch": self.batch, "row_number": number, "received_on": TODAY,
            "recorded_at": NOW, "line_key": f"{invoice}/{number}", "content": f"{number:032x}",
            "invoice_number": invoice, "invoice_line": "1", "invoice_date": SOLD, "product": self.product,
            "quantity": quantity, "reported_quantity": quantity, "resale_price": Decimal(150), "currency": "USD",
            "end_buyer": self.buyer,
        }  # fmt: skip
        return PosLine.objects.create(**{**given, **values})

    def sell(
        self, quantity: int, *taken: Taken, net: str | None = None, cost_currency: str = "USD", **values: Any
    ) -> PosLine:
        """`taken` are units with their layer's cost; all at 120 when none are given. `net` is the net cost of each."""
        line = self.line(quantity, **values)
        for units, cost in taken or ((quantity, "120"),):
            self.take(line, units, cost, net=net, currency=cost_currency)
        return line

    def take(
        self, line: PosLine, units: int, cost: str | None, *, net: str | None = None, currency: str = "USD"
    ) -> None:
        layer = self.layer(units, cost, net=net, currency=currency) if cost else None
        LayerConsumption.objects.create(
            pos_line=line, layer=layer, kind=ConsumptionKind.CONSUME if layer else ConsumptionKind.SHORTAGE,
            quantity=units, unit_cost=Decimal(cost) if cost else None, currency=currency, recorded_at=NOW,
        )  # fmt: skip

    def short(self, line: PosLine, units: int, book: str | None) -> LayerConsumption:
        """Sold beyond what we knew of, at the book price of its day."""
        return LayerConsumption.objects.create(
            pos_line=line, kind=ConsumptionKind.SHORTAGE, quantity=units, unit_cost=Decimal(book) if book else None,
            currency="USD", recorded_at=NOW,
        )  # fmt: skip

    def layer(self, units: int, cost: str, *, net: str | None = None, currency: str = "USD") -> CostLayer:
        row = StockLedger.objects.create(
            partner=self.partner, product=self.product, kind=StockKind.SELL_IN, quantity=units, business_date=SOLD,
            event_date=SOLD, recorded_at=NOW, source_key=f"test:{next(_serial)}",
        )  # fmt: skip
        return CostLayer.objects.create(
            partner=self.partner, product=self.product, stock_row=row, received_on=dt.date(2026, 6, 1),
            quantity=units, remaining=0, unit_cost=Decimal(cost), net_cost=Decimal(net or cost), currency=currency,
            recorded_at=NOW,
        )  # fmt: skip

    def correct(self, old: PosLine, quantity: int, **values: Any) -> PosLine:
        old.state = PosState.CORRECTED
        old.save()
        kept = {"corrects": old, "line_key": old.line_key, "invoice_number": old.invoice_number}
        return self.sell(quantity, **{**kept, **values})

    def give_back(self, sale: PosLine, quantity: int, **values: Any) -> PosLine:
        return self.line(-quantity, returns=sale, **values)


def value(*lines: PosLine, by: Member | None = None, at: dt.datetime = NOW) -> Valued:
    return value_claims(pos_line_ids=[line.pk for line in lines], by=by, at=at)


def to_nobody(line: PosLine) -> Valued:
    """Take a sale back from its end buyer, and with it what it has claimed."""
    PosLine.objects.filter(pk=line.pk).update(end_buyer=None)
    return value(line)


def claim_of(line: PosLine) -> ClaimLine:
    """The one that is not reversed."""
    return ClaimLine.objects.exclude(state="reversed").get(pos_line=line)


def codes(line: ClaimLine) -> list[tuple[str, bool]]:
    return [(each["code"], each["is_denial"]) for each in line.findings]


def buckets(*lines: ClaimLine) -> tuple[int, int]:
    rows = LiabilityLedger.objects.all()
    if lines:
        rows = rows.filter(claim_line__in=[line.pk for line in lines])
    found = rows.aggregate(estimated=Sum("estimated"), claimed=Sum("claimed"))
    return found["estimated"] or 0, found["claimed"] or 0


def expected(lines: Sequence[ClaimLine]) -> tuple[int, int]:
    """What the claim lines say we owe. Lines that a rule speaks against are not estimated; what was credited and then
    reversed is recoverable."""
    estimated = claimed = 0
    for line in lines:
        if line.state == "pending" and not any(each["is_denial"] for each in line.findings):
            estimated += line.amount
        if line.state == "approved" and line.credit_id is None:
            claimed += line.amount
        if line.state == "reversed" and line.credit_id is not None and not is_recovered(line):
            claimed -= line.amount
    return estimated, claimed


def is_recovered(line: ClaimLine) -> bool:
    """A later memo has taken it off."""
    return LiabilityLedger.objects.filter(claim_line=line, entry="settle").exclude(credit=line.credit_id).exists()


def claimed(partner: Party) -> ClaimLine:
    """A pending line of its own claim."""
    shop = Shop(partner)
    shop.agree("105")
    sale = shop.sell(10)
    value(sale)
    return claim_of(sale)


def more_lines(claim: Claim, count: int) -> None:
    shop = Shop(claim.partner)
    shop.batch = claim.batch
    shop.agree("105")
    value(*(shop.sell(10) for _ in range(count)))


def credited(line: ClaimLine, by: Member) -> ClaimCredit:
    decide_lines(seen={line.pk: line.version}, decision=Decision(Verdict.APPROVE), by=by, at=NOW)
    return issue_credit(partner_id=line.partner_id, currency=line.currency, claim_id=line.claim_id, by=by, at=NOW)


def other_product(shop: Shop) -> Product:
    return make_product(family=shop.product.family)
