"""The rates of thirteen fiscal periods, one column a basis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from metrics.reports.delivery_performance.figures import BASES, Figures, percent
from values.fiscal import FiscalPeriod


@dataclass(frozen=True)
class TrendPeriod:
    """A period, to the as-of date when it is not over; rates in per cent, None where nothing was decided."""

    period: FiscalPeriod
    last: date
    rates: Mapping[str, Decimal | None]
    figures: Mapping[str, Figures]


def trend_of(
    periods: Sequence[FiscalPeriod], as_of: date, figures: Mapping[int, Mapping[str, Figures]]
) -> tuple[TrendPeriod, ...]:
    """`figures` by the period's place, counted from 1, and basis."""
    table = pivot(len(periods), figures)
    return tuple(
        TrendPeriod(
            period,
            min(period.end, as_of),
            {basis: known(table.at[number, basis]) for basis in BASES},
            {basis: figures.get(number, {}).get(basis, Figures()) for basis in BASES},
        )
        for number, period in enumerate(periods, start=1)
    )


def pivot(count: int, figures: Mapping[int, Mapping[str, Figures]]) -> pd.DataFrame:
    """Periods down, bases across. Decimals stay what they are."""
    rows = [(number, basis, percent(each.rate)) for number, own in figures.items() for basis, each in own.items()]
    frame = pd.DataFrame(rows, columns=["period", "basis", "rate"], dtype=object)
    wide = frame.pivot(index="period", columns="basis", values="rate")
    return wide.reindex(index=range(1, count + 1), columns=list(BASES))


def known(rate: Any) -> Decimal | None:
    return None if pd.isna(rate) else rate
