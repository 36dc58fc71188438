from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """How much of everything one tenant gets."""

    name: str
    orders: int
    products: int
    sell_tos: int
    end_buyers: int
    agreement_lines: int
    days: int


# large is the world of performance.md: 500,000 orders, 3 million lines, 12 million ledger rows
SCALES = {
    "small": Scale("small", 60, 24, 6, 12, 18, 120),
    "medium": Scale("medium", 50_000, 400, 40, 1_000, 20_000, 730),
    "large": Scale("large", 500_000, 2_000, 150, 5_000, 200_000, 1095),
}
