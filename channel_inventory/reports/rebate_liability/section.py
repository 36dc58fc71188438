"""What the report says in one currency. Nothing is converted, and partners are never netted."""

from dataclasses import dataclass

from channel_inventory.reports.rebate_liability.figures import Figures
from channel_inventory.reports.rebate_liability.names import Name
from channel_inventory.reports.rebate_liability.query import CreditRow, Uncertified


@dataclass(frozen=True)
class Line:
    """One key: partner × agreement × end buyer × product × kind."""

    partner: Name
    end_buyer: Name
    agreement: Name
    product: Name
    kind: str
    figures: Figures
    is_owed_to_us: bool
    """Of the partner as a whole: its balance is below zero."""

    @property
    def open(self) -> int:
        return 0 if self.is_owed_to_us else self.figures.balance

    @property
    def recoverable(self) -> int:
        return -self.figures.balance if self.is_owed_to_us else 0


@dataclass(frozen=True)
class Member:
    """One partner, end buyer, agreement, product or kind. `open` − `recoverable` is the balance of its figures."""

    name: Name
    figures: Figures
    open: int
    recoverable: int


@dataclass(frozen=True)
class AgreementPart:
    """What one partner has under one agreement: its products add up to it."""

    agreement: Member
    end_buyer: Name
    kind: str
    products: tuple[Member, ...]


@dataclass(frozen=True)
class PartnerPart:
    partner: Member
    agreements: tuple[AgreementPart, ...]


@dataclass(frozen=True)
class Credit:
    row: CreditRow
    partner: Name


@dataclass(frozen=True)
class Exposure:
    """A memo: what a partner could claim at most for the goods it holds. Minor units."""

    partner: Name
    units: int
    amount: int


@dataclass(frozen=True)
class Section:
    """All figures of one currency. Each of the views adds up to `total`.

    `open` sums the partners that we owe, `recoverable` those that owe us: open − recoverable = estimated + claimed.
    """

    currency: str
    total: Member
    partners: tuple[PartnerPart, ...]
    kinds: tuple[Member, ...]
    end_buyers: tuple[Member, ...]
    agreements: tuple[Member, ...]
    products: tuple[Member, ...]
    lines: tuple[Line, ...]
    credits: tuple[Credit, ...]
    exposure: tuple[Exposure, ...]
    uncertified: Uncertified | None

    @property
    def figures(self) -> Figures:
        return self.total.figures

    @property
    def exposed(self) -> int:
        return sum(each.amount for each in self.exposure)

    @property
    def owing(self) -> tuple[Name, ...]:
        """The partners that owe us."""
        return tuple(part.partner.name for part in self.partners if part.partner.figures.balance < 0)

    def totals(self) -> dict[str, int]:
        """The keys of the report as data. Minor units."""
        figures = self.figures
        return {
            "estimated": figures.estimated,
            "claimed": figures.claimed,
            "settled": figures.settled,
            "open": self.total.open,
            "recoverable": self.total.recoverable,
        }
