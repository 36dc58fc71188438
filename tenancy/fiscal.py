"""The fiscal calendar of a tenant."""

from tenancy.models import Tenant
from values.fiscal import FiscalCalendar


def calendar_of(tenant: Tenant) -> FiscalCalendar:
    return FiscalCalendar(
        pattern=tenant.fiscal_pattern,  # type: ignore[arg-type]  # the choices are the calendar's patterns
        year_start_month=tenant.fiscal_start_month,
        week_rule=tenant.fiscal_year_end,  # type: ignore[arg-type]  # likewise
        week_end_day=tenant.fiscal_end_weekday,
    )
