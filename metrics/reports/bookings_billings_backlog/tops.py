"""Who and what the figures come from: the largest sell-tos, end buyers and products, and the rest of them summed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from metrics.reports.bookings_billings_backlog.figures import ratio
from metrics.reports.bookings_billings_backlog.names import Name, Names
from metrics.statements import Row

DIMENSIONS = {"end_buyer": "End buyer", "sell_to": "Sell-to", "product": "Product"}
TOP = 8

Late = Mapping[tuple[str, str, int], tuple[int, int]]


@dataclass(frozen=True)
class Member:
    """One sell-to, end buyer or product, or all the rest of them (`id` None, `members` of them). Minor units."""

    id: int | None
    name: Name
    members: int
    net_bookings: int
    billings: int
    closing: int
    late: int

    @property
    def book_to_bill(self) -> Decimal | None:
        return ratio(self.net_bookings, self.billings)

    @property
    def is_rest(self) -> bool:
        return self.id is None


@dataclass(frozen=True)
class Top:
    """Foots to the section: every member is in a row of its own or in the rest."""

    dimension: str
    rows: tuple[Member, ...]

    @property
    def heading(self) -> str:
        return DIMENSIONS[self.dimension]

    @property
    def members(self) -> int:
        return sum(row.members for row in self.rows)


def tops_of(
    rows: Sequence[Row], late: Late, names: Names, currencies: Sequence[str], *, is_converted: bool
) -> tuple[Top, ...]:
    """`rows` are those of one currency, or those in the tenant's for all `currencies` added up."""
    return tuple(
        Top(
            dimension,
            members_of(
                [row for row in rows if row["dimension"] == dimension],
                late_of(late, dimension, currencies, is_converted=is_converted),
                names,
            ),
        )
        for dimension in DIMENSIONS
    )


def late_of(late: Late, dimension: str, currencies: Sequence[str], *, is_converted: bool) -> dict[int, int]:
    found: dict[int, int] = {}
    for (where, currency, member), values in late.items():
        if where == dimension and currency in currencies:
            found[member] = found.get(member, 0) + values[1 if is_converted else 0]
    return found


def members_of(rows: Sequence[Row], late: Mapping[int, int], names: Names) -> tuple[Member, ...]:
    shown = {row["id"] for row in rows if row["shown"] is not None}
    elsewhere = sum(value for member, value in late.items() if member not in shown)
    return tuple(member_of(row, late.get(row["id"], 0) if row["shown"] else elsewhere, names) for row in rows)


def member_of(row: Row, late: int, names: Names) -> Member:
    if row["shown"] is None:
        return Member(None, Name(), row["members"], row["net"], row["billed"], row["closing"], late)
    name = names.product(row["id"]) if row["dimension"] == "product" else names.party(row["id"])
    return Member(row["id"], name, 1, row["net"], row["billed"], row["closing"], late)
