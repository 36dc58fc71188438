from collections.abc import Iterator, Sequence
from typing import Any

from exchange.columns import Ambiguous, Reference, date, refers
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from parties.references import PARTY
from pricing.actions.upsert_assignments import upsert_assignments
from pricing.imports.outcomes import judge, write
from pricing.models import PriceList, PriceListAssignment
from pricing.rows import AssignmentRow

COLUMNS = {"price_list": "list"}


def find_lists(texts: frozenset[str], context: Any) -> dict[str, int | Ambiguous]:
    """By code, as written or in capitals."""
    stored = PriceList.objects.filter(code__in={*texts, *(text.upper() for text in texts)})
    by_code = dict(stored.values_list("code", "pk"))
    answers = {text: by_code.get(text) or by_code.get(text.upper()) for text in texts}
    return {text: pk for text, pk in answers.items() if pk is not None}


PRICE_LIST = Reference("price_list", "price list", find_lists)


def check(rows: Sequence[Row], context: Context) -> None:
    for row in rows:
        row.subject = AssignmentRow(
            price_list_id=row.ids["list"],
            party_id=row.ids["party"],
            valid_from=row.values["valid_from"],
            valid_to=row.get("valid_to"),
        )
    judge(rows, upsert_assignments, context, COLUMNS)


def accept(rows: Sequence[Row], context: Context) -> None:
    write(rows, upsert_assignments, context, COLUMNS)


def export() -> Iterator[Sequence[Any]]:
    assignments = PriceListAssignment.objects.order_by("party__code", "price_list__code", "valid_from")
    yield from assignments.values_list("price_list__code", "party__code", "valid_from", "valid_to")


PRICE_LIST_ASSIGNMENTS = ImportKind(
    name="price_list_assignments",
    title="Who buys from which price list",
    right="prices.edit",
    columns=(
        refers("list", PRICE_LIST, required=True),
        refers("party", PARTY, required=True),
        date("valid_from", required=True),
        date("valid_to", help="The last day; empty: open"),
    ),
    check=check,
    accept=accept,
    export=export,
)
