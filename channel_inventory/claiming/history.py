"""What became of a claim, newest first: who did what to how many lines, and what that moved."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, Count, F, Max, Sum, When

from channel_inventory.choices import LiabilityEntry
from channel_inventory.models import Claim, LiabilityLedger

MOST = 20
WHO = Case(When(actor__user__name="", then=F("actor__user__email")), default=F("actor__user__name"))
WHAT = {
    LiabilityEntry.ACCRUE: "Valued",
    LiabilityEntry.ADJUST: "Adjusted",
    LiabilityEntry.APPROVE: "Approved",
    LiabilityEntry.DENY: "Denied or cut",
    LiabilityEntry.SETTLE: "Settled",
    LiabilityEntry.REVERSE: "Taken back",
}


@dataclass(frozen=True)
class Event:
    """One entry for lines of the claim. `amount` is in minor units: what became owed, or no longer is."""

    at: dt.datetime
    what: str
    lines: int
    amount: int
    who: str
    credit_id: int | None
    credit: str | None


def history_of(claim: Claim) -> list[Event]:
    """The rows of the ledger, those written together as one. Indexes claim_lines and liability_of_claim_line."""
    rows = LiabilityLedger.objects.filter(claim_line__claim=claim).order_by()
    groups = (
        rows.annotate(who=WHO)
        .values_list("recorded_at", "entry", "who", "credit_id", "credit__number")
        .annotate(
            lines=Count("claim_line", distinct=True),
            estimates=Sum("estimated"),
            claims=Sum("claimed"),
            latest=Max("pk"),
        )
    )
    return [
        Event(at, WHAT[LiabilityEntry(entry)], lines, moved(entry, estimates, claims), who or "", credit_id, credit)
        for at, entry, who, credit_id, credit, lines, estimates, claims, _ in groups.order_by("-latest")[:MOST]
    ]


def moved(entry: str, estimates: int, claims: int) -> int:
    """An approval moves the same amount out of one bucket and into the other: what is claimed then is told."""
    return claims if entry == LiabilityEntry.APPROVE else estimates + claims
