import datetime as dt
from functools import partial
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from jobs.kinds import check_kind
from jobs.models import JobRequest
from jobs.nudge import nudge
from tenancy.models import Member
from tenancy.scope import current_tenant_id
from values.sql import load

MAX_ATTEMPTS = 5


def request_job(
    *,
    kind: str,
    unique_key: str,
    payload: dict[str, Any],
    by: Member | None,
    at: dt.datetime,
    party_id: int | None = None,
    due_at: dt.datetime | None = None,
    max_attempts: int = MAX_ATTEMPTS,
) -> JobRequest:
    """Write the job in the caller's transaction, or return the one that was asked for before under this key.

    Once the transaction has committed a worker is nudged; that may fail, the poller sends what is due. An outsider's
    keys are its party's own. Raises UnknownKind.
    """
    check_kind(kind)
    if party_id is None and by is not None:
        party_id = by.party_id
    key = unique_key if party_id is None else f"party {party_id}: {unique_key}"
    due_at = due_at or at
    values: dict[str, Any] = {
        "tenant_id": current_tenant_id(),
        "kind": kind,
        "unique_key": key,
        "payload": Jsonb(payload),
        "max_attempts": max_attempts,
        "due_at": due_at,
        "requested_by_id": by.pk if by else None,
        "party_id": party_id,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(load("jobs", "request_job"), values)
        is_new = cursor.fetchone() is not None
    job = JobRequest.objects.get(kind=kind, unique_key=key)
    if is_new and due_at <= at:
        transaction.on_commit(partial(nudge, current_tenant_id(), job.id))
    return job
