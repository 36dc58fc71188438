"""Does the page add up? What does not is named on the page itself."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ui.documents.rebate_liability.context import CurrencySection, Row
from ui.figures import figure

SUMMED = ("accrued", "changed", "settled", "open", "recoverable", "estimated", "claimed")


def differences(section: CurrencySection) -> tuple[str, ...]:
    """Partners and kinds against the total, each partner's agreements against it, movements, and ages."""
    return tuple(f"{what} differs by {figure(gap, section.places)}" for what, gap in gaps(section) if gap)


def gaps(section: CurrencySection) -> Iterator[tuple[str, Decimal]]:
    yield from against("The sum of the partners", section.total, [each.row for each in section.partners])
    yield from against("The sum of the kinds", section.total, section.kinds)
    for partner in section.partners:
        rows = [each.row for each in partner.agreements] + ([partner.rest] if partner.rest else [])
        yield from against(f"The section of {partner.row.label}", partner.row, rows)
    for each in section.movements:
        yield f"The movement of {each.label}", each.difference
    total = section.total
    yield "What is claimed, by age,", total.claimed - sum(total.ages, Decimal(0))
    yield "Open less recoverable", total.open - total.recoverable - total.estimated - total.claimed
    yield "The ledger", total.open - total.recoverable - total.accrued - total.changed - total.settled


def against(what: str, total: Row, rows: Iterable[Row]) -> Iterator[tuple[str, Decimal]]:
    found = list(rows)
    for name in SUMMED:
        yield f"{what}, {name},", getattr(total, name) - sum((getattr(row, name) for row in found), Decimal(0))
