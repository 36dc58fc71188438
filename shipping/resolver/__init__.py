"""Which shipping terms apply to a delivery, and why.

The order is fixed. Among the rules whose conditions all hold:

1. the one with the most conditions wins (a weight band or a value band is one condition; dates are none);
2. then the one with the more particular condition, in this order: ship-to location, end buyer, the sell-to itself,
   its group (a nearer parent before a farther one), product family, ship-from, region, country, weight, value,
   Incoterm;
3. then the higher priority;
4. then the newest rule.

Both ends of a band and of a validity belong to it: a delivery of exactly 30 kg is within "to 30" and "from 30".
A condition on something the delivery does not say (no weight, no ship-to) fails.
"""

from shipping.resolver.answer import TermsAnswer
from shipping.resolver.question import TermsQuestion
from shipping.resolver.resolve import resolve_terms

__all__ = ["TermsAnswer", "TermsQuestion", "resolve_terms"]
