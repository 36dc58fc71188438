from datetime import datetime

from jobs.actions.request_job import request_job
from metrics.snapshots.nights import night_due
from tenancy.directory import active_tenants
from tenancy.scope import tenant_scope

NIGHTLY = "nightly"


def request_nights(*, at: datetime) -> int:
    """Ask for the nightly job of every active tenant whose hour has come; tenants whose night is due at `at`.

    Asked again for the same night it is the same job, so it may be called as often as one likes.
    """
    due = 0
    for tenant in active_tenants():
        night = night_due(tenant, at)
        if night is None:
            continue
        due += 1
        with tenant_scope(tenant.id):
            request_job(
                kind=NIGHTLY, unique_key=night.isoformat(), payload={"night": night.isoformat()}, by=None, at=at
            )
    return due
