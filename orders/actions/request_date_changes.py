"""Dates of more schedules than a page can wait for: asked for here, done by a job."""

from collections.abc import Mapping
from typing import Any

from jobs.actions.request_job import request_job
from jobs.models import JobRequest
from orders.actions.context import Because, Occasion
from orders.date_rule import DateRule
from tenancy.models import Member

DATE_CHANGES = "date_changes"
COMMIT, REQUEST = "commit", "request"


def request_date_changes(
    *, what: str, seen: Mapping[int, int], rule: DateRule, click: str, by: Member, occasion: Occasion
) -> JobRequest:
    """`what` is COMMIT or REQUEST, `seen` the version of its line for each schedule. The same click is one job."""
    because = occasion.because
    payload: dict[str, Any] = {
        "what": what,
        "rule": rule.as_json(),
        "because": {"initiator": because.initiator, "reason_code": because.reason_code, "note": because.note},
        "on": occasion.on.isoformat(),
        "schedules": [[pk, version] for pk, version in seen.items()],
    }
    return request_job(kind=DATE_CHANGES, unique_key=f"{by.pk} {click}", payload=payload, by=by, at=occasion.at)


def because_from(payload: Mapping[str, Any]) -> Because:
    return Because(**payload["because"])
