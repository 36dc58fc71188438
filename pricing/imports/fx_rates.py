from collections.abc import Iterator, Sequence
from typing import Any

from exchange.columns import currency, date, decimal
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from pricing.actions.upsert_fx_rates import upsert_fx_rates
from pricing.imports.outcomes import judge, write
from pricing.models import FxRate
from pricing.rows import FxRow

COLUMNS = {"from_currency": "from", "to_currency": "to"}


def check(rows: Sequence[Row], context: Context) -> None:
    for row in rows:
        values = row.values
        row.subject = FxRow(values["date"], values["from"], values["to"], values["rate"])
    judge(rows, upsert_fx_rates, context, COLUMNS)


def accept(rows: Sequence[Row], context: Context) -> None:
    write(rows, upsert_fx_rates, context, COLUMNS)


def export() -> Iterator[Sequence[Any]]:
    rates = FxRate.objects.order_by("from_currency", "to_currency", "date")
    yield from rates.values_list("date", "from_currency", "to_currency", "rate").iterator(chunk_size=2_000)


FX_RATES = ImportKind(
    name="fx_rates",
    title="Exchange rates",
    right="files.import",
    columns=(
        date("date", required=True),
        currency("from", required=True, help="One unit of this …"),
        currency("to", required=True, help="… is so many of that"),
        decimal("rate", required=True, places=8, maximum=10**9),
    ),
    check=check,
    accept=accept,
    export=export,
)
