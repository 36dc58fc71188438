"""The price of a line: one statement for one question or a hundred thousand, and the way it was found.

The steps, first that applies wins: manual override; agreement of the end buyer with this sell-to; agreement of the end
buyer with any sell-to; contract of the sell-to; assigned price list; base list; no price. An agreement that the
customer cites and that applies comes before the others. Within a step: the named project before none, product before
family, the sell-to itself before its group, the end buyer itself before its group.
"""

from pricing.resolver.answer import PriceAnswer
from pricing.resolver.question import PriceQuestion
from pricing.resolver.resolve import resolve_prices

__all__ = ["PriceAnswer", "PriceQuestion", "resolve_prices"]
