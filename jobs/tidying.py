"""What is left over once a day: files whose row was rolled back, keys of forms that nobody can still have open, and
sessions that have ended.
"""

import datetime as dt

from django.contrib.sessions.models import Session

from jobs.actions.sweep_files import sweep_files
from tenancy.clicks import forget_clicks
from tenancy.directory import active_tenants
from tenancy.scope import tenant_scope

STRAY_AFTER = dt.timedelta(days=1)
CLICKS_AFTER = dt.timedelta(days=7)


def tidy(at: dt.datetime) -> tuple[int, int, int]:
    """Stray files and old clicks removed, over all tenants, and ended sessions."""
    files = clicks = 0
    for tenant in active_tenants():
        with tenant_scope(tenant.id):
            files += sweep_files(before=at - STRAY_AFTER)
            clicks += forget_clicks(before=at - CLICKS_AFTER)
    sessions, _ = Session.objects.filter(expire_date__lt=at).delete()
    return files, clicks, sessions
