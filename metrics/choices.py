from django.db.models import TextChoices

from orders.choices import BILLING_VERBS, Verb


class RunKind(TextChoices):
    NIGHTLY = "nightly", "Nightly"
    REBUILD = "rebuild", "Rebuild"


# A split moves nothing between the dimensions of a snapshot, so its rows stay out of the flows; if they ever did not
# sum to zero, the reconciliation with the ledger would show it.
FLOW_VERBS = (
    Verb.BOOKED,
    Verb.QTY_INCREASED,
    Verb.QTY_DECREASED,
    Verb.CANCELLED,
    Verb.PRICE_CHANGED,
    Verb.TRANSFERRED,
    Verb.SHIPPED,
    Verb.UNSHIPPED,
    *BILLING_VERBS,
)


class Cadence(TextChoices):
    DAILY = "daily", "Every day"
    WEEKLY = "weekly", "Every week"
    PERIOD_END = "period_end", "After each fiscal period"


class MailedReport(TextChoices):
    """Names of the catalogue."""

    BOOKINGS = "bookings_billings_backlog", "Bookings, billings and backlog"
    DELIVERY = "delivery_performance", "Delivery scorecard"


class SpanKind(TextChoices):
    PERIOD = "period", "Fiscal period to date"
    QUARTER = "quarter", "Fiscal quarter to date"
    YEAR = "year", "Fiscal year to date"
