from collections.abc import Sequence

from pricing.errors import PricingRefusal, ValidityOverlap
from pricing.rows import Change, Outcome


def raise_first(outcomes: Sequence[Outcome]) -> None:
    """Turn the first refused row into an error."""
    for outcome in outcomes:
        if outcome.change == Change.ERROR:
            kind = ValidityOverlap if outcome.code == "overlap" else PricingRefusal
            raise kind(outcome.message, outcome.field)
