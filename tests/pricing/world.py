"""One sell-to, one end buyer, one product, and short ways to ask and to look."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.models import Product
from parties.models import Party
from pricing.agreements.drafts import AgreementDraft, LineDraft
from pricing.choices import Mechanism, TierBasis
from pricing.resolver import PriceAnswer, PriceQuestion, resolve_prices
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.fixtures import TODAY

JAN, JUN, JUL, DEC = dt.date(2026, 1, 1), dt.date(2026, 6, 30), dt.date(2026, 7, 1), dt.date(2026, 12, 31)


@dataclass
class Walk:
    sell_to: Party
    buyer: Party
    product: Product

    def ask(self, quantity: int = 100, **values: Any) -> PriceAnswer:
        question = {
            "key": 1,
            "sell_to_id": self.sell_to.pk,
            "end_buyer_id": self.buyer.pk,
            "product_id": self.product.pk,
            "quantity": quantity,
            "currency": "USD",
            "on": TODAY,
            **values,
        }
        return resolve_prices([PriceQuestion(**question)])[0]

    def draft(self, number: str = "SPA-1", price: str = "0.95", **values: Any) -> AgreementDraft:
        line = {"tiers": ((1, Decimal(price)),), "tier_basis": TierBasis.LINE}
        for name in ("tiers", "tier_basis", "cap_qty", "book_price"):
            if name in values:
                line[name] = values.pop(name)
        header: dict[str, Any] = {
            "number": number,
            "mechanism": Mechanism.DIRECT,
            "end_buyer_id": self.buyer.pk,
            "sell_to_id": None,
            "currency": "USD",
            "valid_from": JAN,
            "valid_to": DEC,
            "lines": (LineDraft(self.product.pk, None, **line),),
        }
        return AgreementDraft(**{**header, **values})


def make_walk() -> Walk:
    return Walk(make_sell_to("DIST", name="Distributor"), make_end_buyer("ACME", name="Acme"), make_product("P-1"))


def entries(answer: PriceAnswer, step: str) -> list[dict[str, Any]]:
    return [entry for entry in answer.trail if entry["step"] == step]


def told(answer: PriceAnswer, ref: str) -> str:
    """The sentence about one rule."""
    [entry] = [entry for entry in answer.trail if entry["ref"] in (ref, f"{ref} rev 1")]
    return entry["why"]


def outcome(answer: PriceAnswer) -> tuple[str, str | None]:
    return answer.source.value, None if answer.unit_price is None else f"{answer.unit_price:.2f}"
