"""What every verb says beside its own input: who, when, on which day, at whose wish and why."""

from dataclasses import dataclass
from datetime import date, datetime

from orders.choices import Initiator
from tenancy.models import Member


@dataclass(frozen=True)
class Because:
    """Why a change is made; stands on each of its ledger rows."""

    initiator: str = Initiator.US
    reason_code: str = ""
    note: str = ""


@dataclass(frozen=True)
class Occasion:
    """`on` is the business day the change counts for (the tenant's today unless a file loads history)."""

    by: Member | None
    at: datetime
    on: date
    because: Because = Because()
