"""What the price resolver answers."""

from decimal import Decimal
from typing import Any, NamedTuple

from pricing.choices import PriceSource
from pricing.resolver.candidate import Candidate, Citation
from pricing.resolver.question import PriceQuestion
from pricing.resolver.trail import describe, winning_phrase

REASON_LENGTH = 200


class PriceAnswer(NamedTuple):
    """The price of one line and how it was found.

    `unit_price` is what the line is charged, None for no price. `book_price` is the list price, whatever is charged.
    Ship and debit charges book and sets `agreed_cost`. `is_below_floor` is about a manual price: it needs an approval.
    The sentences are made when they are read: a batch that only wants prices does without.
    """

    key: int
    unit_price: Decimal | None
    source: PriceSource
    book_price: Decimal | None
    agreed_cost: Decimal | None
    agreement_line_id: int | None
    is_below_floor: bool
    question: PriceQuestion
    rows: list[Candidate]
    chosen: Candidate | None
    citation: Citation | None

    @property
    def reason(self) -> str:
        """The winning rule in one phrase."""
        return winning_phrase(self.question, self.rows[0], self.source, self.chosen)[:REASON_LENGTH]

    @property
    def trail(self) -> list[dict[str, Any]]:
        """An entry for every step tried, in order, several where several agreements were looked at.

        `{"step", "applies", "ref", "price", "currency", "why"}`, all of them text but `applies`. Trails share entries:
        read them only.
        """
        return describe(self.question, self.rows, self.source, self.chosen, self.citation)
