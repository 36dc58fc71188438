"""Exchange rates of a day."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from tenancy.prepared import fetch_planned
from tenancy.scope import current_tenant_id
from values import sql

RateKey = tuple[str, str, dt.date]


def rates_on(pairs: Iterable[RateKey]) -> dict[RateKey, Decimal | None]:
    """One unit of `from` in `to`, for each `(from, to, day)`: one statement, and none where nothing is to convert.

    The latest rate on or before the day. When only the other way round is known, its inverse, to eight decimals. The
    same currency is 1; None means that no rate is known.
    """
    wanted = set(pairs)
    found: dict[RateKey, Decimal | None] = {key: Decimal(1) for key in wanted if key[0] == key[1]}
    unknown = sorted(wanted - found.keys())
    if unknown:
        found.update(zip(unknown, _look_up(unknown), strict=True))
    return found


def rate_on(from_currency: str, to_currency: str, day: dt.date) -> Decimal | None:
    """One pair of `rates_on`."""
    key = (from_currency, to_currency, day)
    return rates_on([key])[key]


def _look_up(keys: list[RateKey]) -> list[Decimal | None]:
    params = {
        "tenant": current_tenant_id(),
        "from": [key[0] for key in keys],
        "to": [key[1] for key in keys],
        "day": [key[2] for key in keys],
    }
    return [row[1] for row in fetch_planned(sql.load("pricing", "rates_on"), params)]
