"""What somebody wants an agreement to say."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pricing.choices import Mechanism, TierBasis
from pricing.errors import BadTerms
from values.currencies import MINOR_UNITS

LARGEST_PRICE = Decimal(10) ** 12
LARGEST_QUANTITY = 10**15
PLACES = 6


@dataclass(frozen=True)
class LineDraft:
    """Prices of one product or one family. `tiers` are (from quantity, price), ascending."""

    product_id: int | None
    family_id: int | None
    tiers: tuple[tuple[int, Decimal], ...]
    tier_basis: str = TierBasis.LINE
    cap_qty: int | None = None
    book_price: Decimal | None = None

    @property
    def subject(self) -> tuple[int | None, int | None]:
        return self.product_id, self.family_id


@dataclass(frozen=True)
class AgreementDraft:
    number: str
    mechanism: str
    end_buyer_id: int | None
    sell_to_id: int | None
    currency: str
    valid_from: dt.date
    valid_to: dt.date
    lines: tuple[LineDraft, ...]
    project: str = ""
    note: str = ""

    def check(self) -> None:
        """Raises BadTerms for the first contradiction."""
        for field, message in self.contradictions():
            raise BadTerms(message, field)

    def contradictions(self) -> Iterator[tuple[str, str]]:
        """(field, sentence) for whatever contradicts itself."""
        if not self.number.strip():
            yield "number", "An agreement needs a number."
        if self.currency not in MINOR_UNITS:
            yield "currency", f"“{self.currency}” is not a currency."
        if self.valid_to < self.valid_from:
            yield "valid_to", f"It would end on {self.valid_to}, before it starts on {self.valid_from}."
        yield from self.party_contradictions()
        if not self.lines:
            yield "lines", "An agreement needs at least one price."
        if len({line.subject for line in self.lines}) < len(self.lines):
            yield "lines", "A product or family stands on it twice."
        for line in self.lines:
            yield from line_contradictions(line)

    def party_contradictions(self) -> Iterator[tuple[str, str]]:
        if self.end_buyer_id is not None:
            return
        if self.sell_to_id is None:
            yield "end_buyer", "Name an end buyer, or a sell-to for a contract price."
        if self.mechanism != Mechanism.DIRECT:
            yield "mechanism", "Ship and debit is for an end buyer; a contract price is direct."


def line_contradictions(line: LineDraft) -> Iterator[tuple[str, str]]:
    if (line.product_id is None) == (line.family_id is None):
        yield "lines", "Each price is for a product or for a family, not for both."
    starts = [start for start, _ in line.tiers]
    if not starts or starts != sorted(set(starts)) or starts[0] < 1 or starts[-1] > LARGEST_QUANTITY:
        yield "lines", "Tiers start at 1 or more, each above the one before."
    prices = [price for _, price in line.tiers] + ([] if line.book_price is None else [line.book_price])
    if any(not is_price(price) for price in prices):
        yield "lines", "A price is zero or more, with six decimals at most."
    if line.cap_qty is not None and not 1 <= line.cap_qty <= LARGEST_QUANTITY:
        yield "lines", "A cap is a quantity of 1 or more."


def is_price(price: Decimal) -> bool:
    return price.is_finite() and 0 <= price < LARGEST_PRICE and price == round(price, PLACES)
