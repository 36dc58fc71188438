"""Why a change of prices is refused. `field` is where a form shows it."""


class PricingRefusal(ValueError):
    field = ""

    def __init__(self, message: str, field: str = ""):
        super().__init__(message)
        self.field = field or type(self).field


class BadTerms(PricingRefusal):
    """Something in an agreement contradicts itself."""


class NumberTaken(PricingRefusal):
    field = "number"


class WrongStatus(PricingRefusal):
    """The agreement is not in a state in which this can be done."""


class AgreementOverlap(PricingRefusal):
    """Another agreement in force prices the same thing for the same parties on the same days."""


class RevisionBelowUse(PricingRefusal):
    """The new cap is smaller than what was used and reserved under the revision before."""


class ValidityOverlap(PricingRefusal):
    """Two prices, or two lists, would hold on one day."""

    field = "valid_from"


class NotAllowed(PricingRefusal):
    """The member lacks the right."""
