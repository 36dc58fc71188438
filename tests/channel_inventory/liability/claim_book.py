"""Claim lines written as they are, to test what the ledger makes of them. How they are valued is tested elsewhere."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from catalog.models import Product
from channel_inventory.choices import ClaimLineState
from channel_inventory.models import Claim, ClaimCredit, ClaimLine, PosLine
from exchange.models import ImportBatch
from jobs.models import GeneratedFile
from parties.models import Party
from pricing.models import AgreementLine
from tenancy.numbering import next_gapless_number, next_number
from tests.fixtures import NOW, TODAY

_serial = count(1)


@dataclass
class ClaimBook:
    """One report of one partner, and the claim made from it."""

    partner: Party
    currency: str = "USD"
    received_on: dt.date = TODAY
    claim: Claim = field(init=False)

    def __post_init__(self) -> None:
        file = GeneratedFile.objects.create(
            kind="upload", name="pos.csv", storage_name=f"x/{next(_serial)}", content_type="text/csv", size=1,
            sha256="0" * 64, right="files.import",
        )  # fmt: skip
        batch = ImportBatch.objects.create(
            kind="pos", file=file, file_name="pos.csv", sha256="0" * 64, party_id=self.partner.pk, uploaded_at=NOW
        )
        self.claim = Claim.objects.create(
            number=f"CL-{next_number('claim')}", partner=self.partner, batch=batch, currency=self.currency,
            received_on=self.received_on, created_at=NOW,
        )  # fmt: skip

    def sale(self, product: Product, quantity: int, *, on: dt.date, end_buyer: Party | None = None) -> PosLine:
        number = next(_serial)
        return PosLine.objects.create(
            partner=self.partner, batch=self.claim.batch, row_number=number, received_on=self.received_on,
            recorded_at=NOW, line_key=f"{number}/1", content=f"{number:032d}", invoice_number=str(number),
            invoice_line="1", invoice_date=on, product=product, quantity=quantity, reported_quantity=quantity,
            resale_price=1, currency=self.currency, end_buyer=end_buyer,
        )  # fmt: skip

    def line(
        self,
        agreed: AgreementLine | None,
        amount: int,
        *,
        on: dt.date = TODAY,
        product: Product | None = None,
        **values: Any,
    ) -> ClaimLine:
        """A pending line over `amount` minor units; for the agreement's end buyer, unless another is named."""
        product = product or agreed.product
        end_buyer = values.pop("end_buyer", agreed.end_buyer if agreed else None)
        quantity = values.pop("quantity", 100 if amount >= 0 else -100)
        return ClaimLine.objects.create(
            claim=self.claim, pos_line=self.sale(product, quantity, on=on, end_buyer=end_buyer), partner=self.partner,
            end_buyer=end_buyer, product=product, agreement_line=agreed, quantity=quantity, currency=self.currency,
            amount=amount, created_at=NOW, **values,
        )  # fmt: skip

    def credit(self, *lines: ClaimLine, on: dt.date = TODAY) -> ClaimCredit:
        """A credit memo over these approved lines."""
        credit = ClaimCredit.objects.create(
            number=f"CR-{next_gapless_number('claim_credit')}", partner=self.partner, currency=self.currency,
            credit_date=on, total=sum(line.amount for line in lines), issued_at=NOW,
        )  # fmt: skip
        for line in lines:
            line.credit, line.state = credit, ClaimLineState.APPROVED
            line.save()
        return credit


def decide(line: ClaimLine, state: ClaimLineState) -> None:
    line.state = state
    line.save()
