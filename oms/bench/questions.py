"""Prices to ask for: half for parts that their end buyer has an agreement on, half as ordered."""

from datetime import date

from oms.bench.statements import fetch_limit
from pricing.resolver import PriceQuestion


def price_questions(count: int, today: date) -> list[PriceQuestion]:
    rows = fetch_limit("price_questions", count=count)
    return [
        PriceQuestion(
            key=key,
            sell_to_id=sell_to_id,
            end_buyer_id=end_buyer_id,
            product_id=product_id,
            quantity=quantity,
            currency="USD",
            on=today,
        )
        for key, (sell_to_id, end_buyer_id, product_id, quantity) in enumerate(rows)
    ]
