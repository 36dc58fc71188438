from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from jobs.actions.request_job import request_job
from jobs.models import JobRequest
from metrics.asked import Asked
from metrics.catalogue import report_called
from tenancy.models import Member

REPORT = "report"


def request_report(*, name: str, ending: str, asked: Asked, click: str, by: Member, at: datetime) -> JobRequest:
    """Ask for a report as a file. The same click is one job. Raises UnknownReport for a name or form there is not."""
    report_called(name).form(ending)
    payload = {"name": name, "ending": ending, "asked": as_payload(asked)}
    return request_job(kind=REPORT, unique_key=f"{by.pk} {click} {ending}", payload=payload, by=by, at=at)


def as_payload(asked: Asked) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(asked).items()}


def from_payload(payload: dict[str, Any]) -> Asked:
    days = {name: payload.get(name) for name in ("first", "as_of", "known_on")}
    return Asked(**{**payload, **{name: day and date.fromisoformat(day) for name, day in days.items()}})
