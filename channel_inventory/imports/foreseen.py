"""What the page of a report says that taking it will do."""

from decimal import Decimal

from django.db import connection

from exchange.kinds import Foreseen
from exchange.models import ImportBatch
from tenancy.scope import current_tenant_id
from ui.figures import figure
from values.currencies import minor_digits
from values.sql import load


def foresee_pos(batch: ImportBatch) -> list[Foreseen]:
    with connection.cursor() as cursor:
        params = {"tenant_id": current_tenant_id(), "batch_id": batch.pk}
        cursor.execute(load("channel_inventory", "foresee_pos"), params)
        rows = cursor.fetchall()
    sales, returned, corrections, certified, uncertified, claims = (
        sum(row[place] for row in rows) for place in range(1, 7)
    )
    amounts = " + ".join(amount(value, currency) for currency, *_, value in rows if value is not None)
    return [
        Foreseen("New sales", sales, f"{amounts} at resale" if amounts else "", "good"),
        Foreseen("Corrections", corrections, "replace a line that is in"),
        Foreseen("Returns", returned, "take back a sale that is in"),
        Foreseen("End buyer known", certified, "before certification"),
        Foreseen("To certify", uncertified, "earn no claim until then", "warn" if uncertified else ""),
        Foreseen("Claims to expect", claims, "an agreement covers the line"),
    ]


def amount(value: Decimal, currency: str) -> str:
    return f"{figure(value, minor_digits(currency))} {currency}"
