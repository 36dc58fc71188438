import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from exchange.upsert import upsert
from pricing.models import FxRate
from pricing.rows import CREATED, UNCHANGED, UPDATED, FxRow, Outcome, error
from tenancy.models import Member
from values.currencies import MINOR_UNITS

FxKey = tuple[str, str, dt.date]
PLACES = 8
LARGEST_RATE = Decimal(10) ** 10


def upsert_fx_rates(
    *, rows: Sequence[FxRow], by: Member | None, at: dt.datetime, is_dry: bool = False
) -> list[Outcome]:
    """Set the rates of days. The same rows again change nothing. Lines that are booked keep the rate they froze."""
    known = known_rates(rows)
    wanted: dict[FxKey, FxRate] = {}
    outcomes = []
    for row in rows:
        key = (row.from_currency, row.to_currency, row.date)
        outcome = refuse_rate(row) or judge(row, known.get(key), wanted.get(key))
        if outcome in (CREATED, UPDATED):
            wanted[key] = FxRate(
                date=row.date, from_currency=row.from_currency, to_currency=row.to_currency, rate=row.rate
            )
        outcomes.append(outcome)
    if not is_dry and wanted:
        ordered = [wanted[key] for key in sorted(wanted)]
        upsert(FxRate, ordered, unique=("from_currency", "to_currency", "date"), fields=("rate",))
    return outcomes


def known_rates(rows: Sequence[FxRow]) -> dict[FxKey, Decimal]:
    stored = FxRate.objects.filter(
        date__in={row.date for row in rows}, from_currency__in={row.from_currency for row in rows}
    ).values_list("from_currency", "to_currency", "date", "rate")
    return {(from_currency, to_currency, date): rate for from_currency, to_currency, date, rate in stored}


def judge(row: FxRow, known: Decimal | None, earlier: FxRate | None) -> Outcome:
    if earlier is not None:
        if earlier.rate == row.rate:
            return UNCHANGED
        return error("rate", "duplicate", f"An earlier row says {earlier.rate:f} for the same day.")
    if known is None:
        return CREATED
    return UNCHANGED if known == row.rate else UPDATED


def refuse_rate(row: FxRow) -> Outcome | None:
    for field, currency in (("from", row.from_currency), ("to", row.to_currency)):
        if currency not in MINOR_UNITS:
            return error(field, "unknown_currency", f"“{currency}” is not a currency.")
    if row.from_currency == row.to_currency:
        return error("to", "same_currency", "A rate is between two currencies.")
    if not row.rate.is_finite() or not 0 < row.rate < LARGEST_RATE or row.rate != round(row.rate, PLACES):
        return error("rate", "bad_rate", "A rate is above zero, with eight decimals at most.")
    return None
