import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from channel_inventory import statements
from parties.models import Party
from pricing.resolver import PriceQuestion, resolve_prices
from tenancy.models import Tenant

Held = tuple[Decimal | None, str]


@dataclass(frozen=True)
class Missing:
    """Units that no layer held: of a line of a report, or of goods that came back to us."""

    line_id: int | None
    stock_row_id: int | None
    partner_id: int
    product_id: int
    on: dt.date
    quantity: int


def open_shortages(missing: Sequence[Missing], tenant: Tenant, at: dt.datetime) -> None:
    """Sales at the partner's book price on the resale date, goods that came back at what they were credited at."""
    if not missing:
        return
    held = {**book_prices(missing, tenant), **credited_prices(missing)}
    found = [held[each] for each in missing]
    statements.do(
        "open_shortages",
        lines=[each.line_id for each in missing],
        stock_rows=[each.stock_row_id for each in missing],
        quantities=[each.quantity for each in missing],
        costs=[cost for cost, _ in found],
        currencies=[currency for _, currency in found],
        at=at,
    )


def book_prices(missing: Sequence[Missing], tenant: Tenant) -> dict[Missing, Held]:
    """In the partner's own currency; None where no list has the product."""
    sales = [each for each in missing if each.line_id is not None]
    partners = {each.partner_id for each in sales}
    named = dict(Party.objects.filter(pk__in=partners).values_list("pk", "currency"))
    currencies = [named[each.partner_id] or tenant.currency for each in sales]
    questions = [
        PriceQuestion(
            key=place,
            sell_to_id=each.partner_id,
            end_buyer_id=None,
            product_id=each.product_id,
            quantity=each.quantity,
            currency=currencies[place],
            on=each.on,
        )
        for place, each in enumerate(sales)
    ]
    answers = resolve_prices(questions, with_losers=False)
    books = zip((answer.book_price for answer in answers), currencies, strict=True)
    return dict(zip(sales, books, strict=True))


def credited_prices(missing: Sequence[Missing]) -> dict[Missing, Held]:
    returned = {each.stock_row_id: each for each in missing if each.stock_row_id is not None}
    if not returned:
        return {}
    found = statements.rows("credited_prices", rows=list(returned))
    return {returned[row]: (price, currency) for row, price, currency in found}
