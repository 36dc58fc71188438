"""What ledger rows add up to, so that a figure can be checked against the rows it leads to."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Case, Count, DecimalField, F, Func, Q, QuerySet, Sum, Value, When

from metrics.drill import NET
from metrics.reports.bookings_billings_backlog.figures import ratio
from orders.choices import BILLING_VERBS, DATE_VERBS
from ui.figures import figure
from values.currencies import MINOR_UNITS, minor_digits
from values.money import from_minor

USUAL_DIGITS = 2


@dataclass(frozen=True)
class Total:
    """One amount under a table of rows, in words and digits."""

    label: str
    text: str


class Rounded(Func):
    """Half up, as the ledger rounds."""

    function = "round"
    output_field = DecimalField(max_digits=40, decimal_places=0)


def moved_in_reporting(currency: str) -> Rounded:
    """The open value of a row at its line's booking rate, in minor units of the tenant's `currency`."""
    odd = [
        When(currency=code, then=Value(Decimal(1).scaleb(minor_digits(currency) - digits)))
        for code, digits in MINOR_UNITS.items()
        if digits != USUAL_DIGITS
    ]
    usual = Value(Decimal(1).scaleb(minor_digits(currency) - USUAL_DIGITS))
    factor = Case(*odd, default=usual, output_field=DecimalField(max_digits=12, decimal_places=6))
    return Rounded(F("open_value") * F("line__booking_rate") * factor)


def totals_of(rows: QuerySet[Any], reporting_currency: str, *, has_moves: bool) -> list[Total]:
    """One statement: the sums of the filtered rows by currency and in the tenant's.

    With `has_moves` also the open values that date moves are about, for which every row's line is looked up.
    """
    found = list(
        rows.order_by()
        .values("currency", "verb")
        .annotate(
            value=Sum("value_delta"),
            reporting=Sum("reporting_delta"),
            unrated=Count("pk", filter=Q(reporting_delta__isnull=True) & ~Q(value_delta=0)),
            **(moved_sums(reporting_currency) if has_moves else {}),
        )
    )
    dated = [row for row in found if row["verb"] in DATE_VERBS]
    valued = [row for row in found if row["verb"] not in DATE_VERBS]
    totals = sides(valued, reporting_currency)
    totals = totals or amounts("Sum", valued, "value", ("reporting", "unrated"), reporting_currency)
    return totals + amounts("Value moved", dated, "moved", ("moved_reporting", "moved_unrated"), reporting_currency)


def moved_sums(reporting_currency: str) -> dict[str, Aggregate]:
    is_move = Q(verb__in=[str(verb) for verb in DATE_VERBS])
    return {
        "moved": Sum("open_value", filter=is_move),
        "moved_reporting": Sum(moved_in_reporting(reporting_currency), filter=is_move),
        "moved_unrated": Count("pk", filter=is_move & Q(line__booking_rate__isnull=True)),
    }


def amounts(
    label: str, rows: Sequence[dict[str, Any]], name: str, converted: tuple[str, str], reporting_currency: str
) -> list[Total]:
    if not rows:
        return []
    currencies = sorted({row["currency"] for row in rows})
    found = [
        Total(f"{label}, {currency}", money(sum(row[name] or 0 for row in of(currency, rows)), currency))
        for currency in currencies
    ]
    if currencies != [reporting_currency] and not any(row[converted[1]] for row in rows):
        total = int(sum(row[converted[0]] or 0 for row in rows))
        found.append(Total(f"All in {reporting_currency}", money(total, reporting_currency)))
    return found


def sides(rows: Sequence[dict[str, Any]], reporting_currency: str) -> list[Total]:
    """Net bookings, billings and their ratio where the rows are both sides of it, by currency and in the tenant's."""
    net = [row for row in rows if row["verb"] in NET]
    billed = [row for row in rows if row["verb"] in BILLING_VERBS]
    if not net or not billed or len(net) + len(billed) < len(rows):
        return []
    currencies = sorted({row["currency"] for row in rows})
    found = []
    for currency in currencies:
        found += both(currency, of(currency, net), of(currency, billed), "value")
    if currencies != [reporting_currency] and not any(row["unrated"] for row in rows):
        found += both(reporting_currency, net, billed, "reporting", prefix="all in ")
    return found


def of(currency: str, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["currency"] == currency]


def both(
    currency: str, net: Sequence[dict[str, Any]], billed: Sequence[dict[str, Any]], name: str, *, prefix: str = ""
) -> list[Total]:
    booked, invoiced = sum(row[name] or 0 for row in net), sum(row[name] or 0 for row in billed)
    quotient = ratio(booked, invoiced)
    where = f"{prefix}{currency}"
    return [
        Total(f"Net bookings, {where}", money(booked, currency)),
        Total(f"Billings, {where}", money(invoiced, currency)),
        Total(f"Book-to-bill, {where}", "none" if quotient is None else figure(quotient, 2)),
    ]


def money(minor: int, currency: str) -> str:
    return figure(from_minor(minor, currency), minor_digits(currency))
