"""From opening to closing backlog by driver. It must foot; what does not is never drawn away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from metrics.reports.bookings_billings_backlog.figures import Figures
from orders.choices import Verb

DRIVERS: tuple[tuple[str, str, Verb], ...] = (
    ("New lines", "booked", Verb.BOOKED),
    ("Quantity up", "increase", Verb.QTY_INCREASED),
    ("Quantity down", "decrease", Verb.QTY_DECREASED),
    ("Cancels", "cancel", Verb.CANCELLED),
    ("Price", "price", Verb.PRICE_CHANGED),
    ("Shipped", "shipped", Verb.SHIPPED),
    ("Shipment undone", "unshipped", Verb.UNSHIPPED),
    ("Transfers", "transfer", Verb.TRANSFERRED),
)
ONLY_WHEN_THERE = (Verb.UNSHIPPED, Verb.TRANSFERRED)


@dataclass(frozen=True)
class Driver:
    """One step, in minor units as it moves backlog, with the ledger rows behind it."""

    label: str
    verb: Verb
    amount: int
    ledger_rows: int


class DoesNotFoot(ArithmeticError):
    """Figures that must agree differ; the text names currency, difference and rows."""


def bridge_of(figures: Figures, rows: Mapping[str, int]) -> tuple[Driver, ...]:
    drivers = [Driver(label, verb, getattr(figures, name), rows.get(verb, 0)) for label, name, verb in DRIVERS]
    return tuple(each for each in drivers if each.ledger_rows or each.amount or each.verb not in ONLY_WHEN_THERE)


def check_foots(currency: str, rows: Iterable[tuple[str, Figures]]) -> None:
    """Raises DoesNotFoot with every key whose opening and flows do not lead to its closing."""
    odd = [f"{key}: {figures.unexplained}" for key, figures in rows if figures.unexplained]
    if odd:
        raise DoesNotFoot(
            f"The backlog bridge in {currency} does not foot; unexplained minor units by sell-to × end buyer × "
            f"product: {'; '.join(odd)}. Run verify_ledgers."
        )


def check_due(currency: str, due: int, closing: int) -> None:
    if due != closing:
        raise DoesNotFoot(
            f"Backlog by due date in {currency} adds up to {due} minor units, the closing backlog is {closing}: "
            f"{due - closing} between the schedules and the ledger. Run verify_ledgers."
        )
