"""The figures of one order from its ledger, and whether they foot with its lines."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from orders.choices import BACKLOG_VERBS, BILLING_VERBS, Verb
from orders.models import Order, OrderLedger
from orders.views.detail.ledger import LedgerRow
from orders.views.detail.timeline import Ledger

LABELS: tuple[tuple[str, tuple[Verb, ...]], ...] = (
    ("Gross bookings", (Verb.BOOKED, Verb.QTY_INCREASED)),
    ("Decreased", (Verb.QTY_DECREASED,)),
    ("Cancelled", (Verb.CANCELLED,)),
    ("Price changes", (Verb.PRICE_CHANGED,)),
    ("Transfers", (Verb.TRANSFERRED, Verb.SPLIT)),
    ("Shipped", (Verb.SHIPPED,)),
    ("Shipments undone", (Verb.UNSHIPPED,)),
)
ALWAYS = ("Gross bookings", "Shipped")

# of each verb the value in minor units, and that in the tenant's currency: None where a rate was not known
Sums = dict[str, tuple[int, int | None]]


@dataclass(frozen=True)
class Total:
    label: str
    value: int


@dataclass(frozen=True)
class Totals:
    """Minor units. `open_value` is what the ledger sums to, `on_lines` what the lines say: they must agree.

    `open_reporting` is the open backlog in the tenant's currency at the booking rate; None where no rate was known.
    """

    parts: list[Total]
    open_value: int
    on_lines: int
    shipped: int
    billed: int
    open_reporting: int | None = None

    @property
    def foots(self) -> bool:
        return self.open_value == self.on_lines

    @property
    def shipped_share(self) -> str:
        """Of what was ordered and not cancelled, in value."""
        whole = self.shipped + self.on_lines
        return f"{100 * self.shipped / whole:.1f} %" if whole and self.shipped else ""

    @property
    def unbilled(self) -> int:
        """Shipped and not yet billed; credits do not make goods unbilled again."""
        return max(self.shipped - self.billed, 0)


def totals_of(order: Order, ledger: Ledger) -> Totals:
    """From the rows that the story is told from, when they are all there are."""
    return totals(order, summed(ledger.rows) if ledger.is_whole else sums_of(order))


def summed(rows: Iterable[LedgerRow]) -> Sums:
    found: Sums = {}
    for row in rows:
        value, reporting = found.get(row.verb, (0, 0))
        if reporting is not None:
            reporting = None if row.reporting_delta is None else reporting + row.reporting_delta
        found[row.verb] = value + row.value_delta, reporting
    return found


def sums_of(order: Order) -> Sums:
    rows = OrderLedger.objects.filter(order=order).values_list("verb").order_by("verb")
    return {
        verb: (value, reporting if unknown == 0 else None)
        for verb, value, reporting, unknown in rows.annotate(
            Sum("value_delta"), Sum("reporting_delta"), unknown=Count("pk", filter=Q(reporting_delta__isnull=True))
        )
    }


def totals(order: Order, found: Sums) -> Totals:
    sums = {verb: value for verb, (value, _reporting) in found.items()}
    parts = [Total(label, sum(sums.get(verb, 0) for verb in verbs)) for label, verbs in LABELS]
    reporting = [found[verb][1] for verb in BACKLOG_VERBS if verb in found]
    return Totals(
        parts=[part for part in parts if part.value or part.label in ALWAYS],
        open_value=sum(sums.get(verb, 0) for verb in BACKLOG_VERBS),
        on_lines=order.open_value,
        shipped=-sums.get(Verb.SHIPPED, 0) - sums.get(Verb.UNSHIPPED, 0),
        billed=sum(sums.get(verb, 0) for verb in BILLING_VERBS),
        open_reporting=None if None in reporting else sum(value or 0 for value in reporting),
    )
