"""Which night is due where."""

from datetime import date, datetime, timedelta

from tenancy.directory import TenantEntry


def night_due(tenant: TenantEntry, at: datetime) -> date | None:
    """The business day to close: yesterday, once the tenant's own nightly hour has come; None before it."""
    local = at.astimezone(tenant.zone)
    if local.hour < tenant.nightly_hour:
        return None
    return local.date() - timedelta(days=1)
