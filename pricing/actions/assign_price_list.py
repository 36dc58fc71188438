import datetime as dt

from pricing.actions.raising import raise_first
from pricing.actions.upsert_assignments import upsert_assignments
from pricing.rows import AssignmentRow
from tenancy.models import Member


def assign_price_list(*, assignment: AssignmentRow, by: Member | None, at: dt.datetime) -> None:
    """Let a party buy from a list. Raises ValidityOverlap when it has another in that currency on one of the days."""
    raise_first(upsert_assignments(rows=[assignment], by=by, at=at))
